"""Placeholders of starting texts: `[Bitte ergänzen: Name der Stelle]` stands for what editors must fill in."""

import re

from django.db.models import CharField, Field, Model, TextField

BEGIN = "[Bitte ergänzen"
PLACEHOLDER = re.compile(re.escape(BEGIN) + r"(?:: ?([^\[\]]{0,300}))?\]?")
SHOWN = 3


def placeholders(instance: Model) -> list[str]:
    """What the placeholders in the texts of `instance` ask for, in the order of its fields."""
    texts = [getattr(instance, field.attname) for field in instance._meta.concrete_fields if _is_text(field)]
    return [found[1] or "Text" for text in texts if text for found in PLACEHOLDER.finditer(text)]


def without_placeholders(text: str) -> str:
    return PLACEHOLDER.sub("", text)


def in_words(points: list[str]) -> str:
    """The first points, separated by semicolons, and the number of the others."""
    more = len(points) - SHOWN
    return "; ".join(points[:SHOWN]) + (f" und {more} weitere" if more > 0 else "")


def _is_text(field: Field) -> bool:
    return isinstance(field, CharField | TextField)
