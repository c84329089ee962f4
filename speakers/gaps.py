from django.db.models import QuerySet

from lernnetzwerk.gaps import IMAGES, Finder, Gap, change_address, register, undescribed
from speakers.models import Speaker


def undescribed_photos() -> QuerySet:
    return Speaker.objects.filter(undescribed("photo", "photo_alt"))


def _photo(speaker: Speaker) -> Gap:
    return Gap(speaker.name, "Das Foto hat keine Beschreibung.", change_address(speaker, "id_photo_alt"))


register(Finder(IMAGES, undescribed_photos, _photo, ("appearances__session__event",)))
