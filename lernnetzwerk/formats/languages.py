import re
from collections import Counter

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
LONGEST = 35


def most_frequent_language(tags: Counter[str]) -> str:
    """The most frequent well-formed language tag (BCP 47); empty when there is none."""
    well_formed = (tag for tag, _count in tags.most_common() if LANGUAGE.fullmatch(tag) and len(tag) <= LONGEST)
    return next(well_formed, "")
