from django.apps import AppConfig


class StartupsConfig(AppConfig):
    name = "registry.startups"
    label = "startups"
    verbose_name = "Khởi nghiệp"
    default_auto_field = "django.db.models.BigAutoField"
