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
