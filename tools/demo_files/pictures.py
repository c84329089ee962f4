"""Draws pictures for samples: a chain on deep blue (a coming event) or on sand (documented events)."""

from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIZE = (720, 405)
SCALE = 2  # drawn at twice the size and reduced, for smooth edges
LINK, LINE = (300, 150), 30  # outer size and stroke width of a link at size 1, before the reduction
REACH = 0.74  # distance to the next link, as part of a link's length

Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True)
class Palette:
    ground: Colour
    faint: Colour
    quiet: Colour
    strong: Colour


BLUE = Palette((22, 40, 85), (29, 49, 99), (66, 88, 143), (235, 171, 130))
SAND = Palette((248, 241, 235), (241, 229, 219), (226, 190, 168), (190, 98, 58))
PALETTES = {"blue": BLUE, "sand": SAND}


def picture(seed: int, palette: Palette) -> bytes:
    """A WebP of 720 × 405 pixels; equal arguments give equal bytes."""
    random = Random(seed)  # noqa: S311 - a drawing, not a secret
    width, height = SIZE[0] * SCALE, SIZE[1] * SCALE
    canvas = Image.new("RGB", (width, height), palette.ground)
    angle = random.choice([-1, 1]) * random.uniform(8, 24)
    behind = -angle * random.uniform(0.6, 1.4)
    _chain(canvas, palette, (width * 0.5, height * 0.5), behind, random.uniform(4.2, 5.4), [palette.faint])
    shades = [_between(palette.quiet, palette.strong, step / 6) for step in range(7)]
    middle = (width * random.uniform(0.46, 0.54), height * random.uniform(0.44, 0.56))
    _chain(canvas, palette, middle, angle, random.uniform(1.5, 2.6), shades)
    stream = BytesIO()
    canvas.resize(SIZE, Image.Resampling.LANCZOS).save(stream, "WEBP", quality=50, method=4)
    return stream.getvalue()


def _between(first: Colour, last: Colour, part: float) -> Colour:
    red, green, blue = (round(one + (other - one) * part) for one, other in zip(first, last, strict=True))
    return red, green, blue


def _chain(
    canvas: Image.Image, palette: Palette, middle: Point, angle: float, size: float, shades: list[Colour]
) -> None:
    """Draws a straight chain across the picture; each link covers the upper half of the next one only."""
    step = LINK[0] * size * REACH * 1j ** (-angle / 90)
    places = range(-6, 7)
    for part in ("whole", "upper"):
        link = _link(angle, size, is_upper=part == "upper")
        for place in places:
            shade = shades[min(max(place + len(shades) // 2, 0), len(shades) - 1)]
            _lay(canvas, link, (middle[0] + place * step.real, middle[1] + place * step.imag), palette.ground, shade)


def _link(angle: float, size: float, *, is_upper: bool) -> tuple[Image.Image, Image.Image]:
    """Two masks: the gap around a link, and the link itself or its upper right quarter."""
    width, height, line = (round(length * size) for length in (*LINK, LINE))
    masks = []
    for outset in (line // 3, 0):
        mask = Image.new("L", (width + 4 * line, height + 4 * line), 0)
        box = (2 * line - outset, 2 * line - outset, 2 * line + width + outset, 2 * line + height + outset)
        ImageDraw.Draw(mask).rounded_rectangle(box, height // 2 + outset, outline=255, width=line + 2 * outset)
        if is_upper:
            inset = min(outset, 1) * line // 2  # the gap ends before the link, else its end would be visible
            mask.paste(0, (0, mask.height // 2 - inset, *mask.size))
            mask.paste(0, (0, 0, mask.width // 2 + inset, mask.height))
        masks.append(mask.rotate(angle, Image.Resampling.BILINEAR, expand=True))
    return masks[0], masks[1]


def _lay(
    canvas: Image.Image, link: tuple[Image.Image, Image.Image], middle: Point, ground: Colour, shade: Colour
) -> None:
    for mask, colour in zip(link, (ground, shade), strict=True):
        corner = (round(middle[0] - mask.width / 2), round(middle[1] - mask.height / 2))
        canvas.paste(colour, corner, mask)
