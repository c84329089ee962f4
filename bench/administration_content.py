"""Measures the pages of the administration; runs in the portal by `manage.py shell`.

They are asked by a superuser, who sees everything; rows that only editors see are added to those of `lists_content`.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from bench.lists_content import page
from bench.search_content import tell
from events.models import Attachment, Event, Programme, Session
from lernnetzwerk.barriers.models import BarrierReport
from lernnetzwerk.search.models import MissedQuery
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker

EDITOR = "bench"
TYPED = "mei"
ORGANISATIONS = 600
BESIDES = 1_000  # reports, missed queries, and drafts in the editor's history


def add_editorial() -> None:
    """Adds what only editors see: drafts, what they were asked for, visitors' reports, queries without a hit."""
    chance = random.Random(3)  # noqa: S311  # the same rows each time
    with transaction.atomic():
        for model, states in ((Event, 20), (Attachment, 10), (PracticeExample, 10)):
            _set_states(model, chance, states)
        _leave_history()
        people = list(Speaker.objects.filter(organisation=""))
        for number, speaker in enumerate(people):
            speaker.organisation = f"Einrichtung {number % ORGANISATIONS}"
        Speaker.objects.bulk_update(people, ["organisation"], batch_size=500)
        reports = [BarrierReport(page="/", description=f"Vorlesen geht nicht {number}") for number in range(BESIDES)]
        BarrierReport.objects.bulk_create(reports, batch_size=500)
        days = [date(2026, 1, 1) + timedelta(days=number % 300) for number in range(BESIDES)]
        missed = [MissedQuery(words=f"gesucht {place}", day=day, number=2) for place, day in enumerate(days)]
        MissedQuery.objects.bulk_create(missed, batch_size=500)


def _set_states(model: type[models.Model], chance: random.Random, step: int) -> None:
    """Each `step`th row is a draft or submitted."""
    rows = model._default_manager.order_by("-pk")
    keys = list(rows.values_list("pk", flat=True))[::step]
    for state in ("draft", "submitted"):
        chosen = chance.sample(keys, len(keys) // 2)
        model._default_manager.filter(pk__in=chosen).update(state=state, published_from=None)


def _leave_history() -> None:
    """The editor has created the newest meetings, materials and examples."""
    editor = _editor()
    entries = []
    for model in (Event, Attachment, PracticeExample):
        kind = ContentType.objects.get_for_model(model)
        for key in model._default_manager.order_by("-pk").values_list("pk", flat=True)[:BESIDES]:
            entries.append(LogEntry(user=editor, content_type=kind, object_id=str(key), action_flag=ADDITION))
    LogEntry.objects.bulk_create(entries, batch_size=500)


def _editor() -> User:
    return User.objects.filter(username=EDITOR).first() or User.objects.create_superuser(EDITOR)


def pages() -> dict[str, str]:
    """The addresses by a name for the table."""
    sitemap = [("sitemap", reverse("sitemap")), ("sitemap: a file", reverse("sitemap_file", args=["session", 1]))]
    return dict([*_overviews(), *_lists(), *_suggestions(), *_forms(), *sitemap])


def _overviews() -> Iterator[tuple[str, str]]:
    yield "start page", reverse("admin:index")
    yield "what is missing", reverse("admin:missing")
    event = Event.objects.annotate(rows=Count("sessions")).order_by("-rows", "pk")[0]
    yield "what is missing: a meeting", f"{reverse('admin:missing')}?treffen={event.pk}"
    yield "what is missing: a group", f"{reverse('admin:missing')}?bereich=materialien"
    yield "search", f"{reverse('editors_search')}?q={TYPED}"


def _lists() -> Iterator[tuple[str, str]]:
    """Each list: its first and its last page, its search, a year of it, and its rows in another order."""
    for model, one in admin.site._registry.items():
        name = str(model._meta.verbose_name_plural)
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        yield f"list: {name}", address
        pages = -(-model._default_manager.count() // one.list_per_page)
        if pages > 1:
            yield f"list: {name}, last page", f"{address}?p={pages}"
        if one.search_fields:
            yield f"list: {name}, search", f"{address}?q={TYPED}"
        if one.date_hierarchy:
            yield f"list: {name}, a year", f"{address}?{one.date_hierarchy}__year=2018"
        if len(one.list_display) > 1:  # the second column is often one of another table
            yield f"list: {name}, sorted", f"{address}?o=2"


def _suggestions() -> Iterator[tuple[str, str]]:
    for model, one in admin.site._registry.items():
        for name in one.autocomplete_fields:
            place = {"app_label": model._meta.app_label, "model_name": model._meta.model_name or ""}
            target = {**place, "field_name": name}
            for term in (TYPED, ""):
                query = urlencode({**target, "term": term})
                yield f"suggestions: {model.__name__}.{name} {term}", f"{reverse('admin:autocomplete')}?{query}"
    programme = Programme.objects.working().order_by("pk")[0]
    for word in ("personen", "kommunen"):
        yield f"suggestions: {word}", f"{reverse(f'admin:events_programme_{word}', args=[programme.pk])}?q={TYPED}"
    yield "suggestions: visitors", f"{reverse('search:suggestions')}?q={TYPED}"


def _forms() -> Iterator[tuple[str, str]]:
    for model in (Event, Session, Attachment, Speaker, Municipality, PracticeExample, Topic, Programme):
        opts = model._meta
        row = model._default_manager.order_by("pk")[0]
        yield f"form: {opts.verbose_name}", reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])


def measure() -> None:
    """Prints of each page the milliseconds of processor time to make it, the number of queries, and its bytes."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(_editor(), "django.contrib.auth.backends.ModelBackend")
    tell(pages={name: page(address, client) for name, address in pages().items()})
