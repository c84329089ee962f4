"""Which picture stands for a stored file in a list or on a page."""

from django.db.models import Exists, OuterRef, Prefetch

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.reading.models import Rendition

# A picture's size as its address says it.
SIZES = {"klein": Rendition.Size.SMALL, "gross": Rendition.Size.LARGE}


def has_cover(path: str) -> Exists:
    """Condition that there is a small cover of the file at `path`: enough for a list, and no query of its own."""
    return Exists(Rendition.objects.covers().filter(source=OuterRef(path), size=Rendition.Size.SMALL))


def page_picture(stored_file: StoredFile, number: int, size: str) -> StoredFile | None:
    """The picture of one page in the size that an address calls `klein` or `gross`; None where there is none."""
    found = stored_file.renditions.filter(number=number, size=SIZES.get(size, "")).select_related("picture").first()
    return found.picture if found else None


def with_covers(path: str) -> Prefetch:
    """Fetches, with one query, what `cover` needs of the files at `path`, such as `stored_file`."""
    covers = Rendition.objects.covers().select_related("picture")
    return Prefetch(f"{path}__renditions", covers, to_attr="covers")


def cover(stored_file: StoredFile, size: str) -> StoredFile | None:
    """The picture of the first page, or of the image itself, in `small` or `large`; None while there is none."""
    found = getattr(stored_file, "covers", None)
    if found is None:
        found = stored_file.renditions.covers().select_related("picture")
    return next((rendition.picture for rendition in found if rendition.size == size), None)
