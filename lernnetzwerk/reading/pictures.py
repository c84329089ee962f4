"""Which picture stands for a stored file in a list or on a page."""

from django.db.models import Prefetch

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.reading.models import Rendition


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
