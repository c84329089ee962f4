from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
FORM_KEY = "form_key"


@register.simple_tag
def form_key() -> SafeString:
    """The hidden key of a form, by which a second click is recognised; see `lernnetzwerk.administration.sent_forms`."""
    return format_html('<input type="hidden" name="{}" value="{}">', FORM_KEY, uuid4().hex)


@register.simple_tag
def form_key_in_address() -> str:
    """A key in the address of a form with large files, so that a second click is recognised before they are read."""
    return f"{FORM_KEY}={uuid4().hex}"
