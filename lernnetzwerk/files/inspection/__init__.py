"""What is inside an uploaded file. Runs in a child process (see `apart`), without Django and without settings.

Each module has `inspect(file, key, limits)`: it returns facts about the content or raises RefusedError.
"""

from dataclasses import dataclass


class RefusedError(Exception):
    """The file is not taken; the message is the German sentence the editor reads."""


@dataclass(frozen=True)
class Limits:
    max_pixels: int
    max_size: int
    seconds: int


@dataclass
class Findings:
    page_count: int | None = None
    width: int | None = None
    height: int | None = None
    is_tagged: bool | None = None
    content: bytes = b""
