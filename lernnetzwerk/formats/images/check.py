"""Re-encodes images: without EXIF, comments and data after the last pixel."""

import io
import struct
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.results import CheckResult

# Pillow opens the MPO of phones as JPEG; it has no opener of that name.
FORMATS = {"jpeg": ("JPEG",), "png": ("PNG",), "webp": ("WEBP",)}
QUICK_FROM = 12_000_000
LARGEST_PROFILE = 1_000_000
DAMAGED = "Das Bild ist beschädigt oder unvollständig."
WEB_MODES = {"jpeg": ("L", "RGB"), "png": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"), "webp": ("RGB", "RGBA")}


def check(file: BinaryIO, key: str, limits: Limits) -> CheckResult:
    Image.MAX_IMAGE_PIXELS = None  # our own limit has its own message
    is_lossless = key == "webp" and check_webp(file, limits)
    try:
        clean = decoded(file, key, limits)
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, UnidentifiedImageError):
        raise RefusedError(DAMAGED) from None
    content = encoded(clean, key, is_lossless)
    if len(content) > limits.size:
        raise RefusedError("Das Bild ist nach dem Entfernen der Metadaten zu groß. Bitte verkleinern Sie es.")
    return CheckResult(width=clean.width, height=clean.height, content=content)


def decoded(file: BinaryIO, key: str, limits: Limits) -> Image.Image:
    with Image.open(file, formats=FORMATS[key]) as image:
        check_pixels(*image.size, limits)
        # An MPO of a camera has a preview as its second frame; the first one is the picture.
        if key != "jpeg" and getattr(image, "n_frames", 1) > 1:
            raise RefusedError("Bewegte Bilder werden nicht angenommen. Bitte laden Sie ein Standbild hoch.")
        return without_metadata(image, key)


def check_pixels(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.pixels:
        raise RefusedError(
            f"Das Bild hat mit {width} × {height} Pixeln zu viele Bildpunkte; "
            f"höchstens {limits.pixels // 1_000_000} Megapixel sind möglich."
        )


def without_metadata(image: Image.Image, key: str) -> Image.Image:
    """An upright copy with pixels, colour profile and transparency alone."""
    mode, profile = image.mode, image.info.get("icc_profile")
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    if mode not in WEB_MODES[key]:
        mode = "RGBA" if image.has_transparency_data and key != "jpeg" else "RGB"
        profile = profile if image.mode == "P" else None  # it describes the colours of the mode it was made for
    clean = image.convert(mode)
    clean.info = {"transparency": clean.info["transparency"]} if "transparency" in clean.info else {}
    if profile and len(profile) <= LARGEST_PROFILE:
        clean.info["icc_profile"] = profile
    return clean


def encoded(image: Image.Image, key: str, is_lossless: bool) -> bytes:
    options = {
        "jpeg": {"quality": 92, "subsampling": 0, "progressive": True},
        "png": {"compress_level": 6 if image.width * image.height < QUICK_FROM else 2},
        "webp": {"quality": 20, "method": 0, "lossless": True} if is_lossless else {"quality": 90, "method": 2},
    }
    target = io.BytesIO()
    try:
        image.save(target, FORMATS[key][0], icc_profile=image.info.get("icc_profile"), **options[key])
    except ValueError:  # the WebP encoder fails on large noisy images
        raise MemoryError from None
    return target.getvalue()


def check_webp(file: BinaryIO, limits: Limits) -> bool:
    """Check the pixels before Pillow allocates the canvas on opening. Returns whether the image is lossless."""
    head = file.read(30)
    file.seek(0)
    chunk, data = head[12:16], head[20:]
    if len(head) < 30:
        raise RefusedError(DAMAGED)
    if chunk == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (4, 7))
    elif chunk == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif chunk == b"VP8 ":
        width, height = (value & 0x3FFF for value in struct.unpack("<HH", data[6:10]))
    else:
        raise RefusedError(DAMAGED)
    check_pixels(width, height, limits)
    return chunk == b"VP8L"
