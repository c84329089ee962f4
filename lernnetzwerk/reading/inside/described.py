"""Alternative texts and languages as Office writes them."""

import re
from collections import Counter
from typing import Any

DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def is_described(properties: Any) -> bool:
    """Described, or marked as decoration, which needs no words."""
    if properties is None:
        return False
    if (properties.get("descr") or "").strip() or (properties.get("title") or "").strip():
        return True
    return any(mark.get("val") in ("1", "true") for mark in properties.iter(DECORATIVE))


def language_tag(said: Counter[str]) -> str:
    """The most frequent of the languages that look like one (BCP 47)."""
    fitting = (tag for tag, _count in said.most_common() if LANGUAGE.fullmatch(tag) and len(tag) <= 35)
    return next(fitting, "")
