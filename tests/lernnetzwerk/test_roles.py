import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from lernnetzwerk.visibility.models import Editorial
from tests.factories import GROUPS, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

EDITORIAL = [model for model in apps.get_models() if issubclass(model, Editorial)]


def rights(name: str) -> set[str]:
    permissions = Group.objects.get(name=GROUPS[name]).permissions.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}


def test_migrations_create_three_groups():
    assert set(Group.objects.values_list("name", flat=True)) == {"Redaktion", "Freigabe", "Verwaltung"}


@pytest.mark.parametrize("model", EDITORIAL, ids=lambda model: model.__name__)
def test_all_three_edit_and_two_publish(model):
    label, name = model._meta.app_label, model._meta.model_name
    editing = {f"{label}.{action}_{name}" for action in ("add", "change", "delete", "view")}

    for group in GROUPS:
        assert editing <= rights(group), group
    assert {group for group in GROUPS if f"{label}.publish_{name}" in rights(group)} == {"freigabe", "verwaltung"}


def test_each_group_has_the_permissions_of_the_one_before():
    assert rights("redaktion") < rights("freigabe") < rights("verwaltung")


def test_only_administrators_manage_accounts_and_redirects():
    own = {right for right in rights("verwaltung") - rights("freigabe") if right.partition(".")[0] != "files"}

    assert own == {
        *(f"auth.{action}_user" for action in ("add", "change", "delete", "view")),
        *(f"redirects.{action}_redirect" for action in ("add", "change", "delete", "view")),
        "auth.view_group",
        "barriers.delete_barrierreport",
    }


def test_no_group_may_change_the_permissions_of_groups():
    everything = rights("verwaltung")

    assert (
        everything & {"auth.change_group", "auth.add_group", "auth.change_permission", "auth.add_permission"} == set()
    )


def test_migrating_again_keeps_permissions_added_by_an_operator():
    group = Group.objects.get(name="Redaktion")
    extra = Permission.objects.get(codename="view_user", content_type__app_label="auth")
    group.permissions.add(extra)
    before = rights("redaktion")

    call_command("migrate", verbosity=0)

    assert rights("redaktion") == before


def test_migrating_again_restores_missing_permissions():
    before = rights("redaktion")
    Group.objects.get(name="Redaktion").permissions.clear()
    Group.objects.get(name="Freigabe").delete()

    call_command("migrate", verbosity=0)

    assert rights("redaktion") == before
    assert Group.objects.filter(name="Freigabe").exists()


def test_a_member_of_each_group_is_staff_but_no_superuser():
    for group in GROUPS:
        user = make_user(group)
        assert (user.is_superuser, user.is_staff) == (False, True)
        assert user.has_perm("events.publish_event") is (group != "redaktion")
        assert user.has_perm("auth.change_user") is (group == "verwaltung")


def test_each_group_may_view_versions_and_none_may_change_them():
    for group in GROUPS:
        assert {right for right in rights(group) if "attachmentversion" in right} == {"events.view_attachmentversion"}
