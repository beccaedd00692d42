from importlib import import_module

from django.apps import AppConfig


class StEnterprisesConfig(AppConfig):
    name = "registry.st_enterprises"
    label = "st_enterprises"
    verbose_name = "Doanh nghiệp khoa học và công nghệ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("registry.st_enterprises.certification.lifecycle")  # registers the procedure
