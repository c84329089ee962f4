"""Attacks on the administration: hostile names, foreign hosts, open redirects, requests that no browser sends."""

import json
import re
from datetime import time

import pytest
from django.contrib.admin import site
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.forms import DateField
from django.shortcuts import resolve_url
from django.test import Client, RequestFactory

from events.models import Attachment, Event, Programme, Session
from events.programme.structure import Entry, working_version, write_programme
from lernnetzwerk.pages.models import Page
from lernnetzwerk.text.dates import plausible
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker
from tests.administration import EVERYONE, address, fill, is_turned_away, nothing_changes, sign_in, signed_in
from tests.factories import (
    DRAFT,
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_page,
    make_release,
    make_series,
    make_session,
    make_speaker,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

EDITORS = {"redaktion", "freigabe", "verwaltung"}

# --- hostile names ----------------------------------------------------------------------------------------------------

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:1 }}"
HREF = re.compile(r"""(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data:text|vbscript)""", re.IGNORECASE)


def hostile(**fields) -> dict:
    return {**DRAFT, **fields}


def hostile_programme() -> Programme:
    event = make_event(**hostile(title=EVIL))
    programme = working_version(event)
    write_programme(programme, [Entry(make_session(event, title=EVIL), room=EVIL), Entry(title=EVIL)])
    return programme


HOSTILE = {
    "event": lambda: make_event(**hostile(title=EVIL, motto=EVIL, venue=EVIL, summary=EVIL)),
    "event of a series": lambda: make_event(**hostile(title="", series=make_series(name=EVIL))),
    "session": lambda: make_session(make_event(**hostile(title=EVIL)), title=EVIL, subtitle=EVIL),
    "appearance": lambda: make_appearance(
        make_session(make_event(**DRAFT), title=""), make_speaker(last_name=EVIL), organisation=EVIL
    ),
    "attachment": lambda: make_attachment(**hostile(title=EVIL, stored_file=make_file(name=EVIL))),
    "example": lambda: make_example(
        municipalities=(make_municipality(name=EVIL[:100]),), **hostile(title=EVIL, summary=EVIL)
    ),
    "page": lambda: make_page(**hostile(title=EVIL)),
    "speaker": lambda: make_speaker(academic_title=EVIL[:60], last_name=EVIL[:100], organisation=EVIL),
    "series": lambda: make_series(name=EVIL),
    "topic": lambda: make_topic(name=EVIL, description=EVIL),
    "municipality": lambda: make_municipality(name=EVIL),
    "programme": hostile_programme,
    "user": lambda: make_user(first_name=EVIL, last_name=EVIL, username=EVIL),
    "redirect": lambda: Redirect.objects.create(site_id=1, old_path=f"/{EVIL}", new_path="javascript:alert(1)"),
}


