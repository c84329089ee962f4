"""Forms that are sent twice, such as by a double click, make one object.

Every opened form has its own key (template tag `form_key`). The same content under the same key is the same submission;
a form that was opened anew, or whose content was changed after going back, is another one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar, cast

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from lernnetzwerk.administration.models import SentForm
from lernnetzwerk.templatetags.forms import FORM_KEY

LIFETIME = timedelta(days=1)
# The token differs between pages; a second click may hit another button.
IGNORED_FIELDS = {"csrfmiddlewaretoken", "_save", "_addanother", "_continue"}
CreatedT = TypeVar("Made", bound=Model)


def find_created(request: HttpRequest) -> Model | None:
    """What this submission has already made, if that still exists."""
    sent = SentForm.objects.select_related("kind").filter(digest=_digest(request)).first()
    model = sent.kind.model_class() if sent else None
    if sent is None or model is None:
        return None
    made = model._default_manager.filter(pk=sent.object_id).first()
    if made is None:
        sent.delete()
    return made


def sent_at(request: HttpRequest) -> datetime | None:
    """When this submission was handled before; None if it was not."""
    sent = SentForm.objects.filter(digest=_digest(request)).first()
    return sent.created_at if sent else None


def remember(request: HttpRequest, made: Model) -> None:
    """Raises IntegrityError if the same submission has made something; on PostgreSQL after waiting for its commit."""
    if digest := _digest(request):
        SentForm.objects.filter(created_at__lt=timezone.now() - LIFETIME).delete()
        kind = ContentType.objects.get_for_model(made)
        SentForm.objects.create(digest=digest, kind=kind, object_id=str(made.pk))


def is_repeated(request: HttpRequest, owner: Model) -> bool:
    """Whether this submission has arrived before, finished or not; `owner` is what it belongs to.

    For forms with several results, each of which is stored on its own.
    """
    if find_created(request):
        return True
    try:
        with transaction.atomic():
            remember(request, owner)
    except IntegrityError:
        return True
    return False


def note_head(request: HttpRequest, owner: Model) -> None:
    """Keeps when the form whose key stands in the address first arrived: a further body need not be read to know it."""
    if digest := _digest_of_head(request):
        kind = ContentType.objects.get_for_model(owner)
        SentForm.objects.get_or_create(digest=digest, defaults={"kind": kind, "object_id": str(owner.pk)})


def arrived_at(request: HttpRequest) -> datetime | None:
    """When the form with the key in this address first arrived; None if it did not."""
    sent = SentForm.objects.filter(digest=_digest_of_head(request)).first()
    return sent.created_at if sent else None


def create_once(request: HttpRequest, make: Callable[[], CreatedT]) -> tuple[CreatedT, bool]:
    """What `make` returns and True; for a submission that was handled before, what it made and False.

    A second submission at the same time is undone when the first one has finished.
    """
    if earlier := find_created(request):
        return cast("Made", earlier), False
    try:
        with transaction.atomic():
            made = make()
            remember(request, made)
    except (IntegrityError, ValidationError):
        if earlier := find_created(request):
            return cast("Made", earlier), False
        raise
    return made, True


def rewind_files(request: HttpRequest) -> None:
    """Lets the uploaded files be read again."""
    for _, file in _files(request):
        file.seek(0)


def _digest_of_head(request: HttpRequest) -> str:
    key = request.GET.get(FORM_KEY)
    return sha256(repr(["head", request.path, key]).encode()).hexdigest() if key else ""


def _digest(request: HttpRequest) -> str:
    """Of key, address, user and content; empty for a form without a key."""
    if not request.POST.get(FORM_KEY):
        return ""
    digest = sha256(repr([request.path, request.user.pk]).encode())
    for name in sorted(set(request.POST) - IGNORED_FIELDS):
        digest.update(repr([name, request.POST.getlist(name)]).encode())
    for name, file in _files(request):
        digest.update(repr([name, file.name, file.size]).encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return digest.hexdigest()


def _files(request: HttpRequest) -> list[tuple[str, Any]]:
    return [(name, file) for name in sorted(request.FILES) for file in request.FILES.getlist(name)]
