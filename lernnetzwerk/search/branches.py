"""The branches of a query: which tokens are worth how many points for which of the searched words.

Their number grows with the number of words and of synonyms of several words, not with that of spellings: all that is
worth the same in the same field is one branch.
"""

from collections.abc import Iterable, Iterator, Sequence

from lernnetzwerk.search.engine import FIELDS, ITEM, LEVELS, LOCATED, PASSAGE, Branch, Group, Letters, all_of, any_of
from lernnetzwerk.search.query import Unit
from lernnetzwerk.search.ranking import points

EXCLUDED = -1
TOGETHER = 1_000  # the word that stands for all words in one passage
Atoms = Sequence[tuple[str, str]]


def branches(units: Sequence[Unit], letters: Letters = ITEM) -> Iterator[Branch]:
    """Those of all units. With the letters of a passage they say what a single passage is worth."""
    for place, unit in enumerate(units):
        yield from _excluding(unit, letters) if unit.is_excluded else _including(place, unit, letters)
    if letters is ITEM and sum(not unit.is_excluded for unit in units) > 1:
        yield Branch(TOGETHER, 1, all_of(_anywhere(units)), is_located=True)


def _including(word: int, unit: Unit, letters: Letters) -> Iterator[Branch]:
    for alternatives, is_synonym in ((unit.forms, False), (unit.synonyms, True)):
        single = [atom for atoms in alternatives if len(atoms) == 1 for atom in atoms]
        for field in FIELDS:
            if single:
                yield from _of_words(word, field, single, LEVELS[: 1 if unit.phrase else 3], is_synonym, letters)
            for atoms in alternatives:
                if len(atoms) > 1:
                    yield _of_term(word, field, atoms, unit.phrase, is_synonym)
    yield from _of_parts(word, unit.parts, letters)


def _of_words(
    word: int, field: str, atoms: Atoms, levels: Iterable[str], is_synonym: bool, letters: Letters
) -> Iterator[Branch]:
    better: tuple[str, ...] = ()
    for level in levels:
        wanted = _tokens(atoms, (field,), (level,), letters)
        yield Branch(word, points(field, level, is_synonym), any_of(wanted), field in LOCATED, better=better)
        better += tuple(wanted)


def _of_term(word: int, field: str, atoms: Atoms, phrase: str, is_synonym: bool) -> Branch:
    """Several words must all be in the field of one passage, each as written or with its stem."""
    levels = LEVELS[: 1 if phrase else 2]
    return Branch(word, points(field, "written", is_synonym), _all(atoms, (field,), levels), field in LOCATED, phrase)


def _of_parts(word: int, divided: Sequence[Atoms], letters: Letters) -> Iterator[Branch]:
    """Longer words, and the parts of a searched compound: all in one field, or for the least anywhere in a passage."""
    longer = [atom for atoms in divided if len(atoms) == 1 for atom in atoms]
    pairs = [atoms for atoms in divided if len(atoms) > 1]
    for field in FIELDS:
        is_located = field in LOCATED
        if longer:
            wanted = any_of(_tokens(longer, (field,), LEVELS[1:], letters))
            yield Branch(word, points(field, "part"), wanted, is_located)
        if pairs:
            fields = FIELDS if field == "text" else (field,)
            wanted = any_of(_all(atoms, fields, LEVELS[1:]) for atoms in pairs)
            yield Branch(word, points(field, "divided"), wanted, is_located)


def _excluding(unit: Unit, letters: Letters) -> Iterator[Branch]:
    single = [atom for atoms in unit.alternatives if len(atoms) == 1 for atom in atoms]
    levels = LEVELS[: 1 if unit.phrase else 2]
    if single:
        yield Branch(EXCLUDED, 0, any_of(_tokens(single, FIELDS, levels, letters)))
    for atoms in unit.alternatives:
        if len(atoms) > 1:
            for field in FIELDS:
                yield Branch(EXCLUDED, 0, _all(atoms, (field,), levels), phrase=unit.phrase)


def _anywhere(units: Iterable[Unit]) -> Iterator[Group]:
    """Each unit, however it is written: a word as written has its stem in the same passage."""
    for unit in units:
        if not unit.is_excluded:
            levels = LEVELS[:1] if unit.phrase else LEVELS[1:]
            single = [atom for atoms in unit.alternatives if len(atoms) == 1 for atom in atoms]
            terms = [_all(atoms, LOCATED, levels) for atoms in unit.alternatives if len(atoms) > 1]
            yield any_of([*_tokens(single, LOCATED, levels, PASSAGE), *dict.fromkeys(terms)])


def _all(atoms: Atoms, fields: Sequence[str], levels: Sequence[str]) -> Group:
    return all_of(any_of(_tokens((atom,), fields, levels, PASSAGE)) for atom in atoms)


def _tokens(atoms: Atoms, fields: Iterable[str], levels: Sequence[str], letters: Letters) -> list[str]:
    """One for each field, level and atom."""
    forms = [(level, form if level == "written" else stem) for level in levels for form, stem in atoms]
    return list(dict.fromkeys(letters[field, level] + form for field in fields for level, form in forms))
