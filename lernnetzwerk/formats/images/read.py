"""Renditions of stored images, smaller, upright and in sRGB."""

import struct
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from lernnetzwerk.formats.errors import DAMAGED, TOO_COMPLEX, UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pictures import Box, pictures
from lernnetzwerk.formats.results import ReadResult, Size

BOXES: dict[Size, Box] = {"small": (640, 640), "large": (1600, 1600)}
# Pillow opens the MPO of phones as JPEG; it has no opener of that name.
FORMATS = {"jpeg": ("JPEG",), "png": ("PNG",), "webp": ("WEBP",)}


def read(file: BinaryIO, key: str, limits: Limits) -> ReadResult:
    Image.MAX_IMAGE_PIXELS = None  # our own limit has its own message
    try:
        with Image.open(file, formats=FORMATS[key]) as image:
            if image.width * image.height > limits.pixels:
                raise UnreadableError(TOO_COMPLEX)
            image.draft("RGB", BOXES["large"])  # a JPEG of 50 megapixels is decoded at an eighth, if that is enough
            clean = in_srgb(ImageOps.exif_transpose(image))
    except (OSError, SyntaxError, ValueError, EOFError, struct.error):
        raise UnreadableError(DAMAGED) from None
    return ReadResult(pictures=pictures(clean, 1, BOXES))


def in_srgb(image: Image.Image) -> Image.Image:
    """The image in sRGB, with its transparency."""
    profile = image.info.get("icc_profile")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode == "I;16":
        image = image.point(lambda value: value / 256).convert("L")
    if profile and image.mode in ("RGB", "L", "CMYK", "RGBA"):
        image = converted(image, profile)
    image = image.convert(mode)
    image.info = {}
    return image


def converted(image: Image.Image, profile: bytes) -> Image.Image:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    plain = image.convert("RGB") if alpha else image
    try:
        shown = ImageCms.profileToProfile(
            plain, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):  # the profile does not fit the image
        return image
    plain = shown or plain  # None only with inPlace=True
    if alpha:
        plain.putalpha(alpha)
    return plain
