"""The rendition that represents a stored file in lists and on pages."""

from django.db.models import Exists, OuterRef, Prefetch

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.reading.models import Rendition

# The size in an address → the size in the database.
SIZES = {"klein": Rendition.Size.SMALL, "gross": Rendition.Size.LARGE}


def has_cover(path: str) -> Exists:
    """Condition that the file at `path` has a small cover; part of the list's own query."""
    return Exists(Rendition.objects.covers().filter(source=OuterRef(path), size=Rendition.Size.SMALL))


def page_picture(stored_file: StoredFile, number: int, size: str) -> StoredFile | None:
    """The picture of one page in the size `klein` or `gross` of an address, None when there is none."""
    found = stored_file.renditions.filter(number=number, size=SIZES.get(size, "")).select_related("picture").first()
    return found.picture if found else None


def with_covers(path: str) -> Prefetch:
    """Prefetch for `cover` of the files at `path`, such as `stored_file`."""
    covers = Rendition.objects.covers().select_related("picture")
    return Prefetch(f"{path}__renditions", covers, to_attr="covers")


def cover(stored_file: StoredFile, size: str) -> StoredFile | None:
    """The picture of the first page or image in size `small` or `large`, None when there is none."""
    found = getattr(stored_file, "covers", None)
    if found is None:
        found = stored_file.renditions.covers().select_related("picture")
    return next((rendition.picture for rendition in found if rendition.size == size), None)
