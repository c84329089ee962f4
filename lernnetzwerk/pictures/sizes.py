"""Which stored file answers at an address of a picture."""

from django.db.models import QuerySet

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.pictures.addresses import LARGE, SMALL
from lernnetzwerk.reading.models import Rendition
from lernnetzwerk.reading.pictures import cover, with_covers

WORDS = {SMALL: Rendition.Size.SMALL, LARGE: Rendition.Size.LARGE}


def delivered(source: StoredFile, word: str) -> StoredFile:
    """The rendition in this size; where there is none, the other one; the original while there are none at all."""
    larger = cover(source, Rendition.Size.LARGE)
    return cover(source, WORDS[word]) or larger or source


def with_picture(instances: QuerySet) -> QuerySet:
    """Those of `things` that have a picture, with it and its renditions."""
    name = instances.model.picture_name
    return instances.filter(**{f"{name}__isnull": False}).select_related(name).prefetch_related(with_covers(name))
