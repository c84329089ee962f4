from typing import Any

from django import template
from django.db.models import SlugField
from django.utils import timezone

from lernnetzwerk.operation.prepared_statements import AT, Parameter, Prepared
from lernnetzwerk.pages.models import Address, Page

register = template.Library()
SLUG: Any = Parameter("slug", SlugField())
SHOWN = Prepared(lambda: Page.objects.published(AT).filter(slug=SLUG)[:1])


@register.inclusion_tag("pages/_text.html")
def page_text(slug: str) -> dict:
    """The text of a page, shown on another one; nothing unless published."""
    return {"page": SHOWN.first(slug=slug, at=timezone.now())}


@register.inclusion_tag("pages/_contact.html")
def contact(page: Page) -> dict:
    """The mailbox on the contact page; its text and the mailbox on the Impressum; nothing elsewhere."""
    is_impressum = page.slug == Address.IMPRESSUM
    shown = SHOWN.first(slug=Address.CONTACT, at=timezone.now()) if is_impressum else None
    return {"page": shown, "is_shown": is_impressum or page.slug == Address.CONTACT}
