"""Boxes of MP4 (ISO/IEC 14496-12) and elements of WebM (RFC 8794), each as its name, begin and end of its content."""

import mmap
from collections.abc import Iterator
from typing import TypeVar

MOST_ELEMENTS = 10_000

Name = TypeVar("Name", bytes, int)
Element = tuple[Name, int, int]


def boxes(data: mmap.mmap, at: int, end: int) -> Iterator[Element[bytes]]:
    for _count in range(MOST_ELEMENTS):
        if at + 8 > end:
            return
        size, name, header = number(data, at, 4), data[at + 4 : at + 8], 8
        if size == 1:
            size, header = number(data, at + 8, 8), 16
        size = size or end - at
        if size < header or at + size > end:
            raise ValueError
        yield name, at + header, at + size
        at += size


def elements(data: mmap.mmap, at: int, end: int) -> Iterator[Element[int]]:
    """EBML elements; one of unknown size, as in a live recording, ends with its parent."""
    for _count in range(MOST_ELEMENTS):
        if at >= end:
            return
        name_length = 9 - data[at].bit_length()
        first = data[at + name_length]
        length = 9 - first.bit_length()
        begin = at + name_length + length
        size = number(data, at + name_length, length) & ((1 << 7 * length) - 1)
        stop = end if size == (1 << 7 * length) - 1 else begin + size
        if not data[at] or not first or stop > end:
            return
        yield number(data, at, name_length), begin, stop
        at = stop


def named(elements: Iterator[Element[Name]], name: Name) -> Iterator[Element[Name]]:
    return (element for element in elements if element[0] == name)


def locative(data: mmap.mmap, begin: int, end: int, *path: bytes) -> Iterator[tuple[int, int]]:
    """Begin and end of each box at this path below a box."""
    if not path:
        yield begin, end
        return
    for _name, start, stop in named(boxes(data, begin, end), path[0]):
        yield from inside(data, start, stop, *path[1:])


def number(data: mmap.mmap, at: int, length: int) -> int:
    result = data[at : at + length]
    if at < 0 or len(result) < length:
        raise ValueError
    return int.from_bytes(result, "big")
