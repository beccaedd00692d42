from django.apps import AppConfig


class ProofsConfig(AppConfig):
    name = "registry.st_enterprises.proofs"
    label = "certificate_proofs"
    verbose_name = "Khóa ký giấy chứng nhận"
    default_auto_field = "django.db.models.BigAutoField"
