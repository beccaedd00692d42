from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import watching

        watching.connect()


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's accounts pages with our form and list; in INSTALLED_APPS instead of "wagtail.users"."""

    user_viewset = "accounts.staff_users.StaffUserViewSet"
