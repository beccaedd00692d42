from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = "Tìm kiếm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import abbreviations

        for signal in (post_save, post_delete):
            signal.connect(abbreviations.edited, "search.Abbreviation", dispatch_uid="search-abbreviations")
