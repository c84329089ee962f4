from typing import BinaryIO

from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.results import CheckResult
from lernnetzwerk.formats.subtitles.webvtt import normalised

LARGEST = 5_000_000


def check(file: BinaryIO, key: str, limits: Limits) -> CheckResult:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise RefusedError("Die Untertiteldatei ist zu groß; höchstens 5 MB sind möglich.")
    return CheckResult(content=normalised(data))
