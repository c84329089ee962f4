from django import template
from django.utils.safestring import SafeString, mark_safe

from lernnetzwerk.text.richtext import clean

register = template.Library()


@register.filter
def richtext(html: str) -> SafeString:
    """Formatted text for a page; the only place where editors' text becomes markup."""
    return mark_safe(clean(html))  # noqa: S308 - cleaned on this very line
