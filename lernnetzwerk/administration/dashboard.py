"""The start page of the administration: panels for the editor, and the tables in groups.

An app registers its panels in a module `dashboard`, imported once all models are loaded.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, QuerySet
from django.http import HttpRequest

from lernnetzwerk.administration import missing
from lernnetzwerk.visibility.models import Publishable, State
from lernnetzwerk.visibility.roles import signed_in

DRAFTS = 10
MOST_CHANGES = 500  # latest changes of a user that are searched for drafts


@dataclass(frozen=True)
class Panel:
    """A part of the start page. `gather` returns the context of its template, or None to omit it for this user."""

    key: str
    title: str
    template: str
    place: int
    gather: Callable[[HttpRequest, AdminSite], dict | None]


PANELS: list[Panel] = []


def register(panel: Panel) -> None:
    PANELS.append(panel)


def panels(request: HttpRequest, site: AdminSite) -> list[dict]:
    """The panels for this user in order, each with `panel` and the context of its template."""
    gathered = [(panel, panel.gather(request, site)) for panel in sorted(PANELS, key=lambda panel: panel.place)]
    return [{"panel": panel, **found} for panel, found in gathered if found is not None]


def _missing(request: HttpRequest, site: AdminSite) -> dict:
    return {"groups": missing.missing_counts(request, site)}


def _drafts(request: HttpRequest, site: AdminSite) -> dict:
    return {"drafts": drafts(request, site)}


register(Panel("entwuerfe", "Meine Entwürfe", "admin/dashboard/drafts.html", 20, _drafts))
register(Panel("was-fehlt", "Was fehlt noch?", "admin/dashboard/missing.html", 30, _missing))


@dataclass(frozen=True)
class Draft:
    instance: Publishable
    address: str
    changed_at: datetime

    @property
    def kind(self) -> str:
        return str(self.instance._meta.verbose_name)


def drafts(request: HttpRequest, site: AdminSite) -> list[Draft]:
    """The latest drafts that this user changed; a fixed number of queries per model."""
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in _publishable(request, site)}
    latest = sorted(_own_drafts(request, kinds), key=lambda change: change[2], reverse=True)[:DRAFTS]
    instances: dict[tuple[int, int], Publishable] = {}
    for kind, model in kinds.items():
        if keys := [key for its_kind, key, _at in latest if its_kind == kind]:
            instances |= {
                (kind, instance.pk): instance
                for instance in with_name_relations(request, site, model).filter(pk__in=keys)
            }
    named = [(instances[kind, key], at) for kind, key, at in latest if (kind, key) in instances]
    return [Draft(instance, missing.change_address(instance), at) for instance, at in named]


def _own_drafts(request: HttpRequest, kinds: dict[int, type[Publishable]]) -> Iterator[tuple[int, int, datetime]]:
    """Content type, key and time of this user's last change to each row that is a draft now."""
    changes = list(_history(request, kinds))
    for kind, model in kinds.items():
        own = {int(key): at for its_kind, key, at in changes if its_kind == kind and key.isdecimal()}
        alive = model._base_manager.filter(pk__in=own, state=State.DRAFT).values_list("pk", flat=True)
        yield from ((kind, key, own[key]) for key in alive)


def _publishable(request: HttpRequest, site: AdminSite) -> list[type[Publishable]]:
    models = [model for model in apps.get_models() if issubclass(model, Publishable) and site.is_registered(model)]
    return [model for model in models if site.get_model_admin(model).has_view_permission(request)]


def _history(request: HttpRequest, kinds: Iterable[int]) -> QuerySet:
    own = LogEntry.objects.filter(user=signed_in(request), content_type__in=kinds, action_flag__in=(ADDITION, CHANGE))
    instances = own.order_by().values_list("content_type", "object_id")
    return instances.annotate(at=Max("action_time")).order_by("-at")[:MOST_CHANGES]


def with_name_relations(request: HttpRequest, site: AdminSite, model: type[Publishable]) -> QuerySet:
    """The rows of `model` with the relations that their names need, as in its changelist."""
    admin = site.get_model_admin(model)
    related = admin.list_select_related
    return admin.get_queryset(request).select_related(*([] if isinstance(related, bool) else related))


# Anchor, heading and models, the most used ones first; all other models appear under OTHERS.
TABLES = (
    (
        "treffen",
        "Treffen",
        ("events.Event", "events.Series", "events.Programme", "events.Session", "events.Appearance"),
    ),
    ("materialien", "Materialien", ("events.Attachment", "files.StoredFile")),
    ("menschen", "Personen und Kommunen", ("speakers.Speaker", "practice.Municipality")),
    ("praxis", "Praxis", ("practice.PracticeExample", "practice.Topic")),
    ("suche", "Suche", ("search.Synonyms", "search.MissedQuery")),
    ("seiten", "Seiten und Rückmeldungen", ("pages.Page", "barriers.BarrierReport", "redirects.Redirect")),
    (
        "technik",
        "Technik",
        ("auth.User", "auth.Group", "axes.AccessAttempt", "axes.AccessFailureLog", "axes.AccessLog"),
    ),
)
OTHERS = ("weiteres", "Weiteres")


def grouped_tables(app_list: list[dict], address: str) -> list[dict]:
    """Django's list of apps, regrouped by TABLES in the same shape; `address` is that of the start page."""
    models = {entry["model"]._meta.label: entry for app in app_list for entry in app["models"]}
    groups = [(key, title, [models.pop(name) for name in names if name in models]) for key, title, names in TABLES]
    groups.append((*OTHERS, list(models.values())))
    return [
        {"name": title, "app_label": key, "app_url": f"{address}#{key}", "has_module_perms": True, "models": entries}
        for key, title, entries in groups
        if entries
    ]
