"""What a speaker does with an invitation: hand in, take back and release files. It makes nothing public.

Every writer locks the invitation's row, so that two browsers together cannot exceed its limits.
"""

from functools import partial
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from events.attachments.matching import kind_of
from events.invitations.letters import tell_staff
from events.invitations.links import InvalidLink
from events.models import Attachment, HandedIn, Invitation
from lernnetzwerk.files.check import check
from lernnetzwerk.files.checksum import sha256
from lernnetzwerk.files.facts import count, format_size
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.types import accepted
from lernnetzwerk.visibility.models import State, submit

ALREADY_USED = "Wir bearbeiten diese Datei bereits. Soll sie nicht verwendet werden, schreiben Sie uns bitte."
SUBTITLES_REFUSED = "Untertitel fügen wir zum Video hinzu. Bitte schicken Sie sie uns per E-Mail."
ROOM = "Löschen Sie zuerst eine andere Datei, oder schreiben Sie uns."
ACCEPTED_TYPES = {one.media_type for one in accepted("any") if one.kind != "subtitles"}
LICENCES = dict(Attachment.Licence.choices)


def handed_in(invitation: Invitation) -> QuerySet[HandedIn]:
    """What was handed in by this link and is still as it came, the oldest first.

    Not the attachments whose file staff have replaced, or that they have moved: the sender does not see what is there.
    """
    related = invitation.handed_in.select_related("attachment__stored_file", "attachment__session__event__series")
    return related.filter(attachment__session=invitation.session_id, attachment__versions=None)


def lock_invitation(invitation: Invitation) -> Invitation:
    """The invitation with its row locked; raises `InvalidLink` if it is no longer valid."""
    held = Invitation.objects.valid().select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    if held is None:
        raise InvalidLink
    return held


def receive_file(invitation: Invitation, upload: File) -> Attachment:
    """Checks and stores one file as a draft of the session; ValidationError with a German sentence."""
    _refuse_known_or_too_much(invitation, sha256(upload), upload.size or 0)
    checked = check(upload)
    if checked.type.media_type not in ACCEPTED_TYPES:
        raise ValidationError(SUBTITLES_REFUSED)
    stored_file = StoredFile.unsaved(checked)
    with transaction.atomic():
        held = lock_invitation(invitation)
        _refuse_known_or_too_much(held, checked.sha256, checked.size)
        attachment = Attachment(session=invitation.session, kind=kind_of(checked.name), stored_file=stored_file)
        attachment.full_clean()
        attachment.save()
        HandedIn.objects.create(invitation=held, attachment=attachment)
        log_change(held, attachment, ADDITION, f"Datei „{stored_file}“ hochgeladen.")
    return attachment


def refusal_for_size(invitation: Invitation, size: int) -> str:
    """Why the link takes no further file of `size` bytes, in German; empty if it does."""
    return _refusal_for_size(invitation, _received_files(invitation), size)


def _refusal_for_size(invitation: Invitation, received: list[StoredFile], size: int) -> str:
    if len(received) >= invitation.most_files:
        number = count(invitation.most_files, "Datei", "Dateien")
        return f"Dieser Link nimmt höchstens {number} an, und so viele sind schon da. {ROOM}"
    total = sum(one.size for one in received) + size
    if total <= invitation.most_bytes:
        return ""
    return (
        f"Mit dieser Datei wären es {format_size(total)}; über diesen Link passen zusammen "
        f"{format_size(invitation.most_bytes)}. {ROOM}"
    )


def bytes_left(invitation: Invitation) -> int:
    """The remaining size limit of the link."""
    return max(0, invitation.most_bytes - sum(one.size for one in _received_files(invitation)))


def _received_files(invitation: Invitation) -> list[StoredFile]:
    """The files that came by this link, also those that staff have replaced since."""
    rows = invitation.handed_in.select_related("attachment__stored_file")
    rows = rows.prefetch_related("attachment__versions__stored_file")
    return [stored_file for one in rows if (stored_file := one.first_file)]


def _refuse_known_or_too_much(invitation: Invitation, digest: str, size: int) -> None:
    received = _received_files(invitation)
    if known := next((one for one in received if one.sha256 == digest), None):
        raise ValidationError(f"Diese Datei haben Sie schon hochgeladen, als „{known.original_name}“.", code="known")
    if sentence := _refusal_for_size(invitation, received, size):
        raise ValidationError(sentence)


@transaction.atomic
def take_back(invitation: Invitation, uuid: Any) -> None:
    """Deletes an untouched file; ValidationError with a German sentence if it was released or edited."""
    lock_invitation(invitation)
    rows = Attachment.objects.select_for_update(of=("self",)).filter(handed_in__invitation=invitation, uuid=uuid)
    attachment = rows.first()
    if attachment is None:
        return
    if not attachment.handed_in.is_untouched:
        raise ValidationError(ALREADY_USED)
    log_change(invitation, attachment, DELETION, f"Hochgeladene Datei „{attachment.stored_file}“ wieder gelöscht.")
    attachment.delete()


@transaction.atomic
def release(invitation: Invitation, name: str, licence: str) -> list[Attachment]:
    """Records name and licence and submits the drafts; staff are mailed after commit."""
    lock_invitation(invitation)
    waiting = list(handed_in(invitation).filter(released_at=None))
    attachments = list(Attachment.objects.select_for_update(of=("self",)).filter(handed_in__in=waiting).for_cards())
    hidden = [attachment for attachment in attachments if attachment.state != State.PUBLISHED]
    for attachment in hidden:
        attachment.licence = licence
        attachment.save()
    submit(attachment for attachment in hidden if attachment.state == State.DRAFT)
    invitation.handed_in.filter(attachment__in=attachments).update(
        released_at=timezone.now(), released_by=name, licence=licence
    )
    for attachment in attachments:
        log_change(invitation, attachment, CHANGE, f"Freigegeben von {name}: {LICENCES[licence]}.")
    if attachments:
        transaction.on_commit(partial(tell_staff, invitation, name, attachments))
    return attachments


def log_change(invitation: Invitation, attachment: Attachment, flag: int, message: str) -> None:
    """Logs under the link's creator: the history requires an account, and speakers have none."""
    if invitation.created_by_id:
        message = f"Über einen Upload-Link: {message}"
        LogEntry.objects.log_actions(invitation.created_by_id, [attachment], flag, message, single_object=True)
