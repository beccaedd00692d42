from importlib import import_module

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "registry.certificates"
    label = "certificates"
    verbose_name = "Giấy chứng nhận doanh nghiệp khoa học và công nghệ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("registry.certificates.lifecycle")  # registers the lifecycle
        import_module("registry.certificates.changing.lifecycle")  # and the procedure
