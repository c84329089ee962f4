from typing import Any

from django.conf import settings
from django.core import checks


def a_mailbox_is_set(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Without CONTACT_EMAIL no page names a mailbox; runs with `check --deploy`."""
    if settings.CONTACT_EMAIL:
        return []
    return [
        checks.Warning("CONTACT_EMAIL is empty: no page names a mailbox of the coordinating office.", id="pages.W001")
    ]
