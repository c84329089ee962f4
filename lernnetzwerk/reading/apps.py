from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "lernnetzwerk.reading"
    label = "reading"
    verbose_name = "Inhalt der Dateien"
