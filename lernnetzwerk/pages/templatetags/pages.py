from django import template

from lernnetzwerk.pages.models import Address, Page

register = template.Library()


@register.inclusion_tag("pages/_text.html")
def page_text(slug: str) -> dict:
    """The text of a page, shown on another one; nothing unless published."""
    return {"page": Page.objects.published().filter(slug=slug).first()}


@register.inclusion_tag("pages/_contact.html")
def contact(page: Page) -> dict:
    """The mailbox on the contact page; its text and the mailbox on the Impressum; nothing elsewhere."""
    is_impressum = page.slug == Address.IMPRESSUM
    shown = Page.objects.published().filter(slug=Address.CONTACT).first() if is_impressum else None
    return {"page": shown, "is_shown": is_impressum or page.slug == Address.CONTACT}
