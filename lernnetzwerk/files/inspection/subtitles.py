from typing import BinaryIO

from lernnetzwerk.files.inspection import Findings, Limits, RefusedError

LARGEST = 5_000_000


def inspect(file: BinaryIO, key: str, limits: Limits) -> Findings:
    """WebVTT (W3C): UTF-8 that begins with the word WEBVTT."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise RefusedError("Die Untertiteldatei ist zu groß; höchstens 5 MB sind möglich.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError("Die Untertitel sind nicht in der Zeichenkodierung UTF-8 gespeichert.") from None
    if "\0" in text:
        raise RefusedError("Die Untertiteldatei enthält unzulässige Zeichen.")
    if not (text == "WEBVTT" or text.startswith(("WEBVTT\n", "WEBVTT\r", "WEBVTT ", "WEBVTT\t"))):
        raise RefusedError("Untertitel im Format WebVTT beginnen mit der Zeile „WEBVTT“.")
    return Findings()
