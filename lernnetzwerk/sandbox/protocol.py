"""Messages between the launcher and its child.

The request is one JSON argument. The response is a series of frames on standard output: four bytes of length, then one
message as MessagePack. The child has parsed hostile bytes, so the parent validates every message against its type.
"""

from collections.abc import Iterator
from typing import BinaryIO, Literal, TypeVar

import msgspec
from msgspec import Struct

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.results import CheckResult, Picture, ReadResult
from lernnetzwerk.sandbox.limits import ProcessLimits

LONGEST_RESULT = 20_000_000  # bytes, without pictures
LONGEST_PICTURE = 5_001_000
HEADER = 4

T = TypeVar("T")


class ProtocolError(Exception):
    """The response does not follow the protocol of our child program."""


class Request(Struct, frozen=True):
    operation: Literal["check", "read"]
    key: str  # of a type in `lernnetzwerk.files.types`
    limits: Limits
    process: ProcessLimits


def encode_request(request: Request) -> str:
    return msgspec.json.encode(request).decode()


def decode_request(argument: str) -> Request:
    return msgspec.json.decode(argument, type=Request)


def send_check(target: BinaryIO, result: CheckResult) -> None:
    _send(target, result)


def send_read(target: BinaryIO, result: ReadResult) -> None:
    """The result without its pictures, then one frame for each picture."""
    pictures, result.pictures = result.pictures, []
    _send(target, result)
    for picture in pictures:
        _send(target, picture)


def receive_check(source: BinaryIO, longest: int) -> CheckResult:
    """The only message of `source`, of at most `longest` bytes. Raises ProtocolError."""
    result = _decode(_next_frame(source, longest), CheckResult)
    _require(not source.read(1))
    return result


def receive_read(source: BinaryIO) -> ReadResult:
    """The first message of `source`; the pictures follow. Raises ProtocolError."""
    result = _decode(_next_frame(source, LONGEST_RESULT), ReadResult)
    _require(not result.pictures)
    return result


def receive_pictures(source: BinaryIO) -> Iterator[Picture]:
    """The messages after the result, one in memory at a time. Raises ProtocolError."""
    seen: set[tuple[int, str]] = set()
    while payload := _next_frame(source, LONGEST_PICTURE):
        picture = _decode(payload, Picture)
        _require((picture.page, picture.size) not in seen)
        seen.add((picture.page, picture.size))
        yield picture


def _send(target: BinaryIO, message: Struct) -> None:
    payload = msgspec.msgpack.encode(message)
    target.write(len(payload).to_bytes(HEADER, "big"))
    target.write(payload)


def _next_frame(source: BinaryIO, longest: int) -> bytes:
    """The payload of the next frame; empty at the end of `source`."""
    header = source.read(HEADER)
    if not header:
        return b""
    length = int.from_bytes(header, "big")
    _require(len(header) == HEADER and 0 < length <= longest)
    payload = source.read(length)
    _require(len(payload) == length)
    return payload


def _decode(payload: bytes, type_: type[T]) -> T:
    try:
        message = msgspec.msgpack.decode(payload, type=type_)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(str(error)) from None
    _require(msgspec.msgpack.encode(message) == payload)  # no field is missing, unknown or there twice
    return message


def _require(is_so: bool) -> None:
    if not is_so:
        raise ProtocolError("malformed response")
