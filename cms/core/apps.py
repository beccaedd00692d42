from django.apps import AppConfig


class CmsCoreConfig(AppConfig):
    name = "cms.core"
    label = "cms_core"
    verbose_name = "Trang chung"
    default_auto_field = "django.db.models.BigAutoField"
