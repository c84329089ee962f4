"""Formatted text: one list of elements defines what editors type, the database accepts and a page shows.

The text is cleaned when a form is read and again when a page is rendered, so that a row written in another way (an
import, a restored backup) cannot contain a script or load an external picture. Form input is also tidied: text pasted
from a word processor loses the markup of that program and keeps its structure.
"""

import re
from collections.abc import Sequence
from functools import cache, partial
from typing import Any

import nh3
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField, create_sanitizer

from lernnetzwerk.text.extent import check_extent, pieces, without
from lernnetzwerk.text.pasted import GAP, with_headings, with_lists, without_tables

MOST_NESTED_EMPTY = 10  # nested empty elements; deeper ones do not occur
SETTINGS = {name: (re.compile(f"<{name}>", re.I), re.compile(f"</{name}>", re.I)) for name in ("xml", "title")}
FOREIGN_EMPHASIS = re.compile(r"<(/?)(b|i)(?:\s[^<>]{0,500})?>", re.I)
BOOKMARK = re.compile(r"<a\s+name=[^<>\s]{1,300}\s*>", re.I)
GAPS = re.compile(rf"{GAP}{{2,}}")
EDGES = re.compile(rf"(<(?:p|h[2-4]|li)>){GAP}+|{GAP}+(</(?:p|h[2-4]|li)>)")
WITHOUT_TEXT = re.compile(rf"<(p|h[2-4]|li|ul|ol|blockquote|a)(?:\s[^<>]*)?>(?:{GAP}|<br>)*</\1>")
EMPHASIS_WITHOUT_TEXT = re.compile(rf"<(strong|em)>({GAP}*)</\1>")


def extensions(headings: Sequence[int]) -> dict[str, bool | dict[str, Any]]:
    """The editor's configuration, with headings of the given levels."""
    return {
        "Bold": True,
        "Italic": True,
        "Heading": {"levels": list(headings)},
        "BulletList": True,
        "OrderedList": True,
        "ListItem": True,
        "Blockquote": True,
        "HardBreak": True,
        "TidyPaste": {"levels": list(headings)},
        "Link": {"protocols": ["http", "https", "mailto", "tel"], "enableTarget": False},
    }


class RichTextFormField(ProseEditorFormField):
    def prepare_value(self, value: Any) -> Any:
        """Cleans the value: the editor's script renders whatever it gets, even before saving."""
        return clean(value) if isinstance(value, str) else value


class RichTextField(ProseEditorField):
    """Headings below that of the page, paragraphs, lists, quotations, emphasis and links.

    `clean` raises a ValidationError for text above the limits of `extent`. They hold before cleaning and after it:
    the parser repeats emphasis that is never closed in each further paragraph.
    """

    default_validators = (check_extent,)

    def __init__(self, *args: Any, headings: Sequence[int] = (3, 4), **kwargs: Any) -> None:
        self.headings = tuple(headings)
        # Applied from last to first, so the allowlist also checks the result of tidying.
        steps = [
            checked,
            create_sanitizer,
            tidied,
            checked,
            create_sanitizer,
            partial(with_headings, headings),
            without_tables,
            unpacked,
        ]
        super().__init__(*args, **{"blank": True, **kwargs, "extensions": extensions(headings), "sanitize": steps})

    def formfield(self, **kwargs: Any) -> RichTextFormField:
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(**allowlist_from_extensions(expand_extensions(extensions((2, 3, 4)))))


def clean(html: str) -> str:
    """The allowed part of `html`; drops everything else, unknown link schemes included."""
    return "".join(_cleaner().clean(piece) for piece in pieces(with_named_spaces(html)))


def with_named_spaces(html: str) -> str:
    """nh3 0.3 needs time quadratic in the number of these characters, but not of their names."""
    return html.replace("\u00a0", "&nbsp;")


def checked(html: str) -> str:
    check_extent(html)
    return html


def unpacked(html: str) -> str:
    """Pasted HTML without settings that would become text, with emphasis in the allowed elements."""
    html = with_named_spaces(html)
    for begin, end in SETTINGS.values():
        html = without(html, begin, end)
    names = {"b": "strong", "i": "em"}
    html = BOOKMARK.sub("", html)
    return FOREIGN_EMPHASIS.sub(lambda found: f"<{found[1]}{names[found[2].lower()]}>", html)


def tidied(html: str) -> str:
    """Cleaned HTML without empty paragraphs and runs of fixed spaces; paragraphs that imitate a list become a list."""
    for _round in range(MOST_NESTED_EMPTY):
        before = html
        html = EDGES.sub(r"\1\2", GAPS.sub(" ", with_lists(html)))
        html = WITHOUT_TEXT.sub("", EMPHASIS_WITHOUT_TEXT.sub(r"\2", html))
        if html == before:
            break
    return html
