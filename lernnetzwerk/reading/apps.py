from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "lernnetzwerk.reading"
    label = "reading"
    verbose_name = "Inhalt der Dateien"

    def ready(self) -> None:
        from lernnetzwerk.files.signals import stored
        from lernnetzwerk.reading.signals import read_later

        stored.connect(read_later, dispatch_uid="reading")
