"""The file of an attachment: shown or played on its page, or saved by the visitor."""

from django.http import Http404, HttpRequest, HttpResponseBase

from events.models import Attachment
from events.models.attachment import SAVE_PARAMETER
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.files.models import StoredFile

PREVIEWED = "datei"  # below the address of a preview


def addresses(attachment: Attachment, is_preview: bool = False) -> dict[str, str]:
    """The addresses that show and that save the file; empty without a file."""
    if attachment.stored_file is None:
        return {}
    if not is_preview:
        return {"view_address": attachment.get_download_url(), "save_address": attachment.get_save_url()}
    kept = f"{PREVIEWED}?{SAVE_PARAMETER}" if attachment.stored_file.is_embeddable else PREVIEWED
    return {"view_address": PREVIEWED, "save_address": kept}


def is_saved(request: HttpRequest, stored_file: StoredFile) -> bool:
    """Whether the file is saved: embeddable ones only if the query says so, others always."""
    return not stored_file.is_embeddable or SAVE_PARAMETER in request.GET


def deliver_file(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    stored_file = attachment.stored_file
    if stored_file is None:
        raise Http404
    return deliver(request, stored_file, attachment.filename, inline=not is_saved(request, stored_file))
