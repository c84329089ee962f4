from django.db.models import QuerySet

from lernnetzwerk.administration.missing import (
    CREDITS,
    IMAGES,
    Finder,
    MissingItem,
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


def _photo(speaker: Speaker) -> MissingItem:
    return MissingItem(speaker.name, "Das Foto hat keine Beschreibung.", change_address(speaker, "field-photo_alt"))


def _credit(speaker: Speaker) -> MissingItem:
    return MissingItem(speaker.name, "Das Foto hat keinen Bildnachweis.", change_address(speaker, "field-photo_credit"))


EVENT = ("appearances__session__event",)
register(Finder(IMAGES, undescribed_photos, _photo, EVENT), Finder(CREDITS, uncredited_photos, _credit, EVENT))
