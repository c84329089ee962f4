from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate

from lernnetzwerk.pages.system_checks import a_mailbox_is_set


class PagesConfig(AppConfig):
    name = "lernnetzwerk.pages"
    label = "pages"
    verbose_name = "Seiten"

    def ready(self) -> None:
        from lernnetzwerk.pages.defaults import create_missing_pages  # the models are not loaded earlier

        register(a_mailbox_is_set, Tags.security, deploy=True)
        post_migrate.connect(create_missing_pages, sender=self, dispatch_uid="lernnetzwerk.pages")
