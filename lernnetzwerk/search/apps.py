from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "lernnetzwerk.search"
    label = "search"
    verbose_name = "Suche"

    def ready(self) -> None:
        from lernnetzwerk.search.following import follow

        autodiscover_modules("search")
        follow()
