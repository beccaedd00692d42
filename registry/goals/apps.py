from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "registry.goals"
    label = "goals"
    verbose_name = "Mục tiêu của doanh nghiệp"
    default_auto_field = "django.db.models.BigAutoField"
