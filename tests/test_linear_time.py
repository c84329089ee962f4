"""The time of each of our parsers grows no faster than its input: forms, pasted text, names, files, headers."""

import pytest

from events.attachments.matching import Candidate, kind_of, matches
from events.attachments.providers import embedding
from events.attachments.transcript import paragraphs
from events.models import Event
from events.models.chapters import chapters
from events.programme.time_field import ClockField
from lernnetzwerk.files.names import ascii_name, clean_name, refuse_name
from lernnetzwerk.files.ranges import parse_range
from lernnetzwerk.formats.plain_text import clean_text
from lernnetzwerk.formats.subtitles.webvtt import parse as parse_subtitles
from lernnetzwerk.reading.paragraphs import join_lines
from lernnetzwerk.slugs.german import german_slug, german_words, sort_key
from lernnetzwerk.templatetags.site import meta
from lernnetzwerk.text.extent import depth
from lernnetzwerk.text.prose_hints import hints
from lernnetzwerk.text.richtext import clean, unpacked
from lernnetzwerk.text.typography import typeset
from lernnetzwerk.text.web_addresses import web_address
from lernnetzwerk.web.client_addresses import shorten
from speakers.names import parse as parse_name
from tests.growth import grows_with_its_input

review = Event._meta.get_field("review")


def of(piece: str, begin: str = "", end: str = ""):
    """Input of about `size` characters."""
    return lambda size: begin + piece * (size // len(piece)) + end


def numbered(piece: str, begin: str = "", end: str = ""):
    """Input of about `size` characters in which each piece contains another number."""
    return lambda size: begin + "".join(map(piece.format, range(size // len(piece)))) + end


MARKUP = {
    **{piece: of(piece) for piece in ("<", "<p>", "<div>", "<b>", "<b ", "</b>", "<b><p>", "<ul><li>", "<a href=x>")},
    **{piece: of(piece) for piece in ("<!--", "<!-->", "<xml>", "<xml></xml>", "<title>", "<a name=x", "<br>", "&")},
    **{piece: of(piece) for piece in ("<table>x", "<td>a", "<tr><td>", "<h1>", "<p>·", "<p>1.&nbsp;", "<p>a)&nbsp;")},
    **{piece: of(piece) for piece in (" ", "&nbsp;", "\u00a0 ", "a", "<p>&nbsp;</p>", "<blockquote><p>", "<b> </b>")},
    "attributes": numbered("a{} ", "<p ", ">"),
    "emphasis with attributes": numbered("<em a={}>"),
    "repeated emphasis": lambda size: numbered("<em a={}>")(400) + "<p>x" * (size // 4),
    "a long bullet": of("&nbsp;", "<p>·", "x</p>"),
    "a long tag": of("a", "<p "),
    "an open comment": of("<p>", "<!--"),
}  # fmt: skip
PLAIN = {
    **{piece: of(piece) for piece in (" ", "a", "A", "ä", "1", "a1", "aB", "-", ".", ",", "(", ":", "! ", " – ", "\n")},
    **{piece: of(piece) for piece in ("a ", "a. ", "A.", "Dr. ", "von ", "\u0301\u0327", "\uff9e\u0327", '"', '"a" ')},
    **{piece: of(piece) for piece in ("@", "a@", "a@a.", "@a.a")},
    "many marks": lambda size: "a" + "\u0315" * (size // 2) + "\u0327" * (size // 2),
    "one long title": of("A-", "Dipl.-A", "!"),
}  # fmt: skip
HEADERS = {
    **{piece: of(piece, "bytes=") for piece in ("0-0,", ",", " ", "9", "-", "0-9 ", "=")},
    **{piece: of(piece) for piece in (":", "1.", "f:", "[", "%00", "/")},
}
ADDRESSES = {
    begin + piece: of(piece, begin)
    for begin in ("https://youtu.be/", "https://vimeo.com/", "https://www.youtube.com/watch?", "https://a", "")
    for piece in ("/", "a", "1", "&v=", "@", ":", "[", ".", "%", "\u0327\u0301")
}
TIMES = "00:01.000 --> 00:02.000"
SUBTITLES = {
    **{piece: of(piece, f"WEBVTT\n\n{TIMES}\n") for piece in ("<", "<v ", "<v.", " ", "a", "&", "<a>", "\n", "-->")},
    "an open voice": of(" ", f"WEBVTT\n\n{TIMES}\n<v"),
    "an open class": of(".a", f"WEBVTT\n\n{TIMES}\n<v"),
    "a long arrow": of(" ", "WEBVTT\n\n00:01.000 ", "-->"),
    "long times": of("0", "WEBVTT\n\n", f"{TIMES}\na"),
    "notes": of("NOTE a\n\n", "WEBVTT\n\n"),
    "cues": of(f"{TIMES}\na\n\n", "WEBVTT\n\n"),
    "empty cues": of(f"{TIMES}\n<b>\n\n", "WEBVTT\n\n"),
}
CHAPTERS = {piece: of(piece) for piece in ("0:01 a\n", ":", "1", "\n", "0:01", " ", "\r")} | {"gap": of(" ", "0:01")}


def names(text: str) -> tuple:
    return clean_name(text), ascii_name(text), german_slug(text), german_words(text), sort_key(text), refuse_name(text)


def file_names(text: str) -> tuple:
    return kind_of(text), matches(text, [Candidate(1, (text,), (text,), (text,), text)], text)


def saved(text: str) -> str:
    return review.clean(text, Event())


def transcribed(text: str) -> tuple:
    return tuple(paragraphs(parse_subtitles(text.encode())))


def described(text: str) -> dict:
    return meta({}, description=text)


def clock(text: str) -> object:
    return ClockField().clean(text)


def ranges(text: str) -> object:
    return parse_range(text, 100)


PARSERS = [
    *((parse, MARKUP, 8_000) for parse in (saved, clean, unpacked, typeset, depth)),
    *((parse, MARKUP, 2_000) for parse in (hints, described)),
    *((parse, PLAIN, 4_000) for parse in (names, file_names, parse_name, clean_text, join_lines, clock, typeset)),
    *((parse, ADDRESSES, 4_000) for parse in (embedding, web_address)),
    *((parse, HEADERS, 4_000) for parse in (ranges, shorten)),
    (transcribed, SUBTITLES, 8_000),
    (chapters, CHAPTERS, 4_000),
]


@pytest.mark.parametrize(("parse", "hostile", "size"), PARSERS, ids=[parser[0].__name__ for parser in PARSERS])
def test_time_grows_no_faster_than_the_input(parse, hostile, size):
    slow = [name for name, make in hostile.items() if not grows_with_its_input(parse, make, size)]

    assert slow == []


@pytest.mark.parametrize("parse", [lambda text: [text.count(char) for char in text]])
def test_a_quadratic_function_is_noticed(parse):
    assert not grows_with_its_input(parse, of("a"), 1_000)
