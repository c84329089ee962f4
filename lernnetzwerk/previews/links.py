"""Creates, finds and revokes links to the preview of one instance."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from lernnetzwerk.previews.models import PreviewLink
from lernnetzwerk.visibility import tokens
from lernnetzwerk.visibility.models import Editorial

LIFETIME = timedelta(days=14)
PURPOSE = "lernnetzwerk.previews"


@transaction.atomic
def create(instance: Editorial, user: User) -> PreviewLink:
    """A new link for `instance`; deletes the rows of all expired links."""
    now = timezone.now()
    PreviewLink.objects.filter(expires_at__lte=now).delete()
    kind = ContentType.objects.get_for_model(instance)
    return PreviewLink.objects.create(
        kind=kind,
        object_id=instance.pk,
        place=instance.owner_key,
        created_by=user,
        created_at=now,
        expires_at=now + LIFETIME,
    )


def revoke(instance: Model, uuid: UUID) -> bool:
    """Revokes a valid link of `instance`; False if there is none. A single statement needs no lock."""
    links = PreviewLink.objects.valid().of(instance).filter(uuid=uuid)
    return links.update(revoked_at=timezone.now()) == 1


def address(link: PreviewLink) -> str:
    """The absolute address, to be sent by mail."""
    return f"{settings.SITE_URL}{reverse('previews:draft', args=[tokens.sign(PURPOSE, link.uuid)])}"


def find(token: str) -> PreviewLink:
    """The valid link of this token. Raises Http404 alike for forged, expired, revoked and unknown ones."""
    uuid = tokens.unsign(PURPOSE, token)
    link = PreviewLink.objects.valid().select_related("kind").filter(uuid=uuid).first() if uuid else None
    if link is None:
        raise Http404
    return link
