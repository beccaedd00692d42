from importlib import import_module

from django.apps import AppConfig


class StartupsConfig(AppConfig):
    name = "registry.startups"
    label = "startups"
    verbose_name = "Khởi nghiệp"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("registry.startups.lifecycle")  # registers the procedure
        import_module("registry.startups.proposals.lifecycle")
