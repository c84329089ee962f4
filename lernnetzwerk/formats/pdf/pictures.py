"""Pictures of the pages of a PDF, until the time for them is over."""

import time

import pypdfium2
from PIL import Image

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pictures import Box, fitted, pictures
from lernnetzwerk.formats.results import Picture, ReadResult, Size

BOXES: dict[Size, Box] = {"small": (480, 680), "large": (1400, 2000)}


def add_pictures(document: pypdfium2.PdfDocument, result: ReadResult, limits: Limits) -> None:
    """Add the pictures from page `limits.pictured_from` on, that page's in any case, and the page to continue with.

    A page that cannot be rendered has no picture.
    """
    until, until_by_the_clock = time.process_time() + limits.picture_seconds, time.monotonic()
    until_by_the_clock += limits.picture_wall_seconds
    left = limits.picture_bytes
    for number in range(limits.pictured_from, min(len(document), limits.pictured_pages) + 1):
        is_over = time.process_time() > until or time.monotonic() > until_by_the_clock
        if is_over and number > limits.pictured_from:
            result.next_picture = number
            return
        made = pictures_of(document, number)
        left -= sum(len(one.content) for one in made)
        if left < 0:
            return
        result.pictures += made


def pictures_of(document: pypdfium2.PdfDocument, number: int) -> list[Picture]:
    try:
        return pictures(render(document[number - 1]), number, BOXES)
    except (pypdfium2.PdfiumError, MemoryError):
        return []


def render(page: pypdfium2.PdfPage) -> Image.Image:
    """The page 1,400 pixels wide, narrower when it is very tall. Small pages are enlarged to keep text sharp."""
    width, height = (max(1.0, side) for side in page.get_size())
    enlarged = (int(width * 1000) or 1, int(height * 1000) or 1)
    target = fitted(enlarged, BOXES["large"])
    bitmap = page.render(scale=min(target[0] / width, target[1] / height), rev_byteorder=True)
    image = bitmap.to_pil().convert("RGB")
    page.close()
    return image
