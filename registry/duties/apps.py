from importlib import import_module

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "registry.duties"
    label = "duties"
    verbose_name = "Nghĩa vụ sau khi cấp giấy chứng nhận"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("registry.duties.lifecycle")  # registers the lifecycles