def assert_harmless(response) -> None:
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{" in page or "7|add:1" not in page
    assert not HREF.search(page)


@pytest.mark.walk
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_stay_text_on_every_page_of_the_administration(client, make):
    instance = make()
    sign_in(client, "verwaltung")
    listing = address(type(instance), "changelist")

    saved = client.post(address(instance), {}) if isinstance(instance, Programme) else fill(client, address(instance))
    pages = [
        client.get(address(instance)),
        client.get(address(instance, "history")),
        client.get(address(instance, "delete")),
        client.get(listing),
        client.post(listing, {"action": "delete_selected", "_selected_action": [instance.pk]}, follow=True),
        client.get("/verwaltung/"),
        *([client.get(address(instance, "vorschau"))] if has_preview(instance) else []),
    ]

    assert saved.status_code in {200, 302}
    for page in pages:
        if page.status_code != 403:
            assert_harmless(page)
    assert sum(page.status_code == 200 for page in pages) >= 5


def has_preview(instance) -> bool:
    return isinstance(instance, (Event, Session, PracticeExample, Page, Attachment))


@pytest.mark.parametrize("word", ["vorlegen", "veroeffentlichen"])
def test_hostile_names_stay_text_in_questions_and_messages(client, word):
    instance = make_event(title=EVIL, **DRAFT)
    sign_in(client, "freigabe")

    assert_harmless(client.get(address(instance, word)))
    assert_harmless(client.post(address(instance, word), {"seen": "x"}))
    fill(client, address(instance, word))
    assert_harmless(client.get(address(instance)))
    assert_harmless(client.get(address(instance, "history")))


def test_hostile_names_stay_text_when_a_programme_is_released_or_refused(client):
    programme = hostile_programme()
    sign_in(client, "freigabe")

    assert_harmless(client.get(address(programme, "freigeben")))
    assert_harmless(client.post(address(programme, "freigeben"), {"note": EVIL}, follow=True))
    assert_harmless(fill(client, address(programme), **{"slots-1-session": programme.slots.first().session_id}))
    assert_harmless(client.get(address(Programme, "changelist")))


def test_hostile_names_stay_text_among_differences_and_warnings(client):
    programme = hostile_programme()
    sign_in(client, "freigabe")
    assert fill(client, address(programme, "freigeben"), note=EVIL, is_read="on").status_code == 302
    write_programme(programme, [Entry(title=EVIL), Entry(title=f"Nach {EVIL}", room=EVIL, begins_at=time(9))])

    page = client.get(address(programme, "freigeben"))

    assert [group.title for group in page.context["form"].review.groups] == ["Neu", "Entfällt"]
    assert_harmless(page)


def test_hostile_form_input_stays_text(client):
    sign_in(client, "verwaltung")

    for model in (Event, Session, Attachment, PracticeExample, Page, Speaker, Municipality, Topic, User, Redirect):
        names = client.get(address(model, "add")).context["adminform"].form.fields
        assert_harmless(client.post(address(model, "add"), dict.fromkeys(names, EVIL)))


AUTOCOMPLETES = {
    "event": lambda: make_event(title=EVIL, **DRAFT),
    "session": lambda: make_session(make_event(**DRAFT), title=EVIL),
    "practice_example": lambda: make_example(title=EVIL, **DRAFT),
}


def autocomplete(client, field: str, model: str = "attachment", app: str = "events", **more):
    query = {"app_label": app, "model_name": model, "field_name": field, "term": "", **more}
    return client.get("/verwaltung/autocomplete/", query)


@pytest.mark.parametrize("field", AUTOCOMPLETES)
def test_suggestions_are_plain_json(client, field):
    AUTOCOMPLETES[field]()
    sign_in(client, "redaktion")

    response = autocomplete(client, field)

    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert [result["text"] for result in json.loads(response.content)["results"]] == [EVIL]


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("field", AUTOCOMPLETES)
def test_only_permitted_users_get_suggestions(who, field):
    AUTOCOMPLETES[field]()

    response = autocomplete(signed_in(who), field)

    assert response.status_code == 200 if who in EDITORS else is_turned_away(response)


@pytest.mark.parametrize(
    ("app", "model", "field"),
    [
        ("auth", "user", "groups"),
        ("auth", "user", "user_permissions"),
        ("auth", "group", "permissions"),
        ("admin", "logentry", "user"),
        ("events", "attachment", "stored_file"),
        ("events", "event", "image"),
        ("events", "event", "current_release"),
        ("events", "event", "title"),
        ("events", "event", "nothing"),
        ("nothing", "event", "series"),
        ("redirects", "redirect", "site"),
    ],
)
def test_suggestions_show_an_editor_only_permitted_objects(client, app, model, field):
    make_release(make_event(), ["Pause"])
    sign_in(client, "redaktion")

    response = autocomplete(client, field, model, app)

    assert response.status_code == 403 or field == "current_release"


# --- signing in -------------------------------------------------------------------------------------------------------

ELSEWHERE = [
    "https://boese.example/",
    "//boese.example/",
    "///boese.example/",
    "http:///boese.example/",
    "/\\boese.example/",
    "\\\\boese.example/",
    "https:boese.example",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "http://testserver@boese.example/",
    "http://testserver.boese.example/",
    " //boese.example/",
    "\x01//boese.example/",
]


@pytest.fixture
def ada():
    return make_user(username="ada")


SIGN_IN = {"username": "ada", "password": "ein langes Passwort"}


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_redirects_to_no_other_site(client, ada, settings, target):
    response = client.post("/verwaltung/login/", {**SIGN_IN, "next": target})

    assert (response.status_code, response["Location"]) == (302, resolve_url(settings.LOGIN_REDIRECT_URL))
    client.logout()
    response = client.post("/verwaltung/login/", SIGN_IN, query_params={"next": target})
    assert response["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_out_redirects_to_no_other_site(client, ada, target):
    client.force_login(ada)

    response = client.post("/verwaltung/logout/", {"next": target})

    assert response.status_code == 200 or response["Location"] == "/verwaltung/logout/"
    assert "boese" not in response.get("Location", "")


def test_signing_in_redirects_to_the_requested_page(client, ada):
    wanted = address(Event, "changelist")

    sent_away = client.get(wanted)
    response = client.post(sent_away["Location"], {**SIGN_IN, "next": wanted})

    assert response["Location"] == wanted


def test_nobody_is_signed_in_or_out_by_a_link(client, ada):
    client.get("/verwaltung/login/", SIGN_IN)
    assert is_turned_away(client.get("/verwaltung/"))

    client.force_login(ada)
    assert client.get("/verwaltung/logout/").status_code == 405
    assert client.get("/verwaltung/").status_code == 200


def test_signing_in_invalidates_an_earlier_session_key(client, ada):
    client.get("/verwaltung/login/")
    token = client.cookies["csrftoken"].value
    planted = client.session
    planted["planted"] = True
    planted.save()
    known = planted.session_key

    client.post("/verwaltung/login/", SIGN_IN)

    assert client.session.session_key != known
    assert client.cookies["csrftoken"].value != token
    stranger = Client()
    stranger.cookies["sessionid"] = known
    assert is_turned_away(stranger.get("/verwaltung/"))


def test_signing_out_ends_the_session(client, ada):
    client.post("/verwaltung/login/", SIGN_IN)
    key = client.session.session_key

    client.post("/verwaltung/logout/")

    stranger = Client()
    stranger.cookies["sessionid"] = key
    assert is_turned_away(stranger.get("/verwaltung/"))


def test_the_session_cookie_is_limited_to_the_administration(client, ada):
    client.post("/verwaltung/login/", SIGN_IN)

    cookie = client.cookies["sessionid"]
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) == ("/verwaltung/", True, "Lax")


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "X-Host", "Forwarded"])
def test_a_foreign_host_is_refused_or_ignored(client, name):
    value = "host=boese.example" if name == "Forwarded" else "boese.example"

    response = client.get("/verwaltung/", headers={name: value})

    assert response.status_code == 400 if name == "Host" else response["Location"].startswith("/verwaltung/login/")
    assert "boese.example" not in response.content.decode() + response.get("Location", "")


