"""The stored file for each address of a picture."""

from django.db.models import QuerySet

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.pictures.addresses import LARGE, SMALL
from lernnetzwerk.reading.models import Rendition
from lernnetzwerk.reading.pictures import cover, with_covers

SIZES = {SMALL: Rendition.Size.SMALL, LARGE: Rendition.Size.LARGE}


def rendition_or_original(source: StoredFile, word: str) -> StoredFile:
    """The rendition in this size, else the large one, else the original."""
    larger = cover(source, Rendition.Size.LARGE)
    return cover(source, SIZES[word]) or larger or source


def with_picture(instances: QuerySet) -> QuerySet:
    """Those of `instances` that have a picture, with it and its renditions."""
    name = instances.model.picture_name
    return instances.filter(**{f"{name}__isnull": False}).select_related(name).prefetch_related(with_covers(name))
