"""Upload links: creates, finds and revokes invitations."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from events.models import Invitation, Session
from lernnetzwerk.visibility import tokens


class InvalidLink(Http404):
    """No valid link: forged, expired, revoked or unknown. The answer never says which."""


PURPOSE = "events.invitations"


def create(session: Session, user: User | None, days: int, **given: str | int) -> Invitation:
    """A link for `session`, valid for `days` days; `given` are `recipient`, `most_files`, `most_megabytes`."""
    now = timezone.now()
    invitation = Invitation(
        session=session, created_by=user, created_at=now, expires_at=now + timedelta(days=days), **given
    )
    invitation.full_clean()
    invitation.save()
    return invitation


def revoke(session: Session, uuid: UUID) -> bool:
    """Revokes one valid link of `session`; False if there is none."""
    return session.invitations.valid().filter(uuid=uuid).update(revoked_at=timezone.now()) == 1


def token(invitation: Invitation) -> str:
    return tokens.sign(PURPOSE, invitation.uuid)


def address(invitation: Invitation) -> str:
    """The absolute address, to be sent to the speaker."""
    return f"{settings.SITE_URL}{reverse('events:invitation', args=[token(invitation)])}"


def find(token: str) -> Invitation:
    """The valid invitation of this token; raises `InvalidLink` if it is forged, expired, revoked or unknown."""
    valid = Invitation.objects.valid().select_related("session__event__series")
    uuid = tokens.unsign(PURPOSE, token)
    invitation = valid.filter(uuid=uuid).first() if uuid else None
    if invitation is None:
        raise InvalidLink
    return invitation
