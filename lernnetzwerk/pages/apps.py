from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PagesConfig(AppConfig):
    name = "lernnetzwerk.pages"
    label = "pages"
    verbose_name = "Seiten"

    def ready(self) -> None:
        from lernnetzwerk.pages.defaults import create_missing_pages  # the models are not loaded earlier

        post_migrate.connect(create_missing_pages, sender=self, dispatch_uid="lernnetzwerk.pages")
