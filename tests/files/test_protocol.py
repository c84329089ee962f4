"""The parent validates every response of a child process that has read hostile bytes."""

from io import BytesIO

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lernnetzwerk.formats.results import CheckResult, Page, Picture, ReadResult
from lernnetzwerk.sandbox.protocol import (
    ProtocolError,
    receive_check,
    receive_pictures,
    receive_read,
    send_check,
    send_read,
)

WEBP = b"RIFF" + (30 - 8 + 4).to_bytes(4, "little") + b"WEBP" + bytes(22)
NOTHING = msgspec.to_builtins(ReadResult())
UNCHECKED = msgspec.to_builtins(CheckResult(), builtin_types=(bytes,))
PICTURE = {"page": 1, "size": "small", "width": 480, "height": 270, "content": WEBP}


def framed(*messages):
    payloads = [message if isinstance(message, bytes) else msgspec.msgpack.encode(message) for message in messages]
    return BytesIO(b"".join(len(payload).to_bytes(4, "big") + payload for payload in payloads))


def read(response):
    return receive_read(response), list(receive_pictures(response))


def test_a_valid_response_is_accepted():
    result = ReadResult(pages=[Page(1, "", "Guten Tag")], figures=2, figures_described=1)
    result.pictures = [Picture(1, "small", 480, 270, WEBP), Picture(1, "large", 960, 540, WEBP)]
    response = BytesIO()

    send_read(response, result)
    response.seek(0)
    received, pictures = read(response)

    assert received.pages == [Page(1, "", "Guten Tag")]
    assert [(picture.size, picture.content) for picture in pictures] == [("small", WEBP), ("large", WEBP)]


def test_a_valid_check_is_accepted():
    response, result = BytesIO(), CheckResult(width=40, height=20, content=b"x")

    send_check(response, result)
    response.seek(0)

    assert receive_check(response, 1_000) == result


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "x" * 501},
        {"title": "\0"},
        {"title": None},
        {"unreadable": "x" * 301},
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
        {"pages": [{"number": number, "title": "", "text": ""} for number in range(1, 1_002)]},
        {"pages": ["x"]},
        {"pictures": [PICTURE]},
        {"state": "done"},
        {"type": "check"},
    ],
    ids=lambda facts: str(facts)[:60],
)
def test_an_invalid_result_is_refused(facts):
    assert receive_read(framed(NOTHING)) == ReadResult()

    with pytest.raises(ProtocolError):
        receive_read(framed({**NOTHING, **facts}))


@pytest.mark.parametrize(
    "facts",
    [
        {"size": "huge"},
        {"page": 0},
        {"page": 151},
        {"width": 2_001},
        {"height": 0},
        {"content": ""},
        {"content": WEBP[:-1]},
        {"content": WEBP + b"x"},
        {"content": b"\x89PNG" + WEBP[4:]},
        {"content": b"<svg onload='alert(1)'>".ljust(len(WEBP))},
        {"content": b"RIFF" + (5_000_001 - 8).to_bytes(4, "little") + b"WEBP" + bytes(5_000_001 - 12)},
    ],
    ids=lambda facts: str(facts)[:60],
)
def test_an_invalid_picture_is_refused(facts):
    assert len(read(framed(NOTHING, PICTURE))[1]) == 1

    with pytest.raises(ProtocolError):
        read(framed(NOTHING, {**PICTURE, **facts}))


def test_a_picture_sent_twice_is_refused():
    with pytest.raises(ProtocolError):
        read(framed(NOTHING, PICTURE, PICTURE))


@pytest.mark.parametrize(
    "facts",
    [
        {"refused": "x" * 501},
        {"refused": None},
        {"page_count": 0},
        {"page_count": 10**12},
        {"width": 40},
        {"width": 0, "height": 0},
        {"is_tagged": "yes"},
        {"content": "text"},
        {"content": bytes(2_000)},
        {"path": "/etc/passwd"},
    ],
    ids=lambda facts: str(facts)[:60],
)
def test_an_invalid_check_is_refused(facts):
    assert receive_check(framed(UNCHECKED), 1_000) == CheckResult()

    with pytest.raises(ProtocolError):
        receive_check(framed({**UNCHECKED, **facts}), 1_000)


@pytest.mark.parametrize("receive", [read, lambda response: receive_check(response, 1_000)], ids=["read", "check"])
@pytest.mark.parametrize(
    "response",
    [
        b"",
        b"\0\0\0",
        b"\0\0\0\0",
        b"\0\0\0\1",
        b"\xff\xff\xff\xff\x80",
        framed({}).getvalue(),
        framed({"title": "", "refused": ""}).getvalue(),
        framed([]).getvalue(),
        framed(None).getvalue(),
        framed(b"\xdd\xff\xff\xff\xff").getvalue(),
        framed(b"\x91" * 100_000).getvalue(),
        framed(b"\x81\xa5title\xa3\xed\xa0\x80").getvalue(),
        framed(NOTHING).getvalue() + b"\0",
        framed(UNCHECKED).getvalue() + b"\0",
        framed(NOTHING, NOTHING).getvalue(),
        framed(UNCHECKED, UNCHECKED).getvalue(),
        b"{}\n",
    ],
    ids=range(17),
)
def test_malformed_bytes_are_refused(receive, response):
    with pytest.raises(ProtocolError):
        receive(BytesIO(response))


@given(st.binary(max_size=500))
def test_any_bytes_are_a_valid_response_or_refused(data):
    for response in (BytesIO(data), framed(data or b"\0")):
        try:
            read(response)
        except ProtocolError:
            continue
        raise AssertionError("random bytes are no response")
