"""Places and codecs of recordings: places are removed from the stored file, codecs are read."""

import struct
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from lernnetzwerk.files.check import check
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.media import read as media
from tests.files.samples import box
from tests.files.test_check import upload

CASES = Path(__file__).parent / "cases"
QUICKTIME = box(b"\xa9xyz", struct.pack(">HH", 18, 0x15C7) + b"+51.6739+007.8160/")
APPLE_KEYS = (b"com.apple.quicktime.make", b"com.apple.quicktime.location.ISO6709")


def read(content, key="mp4"):
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        return media.read(file, key, Limits())


def film(*in_moov):
    ftyp = box(b"ftyp", b"isom" + bytes(4) + b"isom")
    header = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, 3000) + bytes(80))
    return ftyp + box(b"moov", header + b"".join(in_moov)) + box(b"mdat", b"Bild")


def track(kind, entry):
    handler = box(b"hdlr", bytes(8) + kind + bytes(13))
    table = box(b"stsd", bytes(4) + struct.pack(">I", 1) + entry)
    return box(b"trak", box(b"mdia", handler + box(b"minf", box(b"stbl", table))))


def h264(profile):
    return box(b"avc1", bytes(78) + box(b"avcC", b"\1" + bytes.fromhex(profile)))


def apple(version_and_flags=b""):
    keys = b"".join(struct.pack(">I", 8 + len(key)) + b"mdta" + key for key in APPLE_KEYS)
    values = [
        box(struct.pack(">I", number), box(b"data", bytes(8) + text)) for number, text in ((1, b"X"), (2, b"+51"))
    ]
    inner = box(b"hdlr", bytes(8) + b"mdta" + bytes(13)) + box(b"keys", bytes(4) + struct.pack(">I", 2) + keys)
    return box(b"meta", version_and_flags + inner + box(b"ilst", b"".join(values)))


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ((CASES / "22-ort-in-metadaten.mp4").read_bytes(), b"\x07\x02\xf8\x00\x33\x74\xa2"),
        (film(box(b"udta", QUICKTIME + bytes(4))), b"+51.6739"),
        (film(box(b"trak", box(b"udta", QUICKTIME))), b"+51.6739"),
        (film(apple()), b"+51"),
        (film(apple(bytes(4))), b"+51"),
    ],
    ids=["3GPP", "QuickTime", "QuickTime, of a track", "Apple", "Apple, ISO"],
)
def test_the_place_is_removed_and_nothing_else_moves(content, place):
    assert read(content).hidden_content == {"places": 1}

    stored = check(upload(content, "film.mp4")).content.read()

    assert place in content
    assert place not in stored
    assert (len(stored), stored.find(b"mdat")) == (len(content), content.find(b"mdat"))
    assert (read(stored).hidden_content, read(stored).seconds) == ({}, 3)
    assert sum(old != new for old, new in zip(content, stored, strict=True)) < 60


def test_a_film_is_stored_without_its_place_however_it_is_read():
    content = film(box(b"udta", QUICKTIME))

    stored = check(upload(content, "film.mp4")).content

    whole = stored.read()
    assert (stored.size, b"".join(stored.chunks(7))) == (len(content), whole)
    assert whole == content.replace(QUICKTIME, QUICKTIME[:4] + b"free" + bytes(len(QUICKTIME) - 8))


def test_a_film_without_a_place_stays_as_it_is():
    content = film(box(b"udta", box(b"\xa9nam", b"Kette")))

    assert check(upload(content, "film.mp4")).content.read() == content


@pytest.mark.parametrize(
    "content",
    [
        film(track(b"meta", box(b"gpmd", bytes(8)))),
        film() + box(b"uuid", bytes(16) + b"<exif:GPSLatitude>51,40N</exif:GPSLatitude>"),
        film(box(b"udta", box(b"loci", b"x" * 70_000))),
        film(box(b"udta", QUICKTIME * 51)),
    ],
    ids=["positions of a camera", "XMP", "too large", "too many"],
)
def test_a_place_that_cannot_be_removed_is_reported(content):
    stored = check(upload(content, "film.mp4")).content.read()

    assert (stored == content, read(stored).hidden_content) == (True, {"places": 1})


@pytest.mark.parametrize(
    ("content", "codecs"),
    [
        ((CASES / "21-hevc.mp4").read_bytes(), ["hvc1", "mp4a"]),
        (film(track(b"vide", h264("64001f")), track(b"soun", box(b"mp4a", bytes(28)))), ["avc1.64001f", "mp4a"]),
        (film(track(b"vide", box(b"hev1", bytes(78))), track(b"text", box(b"tx3g", bytes(8)))), ["hev1"]),
        (film(track(b"vide", box(b"av\0\xff", bytes(78)))), ["av??"]),
        (film(box(b"trak", box(b"mdia", b"\0\0\xff\xff"))), []),
    ],
    ids=["HEVC", "H.264", "HEVC without parameters", "unprintable", "damaged"],
)
def test_codecs_are_read_from_an_mp4(content, codecs):
    assert (read(content).codecs, read(content).seconds) == (codecs, 3)


def element(name, *parts):
    body = b"".join(parts)
    return bytes.fromhex(name) + struct.pack(">BI", 0x08, len(body)) + body


def test_codecs_are_read_from_a_webm():
    def entry(kind, codec):
        return element("ae", element("83", bytes([kind])), element("86", codec))

    tracks = element("1654ae6b", entry(1, b"V_MPEGH/ISO/HEVC"), entry(2, b"A_OPUS"), entry(17, b"S_TEXT/WEBVTT"))

    assert read(element("1a45dfa3") + element("18538067", tracks), "webm").codecs == ["V_MPEGH/ISO/HEVC", "A_OPUS"]


@pytest.mark.parametrize(("name", "hidden"), [(b"location-eng", {"places": 1}), (b"TITLE", {})])
def test_a_place_in_the_tags_of_a_webm_is_reported(name, hidden):
    tags = element("1254c367", element("7373", element("67c8", element("45a3", name), element("4487", b"+51"))))

    assert read(element("1a45dfa3") + element("18538067", tags), "webm").hidden_content == hidden
