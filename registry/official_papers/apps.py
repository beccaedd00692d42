from django.apps import AppConfig


class OfficialPapersConfig(AppConfig):
    name = "registry.official_papers"
    label = "official_papers"
    verbose_name = "Văn bản của Sở"
    default_auto_field = "django.db.models.BigAutoField"
