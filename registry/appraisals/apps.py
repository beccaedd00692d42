from importlib import import_module

from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "registry.appraisals"
    label = "appraisals"
    verbose_name = "Thẩm định và hội đồng"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("registry.appraisals.lifecycle")  # registers the lifecycle
