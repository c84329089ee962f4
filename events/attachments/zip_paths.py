"""Paths of the files in a ZIP, short enough to be extracted on Windows, whose paths have at most 260 UTF-16 units.

Extracted, `Materialien_treffen/01_Knuth_Vortrag/Knuth_Folien.pdf` is below 180, so that 80 remain for the folder that
it is extracted to.
"""

from os.path import splitext

from lernnetzwerk.slugs.german import german_slug

LONGEST_EXTRACTED = 180
LONGEST_ARCHIVE = 50
LONGEST_PATH = LONGEST_EXTRACTED - LONGEST_ARCHIVE - 2


def archive_name(slug: str) -> str:
    """`Materialien_armut`, the name of the ZIP without its extension and of the folder made from it."""
    start = "Materialien_"
    return start + german_slug(slug, LONGEST_ARCHIVE - len(start))


def free_path(path: str, taken: set[str], reserved: int = 0) -> str:
    """`path`, cut to fit with `reserved` more units, and unique among `taken` also for case-insensitive systems.

    Cut after a word, before the extension; the folder stays whole. The result is added to `taken`.
    """
    room = LONGEST_PATH - reserved
    number, free = 1, _fitting(path, "", room)
    while free.lower() in taken:
        number += 1
        free = _fitting(path, f"_{number}", room)
    taken.add(free.lower())
    return free


def units(text: str) -> int:
    """The length in UTF-16 units, which Windows counts."""
    return len(text.encode("utf-16-le")) // 2


def _fitting(path: str, suffix: str, room: int) -> str:
    folder, slash, name = path.rpartition("/")
    stem, extension = splitext(name)
    rest = room - units(folder + slash + suffix + extension)
    return f"{folder}{slash}{_cut(stem, rest)}{suffix}{extension}"


def _cut(stem: str, room: int) -> str:
    if units(stem) <= room:
        return stem
    while units(stem) > room + 1:
        stem = stem[:-1]
    end = max(stem.rfind("-"), stem.rfind("_"))
    return stem[:end] if end > 0 else stem[:-1]
