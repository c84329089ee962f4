"""Helpers for tests of the administration: read forms from pages, send them, compare the whole database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser

from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, models
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.factories import GROUPS, make_user, numbers

APPS = ("auth", "barriers", "events", "files", "pages", "practice", "previews", "redirects", "slugs", "speakers")
EVERYONE = ("visitor", "signed-in", "staff", "redaktion", "freigabe", "verwaltung")


def sign_in(client: Client, who: str) -> User | None:
    """One of EVERYONE: besides the three groups a visitor, someone signed in, and staff without a group."""
    if who == "visitor":
        return None
    bare = {"username": f"{who}-{next(numbers)}", "password": "ein langes Passwort", "is_staff": who == "staff"}
    user = make_user(who) if who in GROUPS else User.objects.create_user(**bare)
    give_session(client, user)
    return user


def give_session(client: Client, user: User) -> None:
    """As if signed in a while ago; `force_login` asks the database more, which many tests feel."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def signed_in(who: str) -> Client:
    client = Client()
    sign_in(client, who)
    return client


def address(instance: models.Model | type[models.Model], word: str = "change") -> str:
    """Of a page in the administration: `add` and `changelist` of a model, any other word of one row."""
    name = f"admin:{instance._meta.app_label}_{instance._meta.model_name}_{word}"
    return reverse(name) if word in {"add", "changelist"} else reverse(name, args=[instance.pk])


class FormReader(HTMLParser):
    """Collects what a browser would send for the fields outside of the sign-out form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.form = self.select = self.textarea = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        if tag == "form":
            self.form = given.get("id")
        elif self.form == "logout-form" or (tag in {"input", "select", "textarea"} and "disabled" in given):
            return
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self.select, self.options, self.is_multiple = given.get("name"), [], "multiple" in given
        elif tag == "option" and self.select:
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self.textarea, self.text = given.get("name"), ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            chosen = [value for value, is_selected in self.options if is_selected]
            first = [] if self.is_multiple else [value for value, _ in self.options[:1]]
            self.sent[self.select] = chosen or first
            self.select = None
        elif tag == "textarea" and self.textarea:
            self.sent.setdefault(self.textarea, []).append(self.text.removeprefix("\n"))
            self.textarea = None

    def _input(self, given: dict) -> None:
        kind = given.get("type", "text")
        is_left_out = kind in {"submit", "file", "button"} or (kind in {"checkbox", "radio"} and "checked" not in given)
        if given.get("name") and not is_left_out:
            self.sent.setdefault(given["name"], []).append(given.get("value") or ("on" if kind == "checkbox" else ""))


def form_on(response: HttpResponseBase) -> dict[str, list[str]]:
    """What the page's form would send if nobody changed it."""
    return FormReader(response.content.decode()).sent


def fill(client: Client, url: str, /, **values: object) -> HttpResponseBase:
    """Opens a form, changes `values` and sends it; a value of None leaves a field out."""
    sent = form_on(client.get(url))
    sent = {**new_lines(sent, values), **sent, **values}
    return client.post(url, {name: value for name, value in sent.items() if value is not None})


def from_list(client: Client, model: type[models.Model], action: str, keys: list[int]) -> HttpResponseBase:
    """Takes an action of a list and, if its page asks, confirms it."""
    page = client.post(address(model, "changelist"), {"action": action, "_selected_action": keys})
    return client.post(address(model, "changelist"), form_on(page)) if page.status_code == 200 else page


def new_lines(form: dict, values: dict) -> dict:
    """What the page's own script copies for a line that is added."""
    lines = {match.groups() for name in values if (match := re.match(r"(\w+)-(\d+)-", name))}
    copies = {}
    for prefix, line in lines:
        empty = {name: value for name, value in form.items() if name.startswith(f"{prefix}-__prefix__-")}
        copies |= {name.replace("__prefix__", line): value for name, value in empty.items()}
    return copies


def fill_inline(prefix: str, line: int, **values: object) -> dict[str, object]:
    return {f"{prefix}-{line}-{name}": value for name, value in values.items()}


def rows() -> dict[str, list[dict]]:
    """Returns every row of every table, link tables included; `last_login` is left out."""
    found = {}
    with connection.cursor() as cursor:
        for label, names, question in questions():
            cursor.execute(question)
            found[label] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


@cache
def questions() -> list[tuple[str, list[str], str]]:
    """A model's name, its columns and what asks for them, written once: there are dozens of tables."""
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
    before = rows()
    yield
    assert rows() == before


def complaints(response: HttpResponseBase) -> list[str]:
    """Returns the error messages of a form, those of its inlines included."""
    forms = [response.context["adminform"].form] if "adminform" in response.context else [response.context["form"]]
    said = [message for form in forms for messages in form.errors.values() for message in messages]
    for inline in response.context.get("inline_admin_formsets", []):
        said += inline.formset.non_form_errors()
        said += [message for errors in inline.formset.errors for messages in errors.values() for message in messages]
    return said


def is_turned_away(response: HttpResponseBase) -> bool:
    """Refused, or sent to sign in."""
    is_login = response.status_code == 302 and response["Location"].startswith("/verwaltung/login/")
    return is_login or response.status_code == 403


def superuser_client() -> Client:
    """A client that can open every form, so that hostile tests can send what a permitted user would send."""
    client = Client()
    give_session(client, User.objects.create_superuser(f"super-{next(numbers)}"))
    return client
