"""Limits for the extent of formatted text.

HTML parsers need time quadratic in the depth of elements, in the number of open formatting elements and in the number
of attributes of one tag (html5ever, which nh3 uses, as well as browsers). Text typed into a form is refused above
these limits; text stored in another way is cleaned in short pieces, so the time grows with its length only.
"""

import re
from collections import Counter
from collections.abc import Iterator

from django.core.exceptions import ValidationError

MOST_CHARACTERS = 100_000  # about 40 printed pages
MOST_TAGS = 6_000  # opening and closing tags
DEEPEST = 50  # open elements
FEW_TAGS = 200
SHORT = 4_000  # characters

TAG = re.compile(r"<(/?)([a-z][^\s/<>]*)", re.I)
COMMENT = re.compile("<!--"), re.compile("-->")
LONG_TAG = re.compile(r"<[a-z/][^<>]{4000}", re.I)
BLOCK = re.compile("<(?:p|h[1-6]|ul|ol|blockquote|div|table)\\b", re.I)
TOKEN = re.compile(r"<[^<>]{0,4000}>?|[^<]{1,40}")
# Elements without content, and those that their next sibling closes (HTML Standard, 13.1.2).
SHALLOW = """
    area base br col embed hr img input link meta source track wbr
    body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr
"""
NEVER_DEEP = frozenset(SHALLOW.split())

TOO_LONG = (
    "Der Text ist zu lang: {characters} Zeichen mit seinen Formatierungen, höchstens {most}. Bitte kürzen oder teilen; "
    "Langes passt besser in eine Datei zum Herunterladen."
)
TOO_MANY = (
    "Der Text hat zu viele Absätze und Formatierungen. Bitte kürzen oder teilen, oder ohne Formatierung einfügen "
    "(Strg+Umschalt+V)."
)
TOO_DEEP = (
    "Der Text ist zu tief verschachtelt, meist durch Einfügen aus einem anderen Programm. Bitte ohne Formatierung "
    "einfügen (Strg+Umschalt+V)."
)


def check_extent(html: str) -> None:
    """Raises a ValidationError for text above a limit. Takes linear time."""
    if complaint := _complaint(html):
        raise ValidationError(complaint, code="extent")


def pieces(html: str) -> Iterator[str]:
    """The text as it is, or in short pieces if it is above a limit; "".join() of them is the text."""
    is_short = html.count("<") <= FEW_TAGS and len(html) <= SHORT
    if is_short or not _complaint(html):
        yield html
        return
    piece: list[str] = []
    for token in TOKEN.findall(html):
        if len(piece) >= FEW_TAGS and (len(piece) >= 2 * FEW_TAGS or BLOCK.match(token)):
            yield "".join(piece)
            piece = []
        piece.append(token)
    yield "".join(piece)


def _complaint(html: str) -> str:
    if len(html) > MOST_CHARACTERS:
        return TOO_LONG.format(characters=_german(len(html)), most=_german(MOST_CHARACTERS))
    if html.count("<") > MOST_TAGS or LONG_TAG.search(html):
        return TOO_MANY
    return TOO_DEEP if depth(html) > DEEPEST else ""


def depth(html: str) -> int:
    """The largest number of elements open at once, as far as their tags show it without parsing."""
    open_elements: Counter[str] = Counter()
    now = deepest = 0
    for closing, name in TAG.findall(without(html, *COMMENT)):
        name = name.lower()
        if name in NEVER_DEEP or (closing and not open_elements[name]):
            continue
        step = -1 if closing else 1
        open_elements[name] += step
        now += step
        deepest = max(deepest, now)
    return deepest


def without(html: str, begin: re.Pattern, end: re.Pattern) -> str:
    """Drops all from each `begin` to its `end`, if there is one. Linear time, for untrusted input."""
    kept, position = [], 0
    while (first := begin.search(html, position)) and (last := end.search(html, first.end())):
        kept.append(html[position : first.start()])
        position = last.end()
    return "".join([*kept, html[position:]])


def _german(number: int) -> str:
    return f"{number:_}".replace("_", ".")
