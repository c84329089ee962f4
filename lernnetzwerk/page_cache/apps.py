from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class PageCacheConfig(AppConfig):
    name = "lernnetzwerk.page_cache"
    label = "page_cache"
    verbose_name = "Seitenspeicher"

    def ready(self) -> None:
        from lernnetzwerk.page_cache.triggers import create_triggers

        post_migrate.connect(create_triggers, sender=self, dispatch_uid="lernnetzwerk.page_cache.triggers")
        autodiscover_modules("moments")
