"""Formatted text: what editors can type, what the database takes and what a page shows are one list of elements.

The text is cleaned when a form is read and again when a page is drawn, so that a row written by any other way (an
import, a restored backup) cannot carry a script or load a picture from elsewhere.
"""

from functools import cache

import nh3
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"protocols": ["http", "https", "mailto", "tel"], "enableTarget": False},
}


class RichTextField(ProseEditorField):
    """Headings of the third and fourth level, paragraphs, lists, quotations, emphasis and links."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("blank", True)
        kwargs["extensions"] = EXTENSIONS
        kwargs["sanitize"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        """Stored as plain text: a later change of the editor is no migration."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.setdefault("blank", True)
        return name, path, args, kwargs


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(**allowlist_from_extensions(expand_extensions(EXTENSIONS)))


def clean(html: str) -> str:
    """The allowed part of `html`; everything else is dropped, unknown link schemes included."""
    return _cleaner().clean(html)
