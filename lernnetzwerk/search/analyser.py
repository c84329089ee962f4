"""The one analyser of texts: the index stores what it finds, and queries ask for what it finds.

Each word gets its forms as written (`written`), its stems, and the stems of the parts of a compound. Several ways of
writing are one word: gender forms (`Schüler:innen`, `Schüler*innen`, `SchülerInnen`, `Schüler/-innen`), suspended
compounds (`Arbeits- und Sozialverwaltung` is also Arbeitsverwaltung), hyphens (`Case-Management`), and codes
(`SGB II`, `SGB 2`, `§ 16 h`, `U 25`). The time is linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lernnetzwerk.formats.combining import normalized
from lernnetzwerk.search.compounds import NOTHING_KNOWN, Vocabulary
from lernnetzwerk.search.words import form, stem

WORD = re.compile(r"[^\W_]+")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
UNWANTED = re.compile(f"{UNSEEN.pattern}|{UNSTORABLE.pattern}")
INNER_I = re.compile(r"([^\W\d_]{2,}[^\W\d_A-Z])I(?:nnen|n)\Z")
GENDER_MARKS = frozenset({":", "*", "/", "/-", "_", "(", "(-", "·", "•"})
FEMININE = frozenset({"innen", "in"})
HYPHENS = frozenset({"-", "\u2010", "\u2011"})
SUSPENDED = re.compile(r"[-\u2010\u2011](?:\s+|\s*[,/]\s*)\Z")
PREFIXED = re.compile(r"(?:\s|/)[-\u2010\u2011]\Z")
CONJUNCTIONS = frozenset({"und", "oder", "sowie", "bzw", "beziehungsweise"})
FARTHEST = 6  # words from a suspended part to the compound that completes it
CHAIN = 4  # words joined by hyphens
LONGEST_GAP = 8
ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v", "6": "vi"}
ROMAN |= {"7": "vii", "8": "viii", "9": "ix", "10": "x", "11": "xi", "12": "xii"}


@dataclass
class Token:
    """One word of a text, from `begin` to `end`.

    `joined` is the form of the `width` words that begin here if they are also written as one.
    """

    begin: int
    end: int
    raw: str
    written: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    joined: str = ""
    width: int = 1


def cleaned(text: str) -> str:
    """Text in which words can be found and which both databases can store."""
    if UNWANTED.search(text):
        text = UNSEEN.sub("", UNSTORABLE.sub(" ", text))
    return normalized("NFC", text)


def tokens(text: str, vocabulary: Vocabulary = NOTHING_KNOWN) -> list[Token]:
    """The words of a cleaned text."""
    found = list(_gendered(text))
    for place, token in enumerate(found):
        token.written.insert(0, form(token.raw))
        _join(text, found, place)
        _complete(text, found, place, vocabulary)
    for token in found:
        token.written = list(dict.fromkeys(filter(None, token.written)))
        token.stems = list(dict.fromkeys([stem(token.raw), *map(stem, token.written)]))
        token.parts = list(dict.fromkeys(part for word in token.written for part in vocabulary.parts(word)))
    return [token for token in found if token.written]


def single_words(text: str) -> Iterator[str]:
    """The words of a cleaned text that consist of letters, as they stand there."""
    return (token.raw for token in _gendered(text) if token.raw.isalpha())


def _gendered(text: str) -> Iterator[Token]:
    """Words, with the forms of both genders as one."""
    before: Token | None = None
    for match in WORD.finditer(text):
        raw = match[0]
        between = text[before.end : match.start()] if before and match.start() - before.end <= 2 else " "
        if before and between in GENDER_MARKS and raw in FEMININE:
            before.end = match.end()
            before.written.append(form(before.raw + raw))
            continue
        if before:
            yield before
        before = Token(match.start(), match.end(), raw)
        if inner := INNER_I.match(raw):
            before.raw = inner[1]
            before.written.append(form(raw))
    if before:
        yield before


def _between(text: str, found: list[Token], place: int) -> str:
    """The signs between a word and the next one; a long gap is cut."""
    begin, end = found[place].end, found[place + 1].begin
    return text[begin:end] if end - begin <= LONGEST_GAP else " \n "


def _join(text: str, found: list[Token], place: int) -> None:
    """Adds the form that a code or a hyphenated compound has as one word, to each of its words."""
    width = _code_width(text, found, place) or _chain_width(text, found, place)
    if width < 2:
        return
    chain = found[place : place + width]
    raws = [token.raw for token in chain]
    if raws[0].lower() == "sgb":
        raws[1] = ROMAN.get(raws[1], raws[1])
    chain[0].joined, chain[0].width = form("".join(raws)), width
    for token in chain:
        token.written.append(chain[0].joined)


def _code_width(text: str, found: list[Token], place: int) -> int:
    if place + 1 >= len(found) or _between(text, found, place).strip(" \u00a0-"):
        return 0
    raw, following = found[place].raw.lower(), found[place + 1].raw
    if raw == "sgb" and (following in ROMAN or following.lower() in ROMAN.values()):
        return 2
    is_letter_and_age = raw == "u" and following.isdecimal() and len(following) == 2
    is_paragraph = raw.isdecimal() and len(following) == 1 and following.isalpha() and following.islower()
    return 2 if is_letter_and_age or (is_paragraph and _follows_paragraph_sign(text, found[place])) else 0


def _follows_paragraph_sign(text: str, token: Token) -> bool:
    return text[max(0, token.begin - 3) : token.begin].strip().endswith("§")


def _chain_width(text: str, found: list[Token], place: int) -> int:
    if place and _between(text, found, place - 1) in HYPHENS:
        return 0  # the chain began before
    width = 1
    while width < CHAIN and place + width < len(found) and _between(text, found, place + width - 1) in HYPHENS:
        width += 1
    return width


def _complete(text: str, found: list[Token], place: int, vocabulary: Vocabulary) -> None:
    """Adds the whole word that a suspended compound stands for."""
    token = found[place]
    if place + 1 < len(found) and SUSPENDED.match(_between(text, found, place)):
        compound = _completing(text, found, place)
        heads = vocabulary.heads(form(compound.raw)) if compound else []
        token.written += [form(token.raw) + head for head in heads]
    if place and PREFIXED.search(_between(text, found, place - 1)):
        other = next((one for one in reversed(found[max(0, place - 3) : place]) if _is_noun(one)), None)
        begins = vocabulary.begins(form(other.raw)) if other else []
        token.written += [begin + form(token.raw) for begin in begins]


def _completing(text: str, found: list[Token], place: int) -> Token | None:
    """The next word that is neither a conjunction nor suspended itself."""
    for other in range(place + 1, min(place + FARTHEST, len(found))):
        is_suspended = other + 1 < len(found) and SUSPENDED.match(_between(text, found, other))
        if _is_noun(found[other]) and not is_suspended:
            return found[other]
    return None


def _is_noun(token: Token) -> bool:
    return token.raw.lower() not in CONJUNCTIONS
