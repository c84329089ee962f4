"""The three groups of the administration and their permissions.

| group      | may                                                                   |
|------------|-----------------------------------------------------------------------|
| Redaktion  | create, edit and upload what is not public yet; submit it; work on    |
|            | reported barriers                                                     |
| Freigabe   | the same for what is public; publish, withdraw, release; reference data |
| Verwaltung | all of it, users, groups and redirects; deletes reported barriers     |

Permissions are added after each migration; those added by hand stay.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from lernnetzwerk.visibility.models import Editorial

EDITORS, PUBLISHERS, ADMINISTRATORS = "Redaktion", "Freigabe", "Verwaltung"
EDITING = ("add", "change", "delete", "view")


def signed_in(request: HttpRequest) -> User:
    """The user, in views of the administration. Raises PermissionDenied for anyone else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def create_groups(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Runs after every app's migrations, but acts only on the last one, when all permissions exist."""
    if not _is_last(sender):
        return
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0, using=using)
    for name, condition in _rights().items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*_permissions(using, condition))


def _is_last(sender: AppConfig) -> bool:
    return sender == [config for config in apps.get_app_configs() if config.models_module][-1]


def _rights() -> dict[str, Q]:
    inbox = Q(codename__in=("view_barrierreport", "change_barrierreport"))
    editing = _codenames(EDITING) | inbox
    publishing = _codenames((*EDITING, "publish")) | inbox
    administration = Q(content_type__app_label__in=("auth", "redirects"), content_type__model__in=("user", "redirect"))
    overview = Q(codename__in=("view_group", "view_storedfile", "delete_barrierreport"))
    return {EDITORS: editing, PUBLISHERS: publishing, ADMINISTRATORS: publishing | administration | overview}


def _codenames(actions: tuple[str, ...]) -> Q:
    """The permissions of `actions` on all models of apps with an editorial model, dependent rows included."""
    condition = Q(pk__in=[])
    for config in apps.get_app_configs():
        models = list(config.get_models())
        if any(issubclass(model, Editorial) for model in models):
            names = [f"{action}_{model._meta.model_name}" for model in models for action in actions]
            condition |= Q(content_type__app_label=config.label, codename__in=names)
    return condition


def _permissions(using: str, condition: Q) -> QuerySet[Permission]:
    return Permission.objects.using(using).filter(condition)
