"""Range requests (RFC 9110, section 14)."""

import re

RANGE_SPEC = re.compile(r"(?:([0-9]+)-([0-9]*)|-([0-9]+))")
ENDLESS = 10**18  # larger than any file; Python refuses to read numbers of thousands of digits


class UnsatisfiableError(Exception):
    """The range is well-formed but outside of the content (416)."""


def parse_range(header: str, size: int) -> range | None:
    """The requested range of a content of `size` bytes, None for the whole content. Raises UnsatisfiableError.

    Other units, malformed headers and several ranges count as the whole: a server may ignore them (14.2), no player
    needs them, and many small overlapping ranges are a known attack (17.15).
    """
    unit, equals, specs = header.partition("=")
    wanted = [spec for spec in (part.strip(" \t") for part in specs.split(",")) if spec]
    if unit.strip().lower() != "bytes" or not equals or len(wanted) != 1:
        return None
    match = RANGE_SPEC.fullmatch(wanted[0])
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        return satisfiable(max(0, size - bounded_int(suffix)), size, size)
    end = bounded_int(last) + 1 if last else size
    return satisfiable(bounded_int(first), end, size) if end > bounded_int(first) or not last else None


def satisfiable(begin: int, end: int, size: int) -> range:
    if begin >= size:
        raise UnsatisfiableError
    return range(begin, min(end, size))


def bounded_int(digits: str) -> int:
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) < 19 else ENDLESS
