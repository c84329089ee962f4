from django.db.models import QuerySet

from lernnetzwerk.administration.missing import (
    CREDITS,
    IMAGES,
    Finder,
    Gap,
    change_address,
    register,
    uncredited,
    undescribed,
)
from speakers.models import Speaker


def undescribed_photos() -> QuerySet:
    return Speaker.objects.filter(undescribed("photo"))


def uncredited_photos() -> QuerySet:
    return Speaker.objects.filter(uncredited("photo"))


def _photo(speaker: Speaker) -> Gap:
    return Gap(speaker.name, "Das Foto hat keine Beschreibung.", change_address(speaker, "id_photo_alt"))


def _credit(speaker: Speaker) -> Gap:
    return Gap(speaker.name, "Das Foto hat keinen Bildnachweis.", change_address(speaker, "id_photo_credit"))


MEETING = ("appearances__session__event",)
register(Finder(IMAGES, undescribed_photos, _photo, MEETING), Finder(CREDITS, uncredited_photos, _credit, MEETING))
