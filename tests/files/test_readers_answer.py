"""The parent believes nothing of what a child says that has read hostile bytes."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lernnetzwerk.reading.answer import BrokenAnswerError, contents, parsed
from lernnetzwerk.reading.inside import Limits

WEBP = b"RIFF" + (30 - 8 + 4).to_bytes(4, "little") + b"WEBP" + bytes(22)
NOTHING = {
    "unreadable": "",
    "title": "",
    "language": "",
    "outline": [],
    "active_content": [],
    "pages": [],
    "pictures": [],
}


def picture(**changes):
    return {"page": 1, "size": "small", "width": 480, "height": 270, "content": len(WEBP), **changes}


def said(*, tail=b"", **facts):
    return BytesIO(json.dumps({**NOTHING, **facts}).encode() + b"\n" + tail)


def read(file):
    answer = parsed(file, Limits())
    return answer, list(contents(file, answer.pictures))


def test_an_honest_answer_is_taken():
    page = {"number": 1, "title": "", "text": "Guten Tag"}

    answer, pictures = read(said(pages=[page], pictures=[picture()], figures=2, figures_described=1, tail=WEBP))

    assert answer.pages == [page]
    assert [(head.page, content) for head, content in pictures] == [(1, WEBP)]


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "x" * 501},
        {"title": "\0"},
        {"title": None},
        {"language": ["de"]},
        {"outline": {}},
        {"outline": [{"level": 0, "title": "", "page": 1}]},
        {"outline": [{"level": 1, "title": "", "page": 1}] * 501},
        {"active_content": ["worm"]},
        {"active_content": "launch"},
        {"figures": -1},
        {"figures": True},
        {"figures": 1, "figures_described": 2},
        {"seconds": 10**12},
        {"is_tagged": 1},
        {"pages": [{"number": 0, "title": "", "text": ""}]},
        {"pages": [{"number": 1, "title": "", "text": ""}] * 2},
        {"pages": [{"number": 1, "title": "", "text": "x" * 500_001}]},
        {"pages": ["x"]},
        {"pictures": [picture(size="huge")]},
        {"pictures": [picture(page=151)]},
        {"pictures": [picture(width=2_001)]},
        {"pictures": [picture(content=-1)]},
        {"pictures": [picture(content=10**9)]},
        {"pictures": [picture(), picture()]},
    ],
    ids=str,
)
def test_a_lie_is_no_answer(facts):
    with pytest.raises(BrokenAnswerError):
        parsed(said(**facts), Limits())


@pytest.mark.parametrize(
    "tail",
    [b"", WEBP[:-1], WEBP + b"x", b"\x89PNG" + WEBP[4:], b"<svg onload='alert(1)'>".ljust(len(WEBP)), WEBP * 2],
    ids=["nothing", "too short", "too long", "PNG", "SVG", "two"],
)
def test_a_picture_is_what_it_was_announced_to_be(tail):
    with pytest.raises(BrokenAnswerError):
        read(said(pictures=[picture()], tail=tail))


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[]\n", b"null\n", b"\xff\n", b"[" * 100_000 + b"\n", b'{"title": "\\ud800"}\n']
)
def test_what_is_no_answer_at_all(line):
    with pytest.raises(BrokenAnswerError):
        read(BytesIO(line))


@given(st.binary(max_size=500))
def test_whatever_a_child_says_is_an_answer_or_none(data):
    try:
        read(BytesIO(data + b"\n"))
    except BrokenAnswerError:
        return
    raise AssertionError("random bytes are no answer")
