"""WebP pictures in two sizes, without metadata."""

from io import BytesIO

from PIL import Image

from lernnetzwerk.formats.results import Picture, Size

Box = tuple[int, int]
METHOD = 2  # of the encoder: 4 makes files a twentieth smaller in twice the time


def fitted(size: Box, box: Box) -> Box:
    """The size shrunk to fit into the box, never enlarged, never without a pixel."""
    scale = min(1, box[0] / size[0], box[1] / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def pictures(image: Image.Image, page: int, boxes: dict[Size, Box]) -> list[Picture]:
    return [picture(image, page, size, box) for size, box in boxes.items()]


def picture(image: Image.Image, page: int, size: Size, box: Box) -> Picture:
    target = fitted(image.size, box)
    if target != image.size:
        image = image.resize(target, Image.Resampling.LANCZOS, reducing_gap=3)
    stream = BytesIO()
    image.save(stream, "WEBP", quality=80, method=METHOD, exact=False)
    return Picture(page, size, *target, stream.getvalue())
