"""German typography of rendered pages: non-breaking spaces, real quotation marks, line breaks of mail addresses.

Stored texts keep plain spaces, so that search, comparison and export stay simple; only rendered pages change.
"""

import re

MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
UNITS = "Uhr|MB|kB|GB|Seiten?|Folien|Minuten|Prozent|Euro|€|%|km|Jahren?|Monaten?|Kommunen?"

_NARROW = re.compile(
    rf"((?:\b(?:Prof|Dr|Nr|Abs|Art|St|Ziff)\.|\b[zudoi]\.|§|\bSGB|\b\d{{1,2}}\.(?= (?:{MONTHS}))"
    rf"|\b(?:Tag|Seite|Raum|Fassung)(?= \d)|\d(?= (?:{UNITS})(?!\w)))) "
)
_QUOTED = re.compile(r"""(?<!\w)(?:&quot;|")(?=\S)([^&"]{1,300}?)(?<=\S)(?:&quot;|")(?!\w)""")
_SPAN = re.compile(r"(\d\.?)–(?=\d)")
_MAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64}@)((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})\b")  # lengths as in RFC 5321
_TAG = re.compile(r"(<[^>]*>)")
_LEFT_ALONE = ("<textarea", "<script", "<code", "<pre")


def typeset(html: str) -> str:
    """The same markup with its text typeset; attributes, scripts and visitors' input stay unchanged.

    `Prof. Dr. Knuth`, `29. November`, `SGB II`, `2,4 MB` and the like are kept on one line by U+00A0, `29.–30.` by
    U+2060 after its dash. A mail address is marked, so that it gets no hyphens, and breaks after its @ or before a dot.
    Lines without text between tags become one line end.
    """
    last = html.rfind(">") + 1  # after it, the search for the end of a tag would be repeated at each "<"
    parts = _TAG.split(html[:last])
    parts[-1] += html[last:]
    for place in range(0, len(parts), 2):
        if not place or not parts[place - 1].startswith(_LEFT_ALONE):
            parts[place] = _text(parts[place])
    return "".join(parts)


def _text(text: str) -> str:
    if not text or text.isspace():
        return "\n" if "\n" in text else text
    narrow = _NARROW.sub("\\1\u00a0", text) if " " in text else text
    spanned = _SPAN.sub("\\1–\u2060", narrow) if "–" in narrow else narrow
    quoted = _QUOTED.sub("„\\1“", spanned) if '"' in spanned or "&quot;" in spanned else spanned
    return _MAIL.sub(_breakable, quoted) if "@" in quoted else quoted


def _breakable(address: re.Match[str]) -> str:
    return f'<span class="mail">{address[1]}<wbr>{address[2].replace(".", "<wbr>.")}</span>'
