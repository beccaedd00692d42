"""Below `/tai-khoan/` (`/en/account/`)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from registry.parties import views

urlpatterns = [
    path(_("to-chuc/"), views.parties, name="parties"),
    path(_("to-chuc/moi/"), views.new, name="party_new"),
    path(_("to-chuc/xin-tham-gia/"), views.ask, name="party_ask"),
    path(_("to-chuc/<slug:public_id>/"), views.party, name="party"),
    path(_("to-chuc/<slug:public_id>/moi-nguoi/"), views.invite, name="party_invite"),
    path(_("to-chuc/<slug:public_id>/loi-moi/<int:invitation_id>/rut/"), views.take_back, name="party_take_back"),
    path(_("to-chuc/<slug:public_id>/yeu-cau/<int:request_id>/"), views.answer, name="party_answer"),
    path(_("to-chuc/<slug:public_id>/thanh-vien/<int:membership_id>/"), views.change, name="party_member"),
    path(_("loi-moi/<slug:token>/"), views.invitation, name="invitation"),
]
