"""Unicode normalisation in linear time.

`unicodedata.normalize` sorts the combining characters after a letter by insertion, so 100,000 of them take minutes.
"""

import re
import unicodedata
from functools import cache
from typing import Literal

MOST = 30  # combining characters in a row, as in the Stream-Safe Text Format (UAX #15, section 13)
MARKS = range(0x300, 0x1F000)


def normalized(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """`text` in this form; combining characters after the thirtieth in a row are left out."""
    return unicodedata.normalize(form, text if text.isascii() else _runs().sub(r"\1", text))


@cache
def _runs() -> re.Pattern:
    marks = "".join(char for char in map(chr, MARKS) if _is_combining(char))
    return re.compile(f"([{marks}]{{{MOST}}})[{marks}]+")


def _is_combining(char: str) -> bool:
    """Also characters that are not combining, but consist of such: U+0F73, U+FF9E."""
    return all(map(unicodedata.combining, unicodedata.normalize("NFKD", char)))
