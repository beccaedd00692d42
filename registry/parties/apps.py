from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "registry.parties"
    label = "parties"
    verbose_name = "Tổ chức và cá nhân"
    default_auto_field = "django.db.models.BigAutoField"
