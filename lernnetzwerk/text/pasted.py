"""Structure that pasted text loses: headings outside the page's levels, table cells, lists of a word processor.

The editor's script (lernnetzwerk/paste.js) does the same at once, so that editors see what will be stored.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

ATTRIBUTES = r"(?:\s[^<>]*)?/?>"
HEADING = re.compile(rf"<(/?)h([1-6]){ATTRIBUTES}", re.I)
ROW_EDGE = re.compile(rf"</?(?:table|thead|tbody|tfoot|tr){ATTRIBUTES}", re.I)
CELL, CELL_END = re.compile(rf"<t[dh]{ATTRIBUTES}", re.I), re.compile(rf"</t[dh]{ATTRIBUTES}", re.I)
BLOCK = re.compile(rf"<(/?)(?:p|div|h[1-6]|li|ul|ol|blockquote|br){ATTRIBUTES}", re.I)
ANY_TAG = re.compile(r"<[^<>]*>")

PARAGRAPH = re.compile(rf"</?(?:p|div){ATTRIBUTES}", re.I)
STRUCTURE = re.compile(rf"<(?:h[1-6]|li|blockquote){ATTRIBUTES}", re.I)
MOST_LINES = 6  # of a cell; more is a layout that uses a table

GAP = r"(?:\s|&nbsp;)"
TAB = rf"{GAP}?&nbsp;{GAP}+"  # what a tab becomes; `§ 16` and `3. Mai` begin no list
ROMANS = [tens + ones for tens in ("", "x") for ones in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")]
NUMBER = rf"(?:\d{{1,2}}|[a-z]|{'|'.join(ROMANS)})[.)]"
ITEM = re.compile(rf"(?<!<li>)<p>(?:([·•▪]){GAP}+|([o§–-]|{NUMBER}){TAB})(.*?)</p>\s*", re.DOTALL)
LIST = re.compile(rf"(?:{ITEM.pattern})+", re.DOTALL)
DEPTHS = {"·": 1, "•": 1, "▪": 1, "o": 2, "–": 2, "-": 2, "§": 3}


def with_headings(levels: Sequence[int], html: str) -> str:
    """Moves each heading to the nearest of `levels`."""

    def moved(heading: re.Match[str]) -> str:
        return f"<{heading[1]}h{min(max(int(heading[2]), min(levels)), max(levels))}>"

    return HEADING.sub(moved, html)


def without_tables(html: str) -> str:
    """A paragraph for each row of a table: `10:00 | Begrüßung`; rows with lists, headings or much text keep them."""
    return "".join(map(_row, ROW_EDGE.split(html))) if CELL.search(html) else html


def _row(html: str) -> str:
    before, *cells = CELL.split(CELL_END.sub("", html))
    words = [_in_lines(cell) for cell in cells]
    if any(map(_is_layout, cells)) or sum(map(bool, words)) < 2:
        return before + "".join(cell if _blocks(cell) else f"<p>{cell}</p>" for cell in cells)
    return f"{before}<p>{' | '.join(word or '–' for word in words)}</p>"


def _blocks(html: str) -> int:
    return sum(not block[1] and block[0][:3].lower() != "<br" for block in BLOCK.finditer(html))


def _is_layout(cell: str) -> bool:
    blocks = _blocks(cell)
    return blocks > MOST_LINES or (blocks > 1 and STRUCTURE.search(cell) is not None)


def _in_lines(cell: str) -> str:
    """The cell with a line for each of its paragraphs; empty without words."""
    lines = (" ".join(BLOCK.sub(" ", paragraph).split()) for paragraph in PARAGRAPH.split(cell))
    return "<br>".join(line for line in lines if ANY_TAG.sub("", line).replace("&nbsp;", "").strip())


@dataclass(frozen=True)
class Mark:
    """What a paragraph that imitates a list item begins with: the depth, and the number for an ordered list.

    `letters` is the list's type in HTML: "a" for letters, "i" for Roman numerals.
    """

    depth: int
    number: int = 0
    letters: str = ""

    @classmethod
    def read(cls, mark: str, above: Sequence["Mark"] = ()) -> "Mark":
        """A mark such as `i.` may be both: the letter after `h`, else a Roman numeral if that continues or begins."""
        sign = mark[:-1]
        if mark in DEPTHS:
            return cls(DEPTHS[mark])
        if sign.isdigit():
            return cls(1, int(sign))
        roman = cls(3, ROMANS.index(sign) + 1, "i") if sign in ROMANS else None
        letter = cls(2, ord(sign) - ord("a") + 1, "a") if len(sign) == 1 else None
        found = [mark for mark in (letter, roman) if mark]
        following = [mark for mark in found if any(map(mark.continues, above))]
        beginning = [mark for mark in found if mark.number == 1]
        return (following or beginning or found)[0]

    @property
    def begin(self) -> str:
        letters = f' type="{self.letters}"' if self.letters else ""
        start = f' start="{self.number}"' if self.number > 1 else ""
        return f"<ol{start}{letters}>" if self.number else "<ul>"

    @property
    def end(self) -> str:
        return "</ol>" if self.number else "</ul>"

    def continues(self, before: "Mark") -> bool:
        is_next = self.number == before.number + 1 if before.number else not self.number
        return (self.depth, self.letters) == (before.depth, before.letters) and is_next


def with_lists(html: str) -> str:
    """Cleaned HTML with lists in place of paragraphs that imitate them, deeper items below their item."""
    return LIST.sub(_lists, html)


def _lists(paragraphs: re.Match[str]) -> str:
    parts: list[str] = []
    above: list[Mark] = []
    for bullet, sign, text in ITEM.findall(paragraphs[0]):
        mark = Mark.read(bullet or sign, above)
        while above and above[-1].depth >= mark.depth and not mark.continues(above[-1]):
            parts.append(f"</li>{above.pop().end}")
        if above and mark.continues(above[-1]):
            above.pop()
            parts.append("</li>")
        else:
            parts.append(mark.begin)
        above.append(mark)
        parts.append(f"<li><p>{text}</p>")
    return "".join([*parts, *(f"</li>{mark.end}" for mark in reversed(above))])
