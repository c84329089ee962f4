"""Parses a line about a speaker, as in programmes and mails, for a form: a guess to be corrected."""

import re
from dataclasses import dataclass

TITLES = re.compile(
    r"(?:apl\.|außerpl\.|em\.|Jun\.-|Hon\.-)?(?:Prof(?:essor)?(?:in)?\.?)|PD|Priv\.-Doz\.|Dr\.?(?:-Ing\.)?"
    r"|Dipl\.-[A-ZÄÖÜ][\w.]*(?:-[A-Z]\w*)?\.?|Mag\.|MBA|[BM]\.A\.|[BM]\.Sc\.|h\.?c\.|mult\.|(?:med|phil|rer|jur|paed|pol|nat|soc|oec|iur)\.",
)
SALUTATIONS = {"herr", "herrn", "frau"}
PARTICLES = {
    "von",
    "van",
    "vom",
    "zu",
    "zum",
    "zur",
    "de",
    "del",
    "della",
    "der",
    "den",
    "di",
    "da",
    "ten",
    "ter",
    "el",
    "al",
}


@dataclass(frozen=True)
class NameLine:
    """The parts of a line; empty where it has none."""

    academic_title: str = ""
    first_name: str = ""
    last_name: str = ""
    unit: str = ""
    organisation: str = ""


def parse(line: str) -> NameLine:
    """Parses `Prof. Dr. Kai Marquardsen, FH Kiel`.

    The name ends at the first comma or bracket. The last part of the rest is the organisation, the parts before it
    are the unit; brackets in there stay. A single word is the last name.
    """
    found = re.match(r"[ (\t]*(.*?)(?:([,;(\n]|\s[–-]\s)(.*))?$", line, re.DOTALL)
    name, opened, rest = found.groups(default="") if found else (line, "", "")
    rest = rest.replace(")", "", 1) if opened == "(" else rest
    affiliation = [part.strip() for part in re.split(r"[,;\n]|\s[–-]\s", rest) if part.strip()]
    words = [word for word in name.split() if word.lower() not in SALUTATIONS]
    titles = 0
    while titles < len(words) - 1 and TITLES.fullmatch(words[titles]):
        titles += 1
    first, last = _split(words[titles:])
    return NameLine(
        academic_title=" ".join(words[:titles]),
        first_name=first,
        last_name=last,
        unit=", ".join(affiliation[:-1]),
        organisation=affiliation[-1] if affiliation else "",
    )


def _split(words: list[str]) -> tuple[str, str]:
    """First and last names; a particle such as `von` begins the last name."""
    start = next((place for place, word in enumerate(words) if place and word.lower() in PARTICLES), len(words) - 1)
    if words and words[0].lower() in PARTICLES:
        start = 0
    start = max(start, 0)
    return " ".join(words[:start]), " ".join(words[start:])
