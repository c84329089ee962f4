from django.apps import AppConfig
from django.urls import register_converter

from lernnetzwerk.pictures.addresses import SizeConverter


class PicturesConfig(AppConfig):
    name = "lernnetzwerk.pictures"
    label = "pictures"
    verbose_name = "Bilder"

    def ready(self) -> None:
        register_converter(SizeConverter, "size")
