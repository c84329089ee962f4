import os
from contextlib import suppress
from datetime import UTC, timedelta

from django.conf import settings
from django.core.files.storage import Storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lernnetzwerk.files.storage import DurableStorage, files_storage, folder_mode
from lernnetzwerk.page_cache.views import cached_page


@cached_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process responds; checks nothing else, so that a database outage does not restart it."""
    return _plain("ok\n")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 with a reachable database, all migrations and a usable file store, else 503."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return _plain("migrations pending\n", status=503)
    if not _files_are_writable():
        return _plain("files not writable\n", status=503)
    return _plain("ok\n")


def _files_are_writable() -> bool:
    """Creates FILES_ROOT if it is missing, but no parent folder: that would hide a missing mount."""
    storage = files_storage()
    if not isinstance(storage, DurableStorage):
        return _answers(storage)
    with suppress(OSError):
        settings.FILES_ROOT.mkdir(mode=folder_mode(), exist_ok=True)
    return os.access(settings.FILES_ROOT, os.R_OK | os.W_OK)


def _answers(storage: Storage) -> bool:
    try:
        storage.exists("readyz")
    except OSError:
        return False
    return True


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return _plain(f"User-agent: *\nDisallow: /verwaltung/\nSitemap: {settings.SITE_URL}/sitemap.xml\n")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a vulnerability (RFC 9116)."""
    expires = (timezone.now().astimezone(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    contact = f"mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else f"{settings.SITE_URL}/impressum/"
    lines = [f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: de, en"]
    return _plain("\n".join([*lines, f"Canonical: {settings.SITE_URL}/.well-known/security.txt", ""]))


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(
        text, status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
