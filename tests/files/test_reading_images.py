"""Stored images are made smaller, upright and sRGB; asked in this process."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.formats.images import read as images
from lernnetzwerk.formats.limits import Limits
from tests.files import samples

SMALL, LARGE = 0, 1


def pictured(content, key="jpeg", limits=Limits()):  # noqa: B008 - frozen
    found = images.read(BytesIO(content), key, limits).pictures
    assert [(one.page, one.size) for one in found] == [(1, "small"), (1, "large")]
    return [Image.open(BytesIO(one.content), formats=["WEBP"]) for one in found]


@pytest.mark.parametrize(
    ("size", "small", "large"),
    [
        ((3_000, 2_000), (640, 427), (1600, 1067)),
        ((2_000, 3_000), (427, 640), (1067, 1600)),
        ((1_000, 10), (640, 6), (1000, 10)),
        ((40, 20), (40, 20), (40, 20)),
        ((1, 1), (1, 1), (1, 1)),
    ],
    ids=str,
)
def test_pictures_fit_their_maximum_size_and_are_never_enlarged(size, small, large):
    assert [one.size for one in pictured(samples.image("JPEG", size))] == [small, large]


def test_a_photo_is_upright_and_has_no_metadata():
    photo = pictured(samples.photo_with_position(orientation=6))[LARGE]

    assert photo.size == (20, 40)
    assert (dict(photo.getexif()), "xmp" in photo.info, "icc_profile" in photo.info) == ({}, False, False)


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [
        ("RGB", (200, 40, 40), (200, 40, 40)),
        ("L", 120, (120, 120, 120)),
        ("1", 1, (255, 255, 255)),
        ("I;16", 0x8000, (128, 128, 128)),
        ("P", 0, (0, 0, 0)),
    ],
)
def test_colours_are_preserved(mode, colour, shown):
    picture = pictured(samples.image("PNG", mode=mode, color=colour), "png")[LARGE]

    assert picture.mode == "RGB"
    assert all(abs(one - other) <= 6 for one, other in zip(picture.getpixel((5, 5)), shown, strict=True))


def test_transparency_stays():
    picture = pictured(samples.image("PNG", mode="RGBA", color=(10, 20, 30, 0)), "png")[SMALL]

    assert (picture.mode, picture.getpixel((5, 5))[3]) == ("RGBA", 0)


def test_cmyk_becomes_rgb():
    picture = pictured(samples.image("JPEG", mode="CMYK", color=(0, 255, 255, 0)))[LARGE]

    red, green, blue = picture.getpixel((5, 5))
    assert red > 180 > 90 > max(green, blue)


@pytest.mark.parametrize(
    "profile",
    [ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(), b"no profile"],
    ids=["of another kind", "none"],
)
def test_a_colour_profile_that_does_not_match_is_ignored(profile):
    picture = pictured(samples.image("PNG", color=(200, 40, 40), icc_profile=profile), "png")[LARGE]

    assert picture.getpixel((5, 5))[0] > 180
    assert "icc_profile" not in picture.info


def test_more_pixels_than_allowed_are_not_decoded():
    with pytest.raises(UnreadableError, match="zu aufwendig"):
        images.read(BytesIO(samples.bomb_png()), "png", Limits())


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (samples.image("PNG"), "jpeg"),
        (samples.image("PNG", (300, 300))[:90], "png"),
        (samples.webp_header(40, 20), "webp"),
        (b"\xff\xd8\xff", "jpeg"),
        (b"", "png"),
    ],
    ids=["another type", "cut", "header alone", "begun", "empty"],
)
def test_a_file_that_is_no_image_is_damaged(content, key):
    with pytest.raises(UnreadableError, match=r"^Die Datei ist beschädigt\.$"):
        images.read(BytesIO(content), key, Limits())


def test_the_first_picture_of_a_multi_picture_file_is_used():
    stream, preview = BytesIO(), Image.new("RGB", (20, 10))
    Image.new("RGB", (40, 20), (200, 40, 40)).save(stream, "MPO", save_all=True, append_images=[preview])

    assert [one.size for one in pictured(stream.getvalue())] == [(40, 20), (40, 20)]