# --- requests that no browser sends -----------------------------------------------------------------------------------


LISTED = [Session, Programme, PracticeExample, Speaker, Municipality]  # junk: tests/test_urls.py


@pytest.mark.both_databases
@pytest.mark.parametrize("model", [Event, Attachment, *(pytest.param(one, marks=pytest.mark.walk) for one in LISTED)])
def test_junk_in_the_query_of_a_list_is_no_error(client, model):
    make_event()
    sign_in(client, "redaktion")
    junk = (
        "p=99999999 p=abc p=-1 o=99.-1 o=x e=1 all= _to_field=uuid _popup=1 q=%22%27-- q=" + "x" * 500,
        "state__exact=x starts_on__year=99999 starts_on__year=0 starts_on__year=abc starts_on__month=13",
        "starts_on__year=9999 starts_on__year=9999&starts_on__month=12 starts_on__year=1&starts_on__month=1",
        "starts_on__year=9999&starts_on__month=12&starts_on__day=31 starts_on__gte=99999-01-01",
        "starts_on__year=2020&starts_on__month=13 series__id__exact=abc series__id__exact=" + "9" * 40,
        "vorhanden=x password__startswith=x current_release__note=x pk__in=1,x is_listed__exact=vielleicht",
    )

    for query in " ".join(junk).split():
        assert client.get(f"{address(model, 'changelist')}?{query}").status_code in {200, 302, 400}, query


UNOFFERED = [
    *(
        "title__regex=[",
        "title__regex=(a%2B)%2B%24",
        "title__iregex=a",
        "title__contains=a",
        "title=a",
        "pk__in=1",
        "id=1",
    ),
    *("created_at__year=99999999999", "created_at__year=2018", "starts_on__month=13", "starts_on__gte=2018-01-01"),
    *(f"starts_on__year={year}" for year in (0, 1, 9999, 10_000, 99_999_999_999, "9" * 3_000, "abc", "%D9%A2018")),
    *("starts_on__year=2018&starts_on__month=13", "starts_on__year=2018&starts_on__day=99999999999"),
    *("series__name__regex=(", "series__created_at__year=99999999999", "days__date__year=99999999999", "nothing=1"),
]


@pytest.mark.both_databases
@pytest.mark.parametrize("query", UNOFFERED)
def test_a_list_uses_only_the_filters_it_offers(client, query):
    sign_in(client, "redaktion")

    response = client.get(f"{address(Event, 'changelist')}?{query}")

    assert response.status_code == 400 or response["Location"].endswith("/verwaltung/events/event/?e=1")


OFFERED = ["state__exact=draft", "starts_on__year=2018", "starts_on__year=2018&starts_on__month=11&starts_on__day=29"]


@pytest.mark.both_databases
@pytest.mark.parametrize("query", OFFERED)
def test_a_list_uses_the_filters_it_offers(client, query):
    found, _other = make_event(starts_on="2018-11-29", **DRAFT), make_event(starts_on="2019-01-01")
    sign_in(client, "redaktion")

    response = client.get(f"{address(Event, 'changelist')}?{query}")

    assert list(response.context["cl"].result_list) == [found]


@pytest.mark.both_databases
@pytest.mark.parametrize("model", site._registry)
def test_no_list_filters_by_a_lookup_of_its_own_and_each_searches_for_the_first_words(model):
    rows, request = model._default_manager.all(), RequestFactory().get("/", {"pk__regex": "["})
    request.user = make_user(is_superuser=True, is_staff=True)
    lists = site._registry[model]

    with pytest.raises(IncorrectLookupParameters):
        lists.get_changelist_instance(request)

    assert not lists.search_fields or list(lists.get_search_results(request, rows, "a " * 1_800)[0]) is not None


