from django.apps import AppConfig


class CmsCoreConfig(AppConfig):
    name = "cms.core"
    label = "cms_core"
    verbose_name = "Trang chung"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.core import signals

        signals.connect()
