from django.apps import AppConfig


class CmsHomeConfig(AppConfig):
    name = "cms.home"
    label = "cms_home"
    verbose_name = "Trang chủ"
    default_auto_field = "django.db.models.BigAutoField"
