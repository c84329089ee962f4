"""Formatted text: what editors can type, what the database takes and what a page shows are one list of elements.

The text is cleaned when a form is read and again when a page is drawn, so that a row written by any other way (an
import, a restored backup) cannot carry a script or load a picture from elsewhere.
"""

from collections.abc import Sequence
from functools import cache

import nh3
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField


def extensions(headings: Sequence[int]) -> dict[str, object]:
    """The editor's configuration; headings are of the given levels."""
    return {
        "Bold": True,
        "Italic": True,
        "Heading": {"levels": list(headings)},
        "BulletList": True,
        "OrderedList": True,
        "ListItem": True,
        "Blockquote": True,
        "HardBreak": True,
        "Link": {"protocols": ["http", "https", "mailto", "tel"], "enableTarget": False},
    }


class RichTextField(ProseEditorField):
    """Headings below the one the page gives the text, paragraphs, lists, quotations, emphasis and links."""

    def __init__(self, *args: object, headings: Sequence[int] = (3, 4), **kwargs: object) -> None:
        super().__init__(*args, **{"blank": True, **kwargs, "extensions": extensions(headings), "sanitize": True})


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(**allowlist_from_extensions(expand_extensions(extensions((2, 3, 4)))))


def clean(html: str) -> str:
    """The allowed part of `html`; everything else is dropped, unknown link schemes included."""
    return _cleaner().clean(html)
