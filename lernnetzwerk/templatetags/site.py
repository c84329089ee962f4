"""What every page has: its head, the way back up, and German typesetting."""

from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from lernnetzwerk.text.richtext import clean
from lernnetzwerk.text.typography import typeset as typeset_html

register = template.Library()
DESCRIPTION_LENGTH = 170

SECTIONS = {
    "events:list": "Veranstaltungen",
    "events:attachment_list": "Materialien",
    "practice:example_list": "Praxisbeispiele",
    "practice:municipality_list": "Kommunen",
    "practice:topic_list": "Themen",
    "speakers:list": "Personen",
}


@register.inclusion_tag("_meta.html", takes_context=True)
def meta(context: Context, title: str = "", description: str = "", within: str = "", image: str = "") -> dict:
    """Title, description and Open Graph data (ogp.me); `within` names what the page is part of, `image` is a path.

    States of a list that a query makes, and previews, are kept out of search engines; only the list itself counts.
    """
    request = context.get("request")
    return {
        "title": " – ".join(filter(None, [title, within, "Lernnetzwerk"])) if title else settings.SITE_NAME,
        "name": title or settings.SITE_NAME,
        "description": Truncator(_plain(description)).chars(DESCRIPTION_LENGTH),
        "site_name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}{request.path}" if request else "",
        "image": f"{settings.SITE_URL}{image or static('lernnetzwerk/social.png')}",
        "is_indexed": not (context.get("is_preview") or (request and request.GET)),
    }


def _plain(text: str) -> str:
    """Formatted or plain text without any markup; cleaned first, as scripts would leave their words behind."""
    return " ".join(unescape(strip_tags(clean(text))).split())


@register.simple_block_tag
def words(content: SafeString) -> SafeString:
    """Text, classes or an address written over several lines, as one: `{% words as lead %}…{% endwords %}`."""
    return mark_safe(" ".join(content.split()))  # noqa: S308 - the template has escaped it already


@register.inclusion_tag("_breadcrumb.html")
def breadcrumb(here: str, *ancestors: Any) -> dict:
    """The way down to this page; an ancestor is the URL name of a section or a thing with an address."""
    steps = [
        (SECTIONS[step], reverse(step)) if isinstance(step, str) else _instance(step) for step in ancestors if step
    ]
    return {"here": here, "steps": steps}


def _instance(instance: Any) -> tuple[str, str]:
    return str(instance), instance.get_absolute_url()


@register.filter(is_safe=True)
def typeset(html: str) -> str:
    """As safe as it came: `is_safe` lets Django keep that, and escape what was not."""
    return typeset_html(html)


@register.filter
def lang(language: str) -> str:
    """The attribute for text in another language than the page's, such as ` lang="en"`; else nothing."""
    known = language if language and language != "de" and language.isalpha() else ""
    return format_html(' lang="{}"', known) if known else ""
