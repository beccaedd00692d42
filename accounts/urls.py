"""The account's addresses, below `/tai-khoan/` (`/en/account/`). The names are allauth's, the words are ours."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from accounts import data_views, passkeys, views
from accounts.access import access

anybody = access("public")
known = access("signed_in")

urlpatterns = [
    path("", views.home, name="account_home"),
    path(_("du-lieu/"), data_views.own_data, name="account_data"),
    path(_("dong/"), data_views.close_account, name="account_close"),
    path(_("da-dong/"), data_views.closed, name="account_closed"),
    path(_("phien/"), views.sessions, name="account_sessions"),
    path(_("phien/ket-thuc/"), views.end_other_sessions, name="account_sessions_end"),
    path(_("phien/<int:pk>/ket-thuc/"), views.end_session, name="account_session_end"),
    path(_("thong-tin/"), views.profile, name="account_profile"),
    path(_("dang-ky/"), anybody(account.signup), name="account_signup"),
    path(_("dang-nhap/"), anybody(account.login), name="account_login"),
    path(_("dang-nhap/ma/"), anybody(passkeys.second_factor), name="mfa_authenticate"),
    path(_("dang-nhap/khoa/"), anybody(passkeys.sign_in), name="mfa_login_webauthn"),
    path(_("dang-xuat/"), anybody(account.logout), name="account_logout"),
    path(_("ngung-dung/"), anybody(account.account_inactive), name="account_inactive"),
    path(_("xac-nhan/"), anybody(account.email_verification_sent), name="account_email_verification_sent"),
    path(_("xac-nhan/<str:key>/"), anybody(account.confirm_email), name="account_confirm_email"),
    path(_("thu-dien-tu/"), known(account.email), name="account_email"),
    path(_("khong-phai-toi/"), views.not_me, name="account_not_me"),
    path(_("mat-khau/"), known(account.password_change), name="account_change_password"),
    path(_("mat-khau/dat/"), known(account.password_set), name="account_set_password"),
    path(_("mat-khau/quen/"), anybody(account.password_reset), name="account_reset_password"),
    path(_("mat-khau/quen/da-gui/"), anybody(account.password_reset_done), name="account_reset_password_done"),
    path(
        _("mat-khau/moi/xong/"),
        anybody(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        _(r"^mat-khau/moi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"),
        anybody(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(_("xac-thuc-lai/"), known(account.reauthenticate), name="account_reauthenticate"),
    path(_("xac-thuc-lai/ma/"), known(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(_("xac-thuc-lai/khoa/"), known(passkeys.prove_again), name="mfa_reauthenticate_webauthn"),
    path(_("bao-mat/"), known(mfa.index), name="mfa_index"),
    path(_("bao-mat/bat/"), known(totp.activate_totp), name="mfa_activate_totp"),
    path(_("bao-mat/tat/"), known(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(_("bao-mat/khoa/moi/"), known(passkeys.add), name="mfa_add_webauthn"),
    path(_("bao-mat/khoa/<int:pk>/"), known(passkeys.rename), name="mfa_edit_webauthn"),
    path(_("bao-mat/khoa/<int:pk>/bo/"), known(passkeys.remove), name="mfa_remove_webauthn"),
    path(_("bao-mat/ma-du-phong/"), known(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(_("bao-mat/ma-du-phong/moi/"), known(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path(_("bao-mat/ma-du-phong/tai/"), known(views.recovery_codes_file), name="mfa_download_recovery_codes"),
]
