from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "registry.core"
    label = "core"
    verbose_name = "Nền tảng nghiệp vụ"
    default_auto_field = "django.db.models.BigAutoField"
