from django import template

from lernnetzwerk.pages.models import Page

register = template.Library()


@register.inclusion_tag("pages/_text.html")
def page_text(slug: str) -> dict:
    """The text of a page, shown on another one; nothing unless published."""
    return {"page": Page.objects.published().filter(slug=slug).first()}
