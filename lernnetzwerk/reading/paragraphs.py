"""Lines of a printed page, joined to the paragraphs they were set from."""

import re
from itertools import pairwise

FULL_WIDTH = 60  # characters; shorter lines are those of slides, tables and poems, and mean something
NEARLY = 0.8
ITEM = re.compile(r"[•‣▪–—*-]\s|\(?\d{1,3}[.)]\s|[a-z]\)\s")


def joined(text: str) -> str:
    """Lines as wide as the block allows go on in the next one, unless that begins an item of a list."""
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
