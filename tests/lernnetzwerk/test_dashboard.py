"""The start page of the administration: the panels for the signed-in user, and the tables."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Attachment, Event
from lernnetzwerk.administration import dashboard
from lernnetzwerk.barriers.models import BarrierReport
from tests.administration import EVERYONE, address, fill, signed_in
from tests.factories import (
    DRAFT,
    HIDDEN,
    PUBLISHED,
    SUBMITTED,
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_page,
    make_series,
    make_session,
    make_user,
    rewrite,
)
from tests.reading import attribute, document, elements, links, text, texts, walk

pytestmark = pytest.mark.django_db

START = "/verwaltung/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def panel(response, key: str):
    found = [part for part in elements(document(response), tag="section") if attribute(part, "id") == key]
    return found[0] if found else None


def days(number: int):
    return timezone.localdate() + timedelta(days=number)


def note_change(user: User, instance: object, minutes_ago: int = 0, flag: int = CHANGE) -> None:
    LogEntry.objects.create(
        user=user,
        action_time=timezone.now() - timedelta(minutes=minutes_ago),
        content_type=ContentType.objects.get_for_model(instance),
        object_id=str(instance.pk),
        object_repr=str(instance)[:200],
        action_flag=flag,
    )


def drafts(response) -> list[str]:
    return links(panel(response, "entwuerfe"))


def test_the_next_event_is_on_top_with_its_links():
    make_event(starts_on=days(40))
    event = make_event(title="Treffen in Hamm", venue="Rathaus", starts_on=days(10), **DRAFT)

    found = panel(signed_in("redaktion").get(START), "treffen-jetzt")

    assert texts(found, tag="h3") == ["Als Nächstes: Treffen in Hamm"]
    assert texts(found, tag="p") == [f"{event.dates} · Rathaus · Entwurf"]
    assert texts(found, style="dashboard-link") == [
        f"{name} : Treffen in Hamm" for name in ("Formular", "Programm", "Vorschau", "Was fehlt noch?")
    ]
    assert links(found) == [
        address(event),
        address(event, "programm"),
        address(event, "vorschau"),
        f"/verwaltung/was-fehlt/?treffen={event.pk}",
    ]


def test_the_latest_past_event_is_below_with_links_for_documentation():
    make_event(starts_on=days(-300))
    make_event(title="Undatiert")
    make_event(title="Treffen in Lünen", starts_on=days(-1))

    found = panel(signed_in("redaktion").get(START), "treffen-jetzt")

    assert texts(found, tag="h3") == ["Zuletzt: Treffen in Lünen"]
    assert text(found).startswith(
        "Nächstes und letztes Treffen Es ist kein kommendes Treffen eingetragen. Treffen anlegen"
    )


def test_an_event_of_today_is_shown_as_running_and_a_cancelled_one_as_cancelled():
    make_event(title="Heute", starts_on=days(-1), ends_on=days(0), course="cancelled")

    found = panel(signed_in("redaktion").get(START), "treffen-jetzt")

    assert texts(found, tag="h3") == ["Läuft gerade: Heute"]
    assert "veröffentlicht · abgesagt" in text(found)


BOTH = pytest.param("redaktion", marks=pytest.mark.both_databases)


@pytest.mark.parametrize("who", [BOTH, "freigabe", pytest.param("verwaltung", marks=pytest.mark.walk)])
def test_every_link_of_the_dashboard_opens(who):
    event = make_event(starts_on=days(3), **SUBMITTED)
    make_session(make_event(starts_on=days(-3)))
    make_example(checked_on=days(-2000))
    BarrierReport.objects.create(description="Der Kontrast ist zu gering.")
    user = make_user(who)
    note_change(user, make_event(**DRAFT))
    client = client_of(user)
    page = document(client.get(START))

    [main] = elements(page, tag="main")
    pages = {link.partition("#")[0] for link in links(main)}
    statuses = {link: client.get(link, follow=True).status_code for link in pages}

    assert {link: status for link, status in statuses.items() if status != 200} == {}
    assert address(event) in statuses


def test_my_drafts_are_the_drafts_i_changed_latest_first():
    me, colleague = make_user(), make_user()
    older, newer, hers = make_event(**DRAFT), make_example(**DRAFT), make_event(**DRAFT)
    note_change(me, older, 90)
    note_change(me, newer, 60)
    note_change(me, newer, 500)
    note_change(colleague, hers)
    note_change(colleague, older)

    assert drafts(client_of(me).get(START)) == [address(newer), address(older)]
    assert drafts(client_of(colleague).get(START)) in ([address(hers), address(older)], [address(older), address(hers)])


@pytest.mark.parametrize("state", ["submitted", "scheduled", "withdrawn"])
def test_my_drafts_contain_only_drafts(state):
    me = make_user()
    note_change(me, make_event(**HIDDEN[state]))
    note_change(me, make_event())
    gone = make_event(**DRAFT)
    note_change(me, gone)
    note_change(me, gone, flag=DELETION)
    gone.delete()

    found = panel(client_of(me).get(START), "entwuerfe")

    assert text(found) == "Meine Entwürfe Sie haben keine Entwürfe."


def test_a_draft_saved_in_a_form_is_listed_in_my_drafts():
    client = signed_in("redaktion")
    fill(client, reverse("admin:events_event_add"), title="Treffen in Hamm")

    assert drafts(client.get(START)) == [address(Event.objects.get())]


def test_at_most_ten_drafts_are_listed():
    me = make_user()
    instances = [make_event(**DRAFT) for _n in range(7)] + [make_attachment(**DRAFT) for _n in range(7)]
    for minutes, instance in enumerate(instances):
        note_change(me, instance, minutes)

    assert drafts(client_of(me).get(START)) == [address(instance) for instance in instances[:10]]


@pytest.mark.usefixtures("no_pages")
def test_missing_information_is_counted_and_linked():
    for _n in range(3):
        make_session(make_event())
    make_session(make_event(), kind="forum")

    found = panel(signed_in("redaktion").get(START), "was-fehlt")

    assert text(found) == "Was fehlt noch? Beiträge ohne Material 4 Praxisforen ohne Kommune 1"
    assert links(found) == ["/verwaltung/was-fehlt/#materialien", "/verwaltung/was-fehlt/#kommunen"]


def test_open_reports_are_listed_newest_first():
    reports = [BarrierReport.objects.create(description=f"Meldung {number}") for number in range(7)]
    rewrite(reports[6], state="done")
    rewrite(reports[5], state="in_progress")
    for number, report in enumerate(reports):
        rewrite(report, received_at=timezone.now() + timedelta(minutes=number))

    found = panel(signed_in("redaktion").get(START), "barrieren")

    assert links(found)[:5] == [address(report) for report in reports[5:0:-1]]
    assert texts(found, style="dashboard-note")[0] == "in Bearbeitung: Meldung 5"
    assert texts(found, tag="p") == ["alle 6 offenen Meldungen"]


def test_text_of_reports_never_becomes_markup():
    BarrierReport.objects.create(description="<img src=x onerror=alert(1)>")

    answer = signed_in("redaktion").get(START)

    assert b"<img src=x" not in answer.content


def test_staff_without_permissions_see_an_empty_dashboard():
    make_event(title="Geheim", starts_on=days(3), **DRAFT)
    make_session(make_event())
    BarrierReport.objects.create(description="Nur für die Redaktion")

    answer = signed_in("staff").get(START)

    assert [panel(answer, key) is None for key in ("treffen-jetzt", "barrieren")] == [True, True]
    assert "Geheim" not in text(document(answer))
    assert "Nur für die Redaktion" not in text(document(answer))
    assert text(panel(answer, "was-fehlt")) == "Was fehlt noch? Zurzeit fehlt nichts."
    assert "noch nichts freigeschaltet" in text(document(answer))


def test_only_drafts_of_permitted_models_are_listed():
    user = User.objects.create_user("neu", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_practiceexample"))
    example = make_example(**DRAFT)
    note_change(user, example)
    note_change(user, make_event(**DRAFT))

    assert drafts(client_of(user).get(START)) == [address(example)]


@pytest.mark.parametrize("who", EVERYONE)
def test_the_start_page_is_for_staff(who):
    assert signed_in(who).get(START).status_code == (302 if who in {"visitor", "signed-in"} else 200)


def tables(response) -> dict[str, list[str]]:
    groups = elements(document(response), tag="section", style="dashboard-group")
    return {
        text(elements(group, tag="h3")[0]): [
            text(link) for link in elements(group, tag="a") if not attribute(link, "class")
        ]
        for group in groups
    }


def test_tables_are_grouped_by_subject():
    editor = {
        "Treffen": ["Treffen", "Reihen", "Programme", "Beiträge", "Mitwirkungen"],
        "Materialien": ["Materialien"],
        "Personen und Kommunen": ["Personen", "Kommunen"],
        "Praxis": ["Praxisbeispiele", "Themen"],
        "Suche": ["Abkürzungen und Synonyme", "Suchen ohne Treffer"],
        "Seiten und Rückmeldungen": ["Seiten", "Gemeldete Barrieren"],
    }

    assert tables(signed_in("redaktion").get(START)) == editor
    assert tables(signed_in("verwaltung").get(START)) == {
        **editor,
        "Materialien": ["Materialien", "Dateien"],
        "Seiten und Rückmeldungen": [*editor["Seiten und Rückmeldungen"], "Umleitungen"],
        "Technik": ["Benutzer", "Gruppen"],
    }


def test_every_model_of_the_administration_has_a_group():
    named = {name for _key, _title, names in dashboard.TABLES for name in names}

    assert {model._meta.label for model in admin.site._registry} - named == set()


def test_an_ungrouped_model_is_still_listed(monkeypatch):
    monkeypatch.setattr(dashboard, "TABLES", dashboard.TABLES[1:])

    found = tables(signed_in("redaktion").get(START))

    assert set(found["Weiteres"]) == {"Treffen", "Reihen", "Programme", "Beiträge", "Mitwirkungen"}
    assert list(found)[-1] == "Weiteres"


def test_the_sidebar_of_other_pages_shows_the_same_groups():
    page = document(signed_in("redaktion").get("/verwaltung/events/event/"))

    assert texts(page, tag="caption")[:6] == [
        "Treffen",
        "Materialien",
        "Personen und Kommunen",
        "Praxis",
        "Suche",
        "Seiten und Rückmeldungen",
    ]
    assert "/verwaltung/#treffen" in links(page)


def test_the_page_of_one_app_lists_only_its_tables():
    page = document(signed_in("redaktion").get("/verwaltung/speakers/"))

    [content] = [part for part in elements(page) if attribute(part, "id") == "content-main"]
    assert texts(content, tag="caption") == ["Personen"]
    assert elements(page, style="dashboard-panel") == []


@pytest.mark.parametrize("place", [START, "/verwaltung/was-fehlt/"])
def test_headings_have_one_h1_and_skip_no_level(place):
    make_session(make_event(starts_on=days(-3)))
    make_event(starts_on=days(3))

    page = document(signed_in("verwaltung").get(place))

    levels = [int(part.name[1]) for part in walk(page) if part.name in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] - pair[0] > 1] == []
    anchors = [attribute(part, "id") for part in elements(page) if attribute(part, "id")]
    assert len(anchors) == len(set(anchors))


def fill_dashboard(user: User, size: int) -> None:
    """Creates everything that the start page shows, `size` times; half of the events are coming, half are past."""
    series = make_series()
    for number in range(size):
        event = make_event(title="", series=series, starts_on=days(number - size // 2), **DRAFT)
        session = make_session(event, title="")
        make_appearance(session)
        draft = make_attachment(session=session, absence="requested", **DRAFT)
        for instance in (
            event,
            draft,
            make_example(checked_on=days(-900), **DRAFT),
            make_attachment(event=event, **DRAFT),
        ):
            note_change(user, instance, number)
        BarrierReport.objects.create(description="Der Kontrast ist zu gering.")


def test_the_start_page_needs_as_many_queries_for_thirty_events_as_for_three():
    user = make_user("verwaltung")
    client = client_of(user)
    note_change(user, make_page(**DRAFT), -60)
    costs = []
    for size in (3, 27):
        fill_dashboard(user, size)
        client.get(START)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(START).status_code == 200
        costs.append(len(captured))

    assert Event.objects.count() == 30
    assert Attachment.objects.count() == 60
    assert costs[0] == costs[1]
    assert costs[0] <= 50  # one query for each kind of missing information


@pytest.mark.parametrize("make", [make_event, make_attachment])
def test_five_drafts_need_as_many_queries_as_one(make):
    """The drafts have no titles, so their names need series, event and speakers."""
    user = make_user()
    client = client_of(user)
    costs = []
    for size in (1, 4):
        for _n in range(size):
            event = make_event(title="", series=make_series(), **PUBLISHED)
            fields = {"title": "", "series": make_series()} if make is make_event else {"session": make_session(event)}
            note_change(user, make(**fields, **DRAFT))
        client.get(START)
        with CaptureQueriesContext(connection) as captured:
            assert len(drafts(client.get(START))) == len(costs) * 4 + 1
        costs.append(len(captured))

    assert costs[0] == costs[1]
