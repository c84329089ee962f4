"""Tags for every page: metadata, breadcrumb and German typography."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from lernnetzwerk.text.plain import plain
from lernnetzwerk.text.richtext import clean
from lernnetzwerk.text.structured_data import breadcrumbs, known, script, site_address
from lernnetzwerk.text.typography import typeset as typeset_html
from lernnetzwerk.text.web_addresses import web_address as linkable
from lernnetzwerk.visibility.placeholders import without_placeholders

register = template.Library()
DESCRIPTION_LENGTH = 170
DESCRIBED_LENGTH = 20_000  # characters of formatted text from which a description is made

SECTIONS = {
    "events:list": "Treffen",
    "events:attachment_list": "Materialien",
    "practice:example_list": "Praxisbeispiele",
    "practice:municipality_list": "Kommunen",
    "practice:topic_list": "Themen",
    "speakers:list": "Personen",
}


@register.inclusion_tag("_meta.html", takes_context=True)
def meta(
    context: Context, title: str = "", description: str = "", within: str = "", image: str = "", is_indexed: bool = True
) -> dict:
    """Title, description and Open Graph data (ogp.me); `within` names the parent of the page, `image` is a path.

    Search engines index neither previews nor pages with a query, such as filtered lists.
    """
    request = context.get("request")
    return {
        "title": " – ".join(filter(None, [title, within, "Lernnetzwerk"])) if title else settings.SITE_NAME,
        "name": title or settings.SITE_NAME,
        "description": Truncator(_plain(description)).chars(DESCRIPTION_LENGTH),
        "site_name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}{request.path}" if request else "",
        "image": f"{settings.SITE_URL}{image or static('lernnetzwerk/social.png')}",
        "is_indexed": is_indexed and not (context.get("is_preview") or (request and request.GET)),
    }


@register.simple_tag
def search_action() -> SafeString:
    """The portal as `WebSite` with its search, for search engines (schema.org, JSON-LD)."""
    target = known(type="EntryPoint", urlTemplate=f"{site_address(reverse('search:search'))}?q={{search_term_string}}")
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    address = site_address("/")
    return script(known(type="WebSite", name=settings.SITE_NAME, url=address, inLanguage="de", potentialAction=action))


@register.simple_tag
def structured_data(data: dict) -> SafeString:
    """What a page shows, for search engines; empty without data, as in previews."""
    return script(data) if data else SafeString()


@register.simple_tag(takes_context=True)
def sheet_head(context: Context, query: str = "") -> str:
    """Name of the portal, address of the page with its `query`, and date, for paper; empty on error pages."""
    request = context.get("request")
    if request is None:
        return ""
    today = date_format(timezone.localdate(), "j. F Y")
    address = f"{settings.SITE_URL}{request.path}{'?' if query else ''}{query}".partition("://")[2]
    return format_html('<p class="sheet-head">{} · {} · {}</p>', settings.SITE_NAME, address, today)


def _plain(text: str) -> str:
    """Formatted or plain text without markup and placeholders; cleaned first, or the code of scripts would remain."""
    return " ".join(without_placeholders(plain(clean(text[:DESCRIBED_LENGTH]))).split())


@register.simple_tag
def feed_link(title: str, view: str, *arguments: str) -> SafeString:
    """The Atom feed of a page, for the heads of pages, where feed readers look for it."""
    form = '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">'
    return format_html(form, title, reverse(view, args=arguments))


@register.simple_tag
def contact_mailbox() -> str:
    """The mailbox of the coordinating office; empty until it is set."""
    return settings.CONTACT_EMAIL


@register.filter
def web_address(text: str) -> str:
    """An address to link to, or "": the only way of a stored address of another site into `href`."""
    return linkable(text)


@register.simple_block_tag
def words(content: SafeString) -> SafeString:
    """Joins text, classes or an address written over several lines: `{% words as lead %}…{% endwords %}`."""
    return mark_safe(" ".join(content.split()))  # noqa: S308 - the template has escaped it already


@register.inclusion_tag("_breadcrumb.html")
def breadcrumb(here: str, *ancestors: Any) -> dict:
    """The path to this page; an ancestor is the URL name of a section or an instance with an address."""
    steps = [
        (SECTIONS[step], reverse(step)) if isinstance(step, str) else _instance(step) for step in ancestors if step
    ]
    return {"here": here, "steps": steps, "data": script(breadcrumbs(steps, here))}


def _instance(instance: Any) -> tuple[str, str]:
    return str(instance), instance.get_absolute_url()


@register.filter(is_safe=True)
def typeset(html: str) -> str:
    """`is_safe` keeps safe input safe and lets Django escape other input."""
    return typeset_html(html)


@register.filter
def lang(language: str) -> str:
    """The attribute for text in a language other than German, such as ` lang="en"`; else empty."""
    known = language if language and language != "de" and language.isalpha() else ""
    return format_html(' lang="{}"', known) if known else ""
