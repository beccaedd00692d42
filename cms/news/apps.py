from django.apps import AppConfig


class CmsNewsConfig(AppConfig):
    name = "cms.news"
    label = "cms_news"
    verbose_name = "Tin tức"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.news import signals

        signals.connect()
