from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "registry.reports"
    label = "reports"
    verbose_name = "Báo lỗi"
    default_auto_field = "django.db.models.BigAutoField"
