from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsHomeConfig(AppConfig):
    name = "cms.home"
    label = "cms_home"
    verbose_name = "Trang chủ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.core.site_address import keep_site_address

        post_migrate.connect(keep_site_address, sender=self, dispatch_uid="site-address")
