"""Parses a line about a speaker, as in programmes and mails, for a form: a guess to be corrected."""

import re
from dataclasses import dataclass
from itertools import takewhile

from lernnetzwerk.formats.combining import normalized

LONGEST_LINE = 300
# One word of a title. Abbreviations that are also names ("Ma", "Med") need their dot or their capitals.
TITLE = re.compile(
    r"""
    (?i:(?:(?:apl|außerpl|em|jun|junior|hon|univ|gast|vertr)\.?-?)?prof(?:essor)?\.?(?:[:*’'/_-]?in\.?)?)
    | (?i:d?dr(?:es)?\.?(?:[:*’'/_-]?in\.?)?(?:-ing\.?)?)(?:(?:h\.?c|mult|med|phil|rer|nat|jur|pol|habil)\.)*
    | h\.?c\. | [eE]\.h\. | (?i:(?:apl|außerpl|em|emer|mult|med|dent|vet|phil|rer|nat|pol|jur|iur|oec|publ|soc|sc|paed
        |päd|theol|ing|techn|agr|biol|psych|hum|troph|cult|mus|kfm|verw|betriebsw|habil|rer\.nat|rer\.pol)\.)
    | habil | PD(?:in)? | (?i:priv\.-?doz\.?(?:in)?|privatdozent(?:in)?|doz\.) | Mag(?:\.a?|ister|istra)?
    | (?i:dipl)\.(?:-[^\W\d_][\w.]*(?:[:*’'/]in)?(?:-[^\W\d_]\w*)?\.?)? | Diplom-[A-ZÄÖÜ]\w+
    | \((?:FH|TU|BA|DH|Univ\.?)\)
    | [BM]\.(?:A|Sc|Ed|Eng|Mus|F\.A|P\.H|B\.A|P\.A|R)\. | MBA | MPH | MPA | MScN? | BSc | LL\.?[BM]\.? | Ph\.?D\.?
    | RA(?:in)? | OB(?:[:*’'/]?in|M)? | BM | StD(?:in)? | O?StR(?:in)?
    """,
    re.VERBOSE,
)
SPACED_DEGREE = re.compile(r"\b(h|[eE])\. ([ch])\.")  # `h. c.`, `E. h.`
# Written without dots or with a space they are also initials and last names, so only behind a name.
DEGREE = re.compile(r"[BM]\.? ?(?:A|Sc|Ed|Eng)\.?")
DOTLESS = {"pd", "med", "phil", "jur", "rer", "nat", "pol", "hc"}
SALUTATIONS = {"herr", "herrn", "frau"}
# Words that begin a last name. CAPITAL ones may be written in capitals; BEGINNING ones so at the beginning of a line.
FIRST_PARTICLES = {"von", "van", "vom", "zu", "zum", "zur"}
CAPITAL = FIRST_PARTICLES | {
    "de",
    "del",
    "della",
    "der",
    "den",
    "di",
    "da",
    "dos",
    "du",
    "la",
    "le",
    "ten",
    "ter",
    "el",
    "al",
}
PARTICLES = CAPITAL | {"aus", "op", "in", "im", "auf", "am", "an", "unter", "ob", "te", "dem", "des", "do", "das"}
PARTICLES |= {"bin", "ibn", "af", "av", "dela", "delle"}
# What stands behind a last name and a comma, and is no first name.
INSTITUTION = re.compile(
    r"(?i:stadt|kreis|gemeinde|bezirk|land|amt|uni|universität|hochschule|schule|institut|ministerium|jobcenter|verein"
    r"|verband|stiftung|büro|zentrum|netzwerk|werk|dienst|haus|caritas|diakonie)|\b[A-ZÄÖÜ]{2,}"
)
FIRST_NAMES = re.compile(r"[^\W\d_]\w*\.?(?:-[^\W\d_]\w*)*(?: [^\W\d_]\w*\.?(?:-[^\W\d_]\w*)*)?")
END_OF_NAME = re.compile(r"[,;\n]|\((?!(?:FH|TU|BA|DH|Univ\.?)\))|\s[–-]\s")
SEPARATOR = re.compile(r"[,;\n]|\s[–-]\s")


