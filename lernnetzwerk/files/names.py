"""Checks and cleans file names. They are shown as text and sent in headers, and never used on the disk."""

import re
import unicodedata
from functools import lru_cache

from lernnetzwerk.formats.combining import normalized
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.text.folding import transliterate

RENAME = "Bitte benennen Sie die Datei um."
LONGEST = 120  # characters of a delivered name: with umlauts still below the 255 bytes of most file systems
LONGEST_UPLOADED = 200
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, direction marks, surrogates: they make ".exe" look like ".pdf"
DIRECTION_MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―"), "-")


def refuse_name(name: str) -> None:
    """Raise RefusedError for a path, control characters, or more than 200 characters."""
    name = normalized("NFC", name)
    if len(name) > LONGEST_UPLOADED:
        raise RefusedError(f"Der Dateiname ist zu lang, er darf höchstens {LONGEST_UPLOADED} Zeichen haben. {RENAME}")
    name = mark_forbidden(name)
    if "\\" in name:
        raise RefusedError(f"Der Dateiname enthält einen Pfad, also einen Schrägstrich. {RENAME}")
    if UNREADABLE in name:
        raise RefusedError(f"Der Dateiname enthält unsichtbare Steuerzeichen oder ist nicht lesbar. {RENAME}")


def mark_forbidden(name: str) -> str:
    """The name with each slash as a backslash and each control character as U+FFFD."""
    return "".join(UNREADABLE if _is_forbidden(char) else char for char in name).replace("/", "\\")


def _is_forbidden(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} or char in DIRECTION_MARKS


@lru_cache(maxsize=500)
def clean_name(name: str) -> str:
    """The last part of the path, without invisible characters, shortened to 120 characters before the extension."""
    name = "".join(" " if char.isspace() else char for char in normalized("NFC", name))
    name = "".join(char for char in name if unicodedata.category(char) not in INVISIBLE)
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub(r" +", " ", name).strip(" .")
    return shorten(name) or "Datei"


def shorten(name: str) -> str:
    stem, extension = split_extension(name)
    return stem[: LONGEST - len(extension)].rstrip(" .") + extension if len(name) > LONGEST else name


def split_extension(name: str) -> tuple[str, str]:
    """Name and extension with its dot, or "" when the last part is no extension: ("Vortrag", ".pdf")."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not 0 < len(extension) <= 10 or " " in extension:
        return name, ""
    return stem, dot + extension


@lru_cache(maxsize=500)
def ascii_name(name: str) -> str:
    """The name for clients without RFC 8187, in Latin letters, with no character that needs quoting."""
    name = normalized("NFKD", transliterate(name).translate(DASHES))
    name = "".join(char for char in name if not unicodedata.combining(char))
    return re.sub(r"[^ !#$&()+,\-.0-9;=@A-Z\[\]^_`a-z{}~]", "_", name)
