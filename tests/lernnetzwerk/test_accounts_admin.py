"""Accounts and groups: administrators cannot extend their own permissions."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from lernnetzwerk.visibility import roles
from tests.administration import (
    EVERYONE,
    address,
    fill,
    form_on,
    is_turned_away,
    nothing_changes,
    sign_in,
    signed_in,
    superuser_client,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = {"password1": "ein ganz neues Passwort", "password2": "ein ganz neues Passwort", "usable_password": "true"}

NEW_PASSWORD = {"password1": "noch ein neues Passwort", "password2": "noch ein neues Passwort"}


@pytest.fixture
def superuser():
    return User.objects.create_superuser("betrieb", password="ein langes Passwort")


def password_address(user: User) -> str:
    return reverse("admin:auth_user_password_change", args=[user.pk])


def everything(model: type = Permission) -> list[int]:
    return list(model.objects.values_list("pk", flat=True))


# --- extending permissions --------------------------------------------------------------------------------------------


def test_administrators_cannot_make_anybody_a_superuser(client):
    own, other = sign_in(client, "verwaltung"), make_user()

    for user in (own, other):
        response = fill(client, address(user), is_superuser="on", user_permissions=everything())
        user = User.objects.get(pk=user.pk)
        assert response.status_code == 302
        assert (user.is_superuser, user.user_permissions.count()) == (False, 0)


def test_administrators_cannot_create_a_superuser(client):
    sign_in(client, "verwaltung")

    sent = {"username": "neu", **PASSWORD, "is_superuser": "on", "is_staff": "on", "user_permissions": everything()}
    assert fill(client, address(User, "add"), **sent).status_code == 302

    user = User.objects.get(username="neu")
    assert (user.is_superuser, user.is_staff, user.user_permissions.count()) == (False, False, 0)


def test_administrators_cannot_change_or_delete_a_superuser(client, superuser):
    form = form_on(superuser_client().get(address(superuser)))
    own = sign_in(client, "verwaltung")

    with nothing_changes():
        assert client.post(address(superuser), {**form, "is_active": ""}).status_code == 403
        assert client.get(password_address(superuser)).status_code == 403
        assert client.post(password_address(superuser), PASSWORD).status_code == 403
        assert client.post(address(superuser, "delete"), {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [superuser.pk, own.pk], "post": "yes"}
        assert client.post(address(User, "changelist"), chosen).status_code == 403


def test_administrators_cannot_change_the_permissions_of_a_group(client):
    group = Group.objects.get(name=roles.ADMINISTRATORS)
    sign_in(client, "verwaltung")

    with nothing_changes():
        sent = {"name": group.name, "permissions": everything()}
        assert client.post(address(group), sent).status_code == 403
        assert client.post(address(Group, "add"), {**sent, "name": "Neu"}).status_code == 403
        assert client.post(address(group, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("who", [who for who in EVERYONE if who != "verwaltung"])
def test_only_administrators_can_change_accounts(client, superuser, who):
    own = sign_in(client, who)
    user = own or make_user()
    group = Group.objects.get(name=roles.ADMINISTRATORS)

    with nothing_changes():
        for sent in ({"groups": [group.pk]}, {"is_superuser": "on"}, {"user_permissions": everything()}):
            assert is_turned_away(client.post(address(user), {"username": user.username, **sent}))
        assert is_turned_away(client.post(address(User, "add"), {"username": "neu", **PASSWORD}))
        for speaker in (user, superuser):
            assert is_turned_away(client.post(password_address(speaker), PASSWORD))
            assert is_turned_away(client.post(address(speaker, "delete"), {"post": "yes"}))


def test_administrators_create_and_change_accounts(client):
    sign_in(client, "verwaltung")
    fill(client, address(User, "add"), username="neu", **PASSWORD)
    user = User.objects.get(username="neu")

    editors = Group.objects.get(name=roles.EDITORS)
    fill(client, address(user), is_staff="on", first_name="Ada", groups=[editors.pk])
    client.post(password_address(user), {**PASSWORD, **NEW_PASSWORD, "set-password": ""})

    user.refresh_from_db()
    assert (user.first_name, user.is_staff, list(user.groups.all())) == ("Ada", True, [editors])
    assert user.check_password("noch ein neues Passwort")


@pytest.mark.parametrize("query", ["password__startswith=pbkdf2", "user_permissions__codename=x", "password__regex=."])
def test_secret_fields_of_accounts_cannot_be_filtered(client, query):
    sign_in(client, "verwaltung")

    assert client.get(f"{address(User, 'changelist')}?{query}").status_code == 400


# --- permissions of the groups ----------------------------------------------------------------------------------------


def rights(name: str) -> set[str]:
    permissions = Group.objects.get(name=name).permissions.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}


EDITORIAL = {
    "events": {"series", "event", "eventday", "session", "appearance", "programme", "slot", "attachment", "track"},
    "pages": {"page"},
    "practice": {"municipality", "topic", "practiceexample"},
    "search": {"synonyms"},
    "speakers": {"speaker", "speakerlink"},
}
WITHOUT_PUBLICATION = {"eventday", "slot", "speakerlink", "track"}


def editorial(*actions: str) -> set[str]:
    pairs = [(app, model) for app, models in EDITORIAL.items() for model in models]
    names = {f"{app}.{action}_{model}" for app, model in pairs for action in actions}
    return names - {f"{app}.publish_{model}" for app, model in pairs if model in WITHOUT_PUBLICATION}


def test_the_three_groups_have_exactly_these_permissions():
    editing = editorial("add", "change", "delete", "view")
    inbox = {"events.view_attachmentversion", "barriers.change_barrierreport", "barriers.view_barrierreport"}
    inbox |= {"search.view_missedquery"}
    publishing = editing | editorial("publish")
    speakers = {f"{name}_{model}" for name in ("add", "change", "delete", "view") for model in ("user", "redirect")}
    administration = {f"auth.{name}" for name in speakers if name.endswith("user")}
    administration |= {f"redirects.{name}" for name in speakers if name.endswith("redirect")}

    overview = {"auth.view_group", "files.view_storedfile", "barriers.delete_barrierreport"}
    assert rights(roles.EDITORS) == editing | inbox
    assert rights(roles.PUBLISHERS) == publishing | inbox
    assert rights(roles.ADMINISTRATORS) == publishing | inbox | administration | overview


# --- losing permissions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"is_staff": False}], ids=["switched off", "no longer on the staff"]
)
def test_a_deactivated_account_loses_access_at_once(client, change):
    user = sign_in(client, "verwaltung")
    assert client.get("/verwaltung/").status_code == 200

    User.objects.filter(pk=user.pk).update(**change)

    assert is_turned_away(client.get("/verwaltung/"))


def test_an_account_removed_from_a_group_loses_its_permissions_at_once(client):
    user = sign_in(client, "verwaltung")
    user.groups.clear()

    assert is_turned_away(client.get(address(user)))


def test_a_new_password_ends_existing_sign_in_sessions(client):
    user = sign_in(client, "redaktion")

    signed_in("verwaltung").post(password_address(user), {**PASSWORD, "set-password": ""})

    assert is_turned_away(client.get("/verwaltung/"))


def test_a_sign_in_without_its_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    make_user(username="ada")

    response = client.post("/verwaltung/login/", {"username": "ada", "password": "ein langes Passwort"})

    assert response.status_code == 403
    assert "sessionid" not in response.cookies


def test_the_form_of_an_account_is_german_and_offers_groups_as_checkboxes(client):
    sign_in(client, "verwaltung")

    page = client.get(address(make_user())).content.decode()

    assert (">Passwort ändern</a>" in page, "Reset password" in page) == (True, False)
    assert page.count('type="checkbox" name="groups"') == Group.objects.count() == 3
