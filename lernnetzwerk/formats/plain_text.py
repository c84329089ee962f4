"""Normalises extracted text for reading and searching: hyphenation, ligatures and control characters."""

import re
import unicodedata

from lernnetzwerk.formats.combining import normalized

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06e\uf0a8\uf0e0"  # bullets of the fonts Symbol and Wingdings
HYPHENS = "\u2010\u2011"  # users type the one on the keyboard
REPLACED = str.maketrans({**LIGATURES, **dict.fromkeys(BULLETS, "•"), **dict.fromkeys(HYPHENS, "-")})
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# PDFium writes the hyphen at the end of a line, line end included, as U+FFFE; older files hold U+0002.
BROKEN_LINE = re.compile("[\ufffe\x02]\n?")
SOFT_HYPHEN = re.compile("\u00ad[ \t]*\n?")
JOINERS = {"\u200c", "\u200d"}  # some scripts and emoji need them
LONG_WORD = 40
UNSEEN = {"Cc", "Cf", "Cs", "Co"}
HYPHENATED = re.compile(r"(?<=\w)-\n(?=(\w+))")
LAST_WORD = re.compile(r"\w+\Z")
CONJUNCTIONS = {"und", "oder", "bzw", "sowie", "als", "wie", "bis", "noch", "and", "or"}
SYLLABLES = {("so", "wie"), ("den", "noch"), ("kür", "bis"), ("canna", "bis")}


def clean_text(text: str) -> str:
    """Text with one empty line between paragraphs, the lines kept and hyphenated words joined."""
    text = LINE_ENDS.sub("\n", text)
    text = BROKEN_LINE.sub("-\n", text)
    text = SOFT_HYPHEN.sub("", text).translate(REPLACED)
    text = "".join(char for char in text if is_seen(char))
    lines = (" ".join(line.split()) for line in normalized("NFC", text).split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return HYPHENATED.sub(lambda break_: hyphen(break_, text), text)


def clean_line(text: str, most: int = 500) -> str:
    """One line of at most `most` characters, shortened after a word."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0].rstrip() + "…"


def is_seen(char: str) -> bool:
    if char == "\n" or char in JOINERS:
        return True
    code = ord(char)
    is_nothing = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return char.isspace() or not (is_nothing or unicodedata.category(char) in UNSEEN)


def hyphen(break_: re.Match[str], text: str) -> str:
    """The replacement for hyphen and line end in "Jugend-|hilfe", "Land-|und", "Hartz-|IV", "14-|jährig", "e-|mail"."""
    word = LAST_WORD.search(text[max(0, break_.start() - LONG_WORD) : break_.start()])
    before, after = word[0] if word else "", break_[1]
    if after.lower() in CONJUNCTIONS and (before.lower(), after.lower()) not in SYLLABLES:
        return "- "
    is_one_word = len(before) > 1 and before[-1].islower() and after[0].islower()
    return "" if is_one_word else "-"
