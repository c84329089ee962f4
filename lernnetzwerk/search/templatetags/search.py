from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lernnetzwerk.search.snippets import Part

register = template.Library()


@register.simple_tag
def marked(parts: Iterable[Part]) -> SafeString:
    """The text with its found words in `<mark>`."""
    pieces = (format_html("<mark>{}</mark>", part.text) if part.is_found else part.text for part in parts)
    return format_html_join("", "{}", ((piece,) for piece in pieces))