def test_words_of_a_search_are_bounded(client):
    found, _other = make_event(title="Aktivieren oder befähigen", **DRAFT), make_event(title="Aktivieren")
    sign_in(client, "redaktion")

    for query in ("aktivieren befähigen", "aktivieren " * 40, "befähigen " + "a " * 1_800):
        response = client.get(address(Event, "changelist"), {"q": query})
        assert found in response.context["cl"].result_list
    assert client.get("/verwaltung/autocomplete/", {"term": "a " * 1_800}).status_code == 403
    assert autocomplete(client, "event", term="a " * 1_800).status_code == 200


@pytest.mark.both_databases
@pytest.mark.parametrize("key", ["0", "-1", "abc", "9" * 40, "1'--", "_5f", "1/../2", "%00"])
def test_junk_in_an_address_is_no_error(client, key):
    sign_in(client, "redaktion")

    for word in ("change", "delete", "history", "vorschau", "veroeffentlichen", "programm"):
        assert client.get(f"/verwaltung/events/event/{key}/{word}/").status_code in {302, 400, 403, 404}
        assert client.post(f"/verwaltung/events/event/{key}/{word}/").status_code in {302, 400, 403, 404}


JUNK = [{}, {"title": "\x00"}, {"title": "x" * 10_000}, {"title": ["a", "b"]}, {"series": "x"}, {"topics": ["x", "1"]}]


@pytest.mark.both_databases
@pytest.mark.parametrize("sent", JUNK)
def test_junk_in_a_form_is_refused(client, sent):
    sign_in(client, "redaktion")

    with nothing_changes():
        assert client.post(address(Event, "add"), sent).status_code in {200, 400}


def test_junk_in_a_link_to_a_form_is_no_error(client):
    sign_in(client, "redaktion")

    for query in ("series=x", "series=" + "9" * 40, "topics=1,x", "title=" + "x" * 500, "starts_on=x", "image=x"):
        assert client.get(f"{address(Event, 'add')}?{query}").status_code == 200, query


@pytest.mark.both_databases
def test_numbers_too_large_for_a_database_are_refused(client):
    event = make_event(**DRAFT)
    sign_in(client, "redaktion")

    with nothing_changes():
        for name in ("number", "position", "days-0-number", "series", "host"):
            counters = {"days-TOTAL_FORMS": 1} if name.startswith("days") else {}
            assert fill(client, address(event), **counters, **{name: "9" * 30}).status_code == 200, name


def test_formatted_text_is_cleaned_before_it_is_stored(client):
    event = make_event(**DRAFT)
    sign_in(client, "redaktion")
    evil = '<p onclick="x">Gut <a href="java\tscript:alert(1)">Link</a><script>x</script><img src="https://x.example/"></p>'

    fill(client, address(event), description=evil)

    event.refresh_from_db()
    assert not re.search(r"onclick|script|img|x\.example", event.description)
    assert "Gut" in event.description


def test_a_redirect_cannot_carry_a_script(client):
    Redirect.objects.create(site_id=1, old_path="/alt/", new_path="javascript:alert(1)")

    response = client.get("/alt/")

    assert response.status_code in {400, 404}


@pytest.mark.parametrize("who", ["staff", "redaktion"])
def test_no_address_redirects_from_ids_to_drafts(who):
    event = make_event(title="Geheimes Treffen", **DRAFT)

    response = signed_in(who).get(f"/verwaltung/r/{ContentType.objects.get_for_model(Event).pk}/{event.pk}/")

    assert response.status_code == 404


def test_the_administration_has_no_link_to_another_host(client):
    event = make_event()
    sign_in(client, "redaktion")

    page = client.get(address(event)).content.decode()

    assert "/verwaltung/r/" not in page
    assert f'href="{event.get_absolute_url()}"' in page


def test_every_date_that_editors_type_is_bounded(rf):
    """Checks all forms of the administration, inlines included."""
    request = rf.get("/")
    request.user = User(is_superuser=True, is_active=True, is_staff=True)
    admins = [each for each in site._registry.values() if each.has_add_permission(request)]
    forms = [each.get_form(request) for each in admins]
    forms += [inline.get_formset(request).form for each in admins for inline in each.get_inline_instances(request)]

    fields = {
        f"{form._meta.model.__name__}.{name}": field
        for form in forms
        for name, field in form.base_fields.items()
        if isinstance(field, DateField)
    }

    assert {"Event.starts_on", "EventDay.date", "PracticeExample.checked_on"} <= fields.keys()
    assert [name for name, field in fields.items() if plausible not in field.validators] == []
