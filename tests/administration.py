"""Helpers for tests of the administration: sign in, read and send forms, compare the whole database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string
from lxml import html

from tests.factories import GROUPS, make_user, numbers

APPS = ("auth", "barriers", "events", "files", "pages", "practice", "previews", "redirects", "slugs", "speakers")
FIELDS = (
    "//*[self::input or self::select or self::textarea]"
    "[@name and not(@name='') and not(@disabled) and not(ancestor::form[@id='logout-form'])]"
)
EVERYONE = ("visitor", "signed-in", "staff", "redaktion", "freigabe", "verwaltung")


def sign_in(client: Client, who: str) -> User | None:
    """Signs in as a new user of the kind `who`, one of EVERYONE, and returns the user.

    Besides the three groups there are "visitor" (signs nobody in, returns None), "signed-in" (without staff status)
    and "staff" (without a group).
    """
    if who == "visitor":
        return None
    fields = {"username": f"{who}-{next(numbers)}", "password": "ein langes Passwort", "is_staff": who == "staff"}
    user = make_user(who) if who in GROUPS else User.objects.create_user(**fields)
    give_session(client, user)
    return user


def give_session(client: Client, user: User) -> None:
    """Signs the client in by a new session in one query; `force_login` needs more, and many tests sign in."""
    values = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    store, key = SessionStore(), get_random_string(32, VALID_KEY_CHARS)
    expiry = store.get_expiry_date()
    Session.objects.create(session_key=key, session_data=store.encode(values), expire_date=expiry)
    client.cookies[settings.SESSION_COOKIE_NAME] = key


def signed_in(who: str) -> Client:
    client = Client()
    sign_in(client, who)
    return client


def address(instance: models.Model | type[models.Model], word: str = "change") -> str:
    """Returns the URL of an admin page: `add` and `changelist` of a model, any other `word` of one object."""
    name = f"admin:{instance._meta.app_label}_{instance._meta.model_name}_{word}"
    return reverse(name) if word in {"add", "changelist"} else reverse(name, args=[instance.pk])


NOT_SENT = {"submit", "file", "button", "search"}


def form_on(response: HttpResponseBase) -> dict[str, list[str]]:
    """Returns the names and values that the page's form sends when nothing is changed, without the sign-out form's."""
    sent: dict[str, list[str]] = {}
    for field in html.document_fromstring(response.content.decode()).xpath(FIELDS):
        if field.tag == "select":
            sent[field.get("name")] = chosen(field)
        elif field.tag == "textarea":
            sent.setdefault(field.get("name"), []).append(field.text_content().removeprefix("\n"))
        elif is_sent(field.get("type", "text"), field):
            sent.setdefault(field.get("name"), []).append(
                field.get("value") or "on" * (field.get("type") == "checkbox")
            )
    return sent


def is_sent(kind: str, field: html.HtmlElement) -> bool:
    return kind not in NOT_SENT and (kind not in {"checkbox", "radio"} or "checked" in field.attrib)


def chosen(select: html.HtmlElement) -> list[str]:
    """The values of the selected options; without any, a browser selects the first one of a list for one value."""
    options = [(option.get("value", ""), "selected" in option.attrib) for option in select.iter("option")]
    first = [] if "multiple" in select.attrib else [value for value, _ in options[:1]]
    return [value for value, is_selected in options if is_selected] or first


def fill(client: Client, url: str, /, **values: object) -> HttpResponseBase:
    """Opens a form, changes the fields in `values` and sends it; None removes a field."""
    sent = form_on(client.get(url))
    sent = {**new_lines(sent, values), **sent, **values}
    return client.post(url, {name: value for name, value in sent.items() if value is not None})


def from_list(client: Client, model: type[models.Model], action: str, keys: list[int]) -> HttpResponseBase:
    """Runs an admin action on the rows with these keys and sends its confirmation page if there is one."""
    page = client.post(address(model, "changelist"), {"action": action, "_selected_action": keys})
    return client.post(address(model, "changelist"), form_on(page)) if page.status_code == 200 else page


def new_lines(form: dict, values: dict) -> dict:
    """Returns the fields of added inline rows, copied from the `__prefix__` row as the admin's script does."""
    lines = {match.groups() for name in values if (match := re.match(r"(\w+)-(\d+)-", name))}
    copies = {}
    for prefix, line in lines:
        empty = {name: value for name, value in form.items() if name.startswith(f"{prefix}-__prefix__-")}
        copies |= {name.replace("__prefix__", line): value for name, value in empty.items()}
    return copies


def fill_inline(prefix: str, line: int, **values: object) -> dict[str, object]:
    """Returns `values` with the field names of row `line` of an inline."""
    return {f"{prefix}-{line}-{name}": value for name, value in values.items()}


def rows() -> dict[str, list[tuple]]:
    """Returns for each table its columns and then every row, link tables included; `last_login` is left out."""
    found = {}
    with connection.cursor() as cursor:
        for label, names, statement in select_statements():
            cursor.execute(statement)
            found[label] = [tuple(names), *cursor.fetchall()]
    return found


@cache
def select_statements() -> list[tuple[str, list[str], str]]:
    """Returns for each model its label, its columns and the SELECT statement; cached, as there are dozens of tables."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in APPS:
            names = [field.column for field in model._meta.concrete_fields if field.name != "last_login"]
            quoted = [connection.ops.quote_name(name) for name in (*names, model._meta.db_table, model._meta.pk.column)]
            *columns, table, key = quoted
            found.append((model._meta.label, names, f"SELECT {', '.join(columns)} FROM {table} ORDER BY {key}"))
    return found


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Asserts that the block leaves every row of the database unchanged."""
    before = rows()
    yield
    assert rows() == before


def complaints(response: HttpResponseBase) -> list[str]:
    """Returns the error messages of a form and of its inlines."""
    forms = [response.context["adminform"].form] if "adminform" in response.context else [response.context["form"]]
    found = [message for form in forms for messages in form.errors.values() for message in messages]
    for inline in response.context.get("inline_admin_formsets", []):
        found += inline.formset.non_form_errors()
        found += [message for errors in inline.formset.errors for messages in errors.values() for message in messages]
    return found


def is_turned_away(response: HttpResponseBase) -> bool:
    """Whether the response is 403 or a redirect to the sign-in page."""
    is_login = response.status_code == 302 and response["Location"].startswith("/verwaltung/login/")
    return is_login or response.status_code == 403


def superuser_client() -> Client:
    """A client that can open every form, so that hostile tests can send what a permitted user would send."""
    client = Client()
    give_session(client, User.objects.create_superuser(f"super-{next(numbers)}"))
    return client
