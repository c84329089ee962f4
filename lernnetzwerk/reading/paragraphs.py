"""Joins the lines of a printed page to paragraphs."""

import re
from itertools import pairwise

FULL_WIDTH = 60  # characters; shorter lines are intended: slides, tables, poems
NEARLY = 0.8
ITEM = re.compile(r"[•‣▪–—*-]\s|\(?\d{1,3}[.)]\s|[a-z]\)\s")


def join_lines(text: str) -> str:
    """Join each line of nearly full width with the next one, unless that begins a list item."""
    return "\n\n".join(_block(block.split("\n")) for block in text.split("\n\n"))


def _block(lines: list[str]) -> str:
    widest = max(map(len, lines))
    if widest < FULL_WIDTH:
        return "\n".join(lines)
    text = lines[0]
    for before, line in pairwise(lines):
        goes_on = len(before) >= NEARLY * widest and not ITEM.match(line)
        text += f"{' ' if goes_on else chr(10)}{line}"
    return text
