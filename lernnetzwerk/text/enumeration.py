from collections.abc import Iterable


def enumeration(words: Iterable[str]) -> str:
    """`A`, `A und B`, `A, B und C`; empty without words."""
    several = list(words)
    return " und ".join(filter(None, [", ".join(several[:-1]), *several[-1:]]))
