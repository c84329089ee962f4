from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Treffen"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from events.models.sequences import NAMED, raise_sequences

        for model in NAMED:
            post_save.connect(raise_sequences, sender=model, dispatch_uid=f"sequences of {model.__name__}")