@dataclass(frozen=True)
class NameLine:
    """The parts of a line; empty where it has none."""

    academic_title: str = ""
    first_name: str = ""
    last_name: str = ""
    unit: str = ""
    organisation: str = ""


def parse(line: str) -> NameLine:
    """Parses `Prof. Dr. Kai Marquardsen, FH Kiel`, `Anna Beispiel M.Sc. (Stadt Hamm)` and `Beispiel, Anna, Stadt Hamm`.

    Reads 300 characters, as NFC. The name ends at the first comma or bracket. The last part of the rest is the
    organisation, the parts before it are the unit; brackets in there stay. A single word is the last name.
    """
    line = SPACED_DEGREE.sub(r"\1.\2.", normalized("NFC", line[:LONGEST_LINE]))
    words, mark, rest = _cut(line)
    titles, words = _titles(words)
    first, last = _split(words)
    if mark == "," and last and not first and not titles:
        titles, first, rest = _listed(rest)
    parts = [part.strip() for part in SEPARATOR.split(rest) if part.strip()]
    titles += [part for part in parts if _is_title(part)]
    affiliation = [part for part in parts if not _is_title(part)]
    return NameLine(
        academic_title=" ".join(titles),
        first_name=first,
        last_name=last,
        unit=", ".join(affiliation[:-1]),
        organisation=affiliation[-1] if affiliation else "",
    )


def without_titles(text: str) -> str:
    """The words of a search that are no academic titles, with or without dots."""
    return " ".join(word for word in text.split() if not (TITLE.fullmatch(word) or word.casefold() in DOTLESS))


def _cut(line: str) -> tuple[list[str], str, str]:
    """The words of the name, what ends it, and the rest; none ends a name behind a salutation."""
    line = line.lstrip(" (\t")
    end = END_OF_NAME.search(line)
    name, mark, rest = (line[: end.start()], end[0], line[end.end() :]) if end else (line, "", "")
    if mark == "(":
        rest = rest.replace(")", "", 1)
    words = name.split()
    greeting = len(list(takewhile(lambda word: word.casefold() in SALUTATIONS, words[:-1])))
    return words[greeting:], "" if greeting else mark, rest


def _listed(rest: str) -> tuple[list[str], str, str]:
    """Titles, first names and the rest behind `Beispiel,`; only the rest if an institution stands there."""
    words, _mark, behind = _cut(rest)
    titles, names = _titles(words)
    first = " ".join(names)
    is_first = FIRST_NAMES.fullmatch(first) and not INSTITUTION.search(first) and not _is_title(first)
    return (titles, first, behind) if is_first else ([], "", rest)


def _titles(words: list[str]) -> tuple[list[str], list[str]]:
    """The titles before and behind the name, and the name; one word always remains."""
    first, last = 0, len(words)
    while first < last - 1 and TITLE.fullmatch(words[first]):
        first += 1
    while last - first > 1 and (taken := _degree_at_end(words[first:last])):
        last -= taken
    return words[:first] + words[last:], words[first:last]


def _degree_at_end(words: list[str]) -> int:
    """How many words at the end are a title: 2 for `M. A.`."""
    if TITLE.fullmatch(words[-1]) or (len(words) > 2 and DEGREE.fullmatch(words[-1])):
        return 1
    return 2 if len(words) > 3 and "." in words[-2] and DEGREE.fullmatch(" ".join(words[-2:])) else 0


def _is_title(part: str) -> bool:
    return bool(DEGREE.fullmatch(part)) or all(TITLE.fullmatch(word) for word in part.split())


def _split(words: list[str]) -> tuple[str, str]:
    """First and last names; a particle such as `von` begins the last name."""
    start = next((place for place in range(len(words) - 1) if _is_particle(words, place)), len(words) - 1)
    start = max(start, 0)
    return " ".join(words[:start]), " ".join(words[start:])


def _is_particle(words: list[str], place: int) -> bool:
    word = words[place]
    if word in PARTICLES:
        return True
    known = CAPITAL if place or words[1].casefold() in PARTICLES else FIRST_PARTICLES
    return word.casefold() in known
