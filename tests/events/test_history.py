"""What changed in a programme, and how it was, for visitors."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from events.models import Programme, Slot
from events.moments import next_old_change
from events.programme.history import SHOWN_FOR, public_releases, recent_changes
from events.programme.structure import Entry
from tests.factories import DRAFT, make_appearance, make_day, make_event, make_release, make_session, make_speaker
from tests.reading import document, links, main, text, texts

pytestmark = pytest.mark.django_db

NEXT_YEAR = date(timezone.localdate().year + 1, 5, 4)


@pytest.fixture
def event():
    event = make_event(slug="treffen", title="Treffen", starts_on=NEXT_YEAR, ends_on=NEXT_YEAR)
    make_day(event, date=NEXT_YEAR)
    return event


def entry(session, event, begin: str, **values) -> Entry:
    return Entry(session, day=event.days.get(), begins_at=time.fromisoformat(begin), duration=60, **values)


@pytest.fixture
def changed(event):
    """Released three times: a talk, then an hour later with another speaker, at last cancelled."""
    talk = make_session(event, title="Präventionsketten", slug="ketten")
    make_appearance(talk, make_speaker(first_name="Ute", last_name="Ahrens"))
    make_release(event, [entry(talk, event, "10:00", room="Saal 1"), Entry(title="Pause", day=event.days.get())])
    talk.appearances.all().delete()
    make_appearance(talk, make_speaker(first_name="Jan", last_name="Berg"))
    make_release(event, [entry(talk, event, "11:00"), Entry(title="Pause", day=event.days.get())], note="Zug fiel aus.")
    make_release(event, [entry(talk, event, "11:00", status=Slot.Status.CANCELLED)])
    return event


def made_at(event, number: int, moment) -> None:
    Programme.objects.filter(event=event, number=number).update(released_at=moment)
    event.refresh_from_db()


def test_all_changes_are_told_in_sentences_the_latest_first(client, changed):
    page = document(client.get("/veranstaltungen/treffen/aenderungen/"))
    told = texts(main(page), tag="li")

    assert "Entfällt: Präventionsketten (bleibt mit dem Hinweis „Entfällt“ im Programm)" in told
    shifted = "Präventionsketten: Beginn 10:00 → 11:00; Raum „Saal 1“ → ohne Angabe"
    assert told.index("Entfällt: Pause (steht nicht mehr im Programm)") < told.index(shifted)
    assert "Präventionsketten: neu dabei Jan Berg (Vortrag); nicht mehr dabei Ute Ahrens (Vortrag)" in told
    assert told[-1] == "Programm veröffentlicht, mit 2 Programmpunkten."
    assert "Zug fiel aus." in text(page)


def test_a_release_shows_what_was_public_then(client, changed):
    changed.sessions.update(title="Ganz anders")
    page = document(client.get("/veranstaltungen/treffen/programm/1/"))

    shown = text(main(page))
    assert "Präventionsketten" in shown
    assert "Ute Ahrens" in shown
    assert "Saal 1" in shown
    assert "Diese Fassung gilt nicht mehr." in shown
    assert "Jan Berg" not in shown
    assert "Ganz anders" not in shown
    assert {"/veranstaltungen/treffen/#programm", "/veranstaltungen/treffen/ketten/"} <= set(links(page))
    assert 'name="robots" content="noindex"' in client.get("/veranstaltungen/treffen/programm/1/").content.decode()


def test_the_current_release_says_so(client, changed):
    shown = text(document(client.get("/veranstaltungen/treffen/programm/3/")))

    assert "Das ist die aktuelle Fassung." in shown
    assert "Diese Fassung gilt nicht mehr." not in shown


@pytest.mark.parametrize("number", [0, 4, 99_999])
def test_a_release_that_does_not_exist_is_not_found(client, changed, number):
    assert client.get(f"/veranstaltungen/treffen/programm/{number}/").status_code == 404


def test_releases_replaced_before_the_event_was_public_stay_unseen(client, changed):
    now = timezone.now()
    for number, days in ((1, 9), (2, 8), (3, 1)):
        made_at(changed, number, now - timedelta(days=days))
    type(changed).objects.filter(pk=changed.pk).update(published_from=now - timedelta(days=5))
    changed.refresh_from_db()

    assert [one.programme.number for one in public_releases(changed)] == [3, 2]
    assert client.get("/veranstaltungen/treffen/programm/1/").status_code == 404
    assert "Ute Ahrens" not in text(document(client.get("/veranstaltungen/treffen/aenderungen/")))


@pytest.mark.parametrize("address", ["aenderungen/", "programm/1/"])
def test_nothing_of_a_hidden_event_is_told(client, changed, address):
    type(changed).objects.filter(pk=changed.pk).update(**DRAFT)

    assert client.get(f"/veranstaltungen/treffen/{address}").status_code == 404


@pytest.mark.parametrize("address", ["aenderungen/", "programm/1/"])
def test_an_old_address_redirects(client, changed, address):
    changed.slug = "neues-treffen"
    changed.save()

    response = client.get(f"/veranstaltungen/treffen/{address}")

    assert response.status_code == 302
    assert response["Location"] == f"/veranstaltungen/neues-treffen/{address}"


def test_the_event_tells_its_changes_for_fourteen_days(client, changed):
    now = timezone.now()
    made_at(changed, 1, now - timedelta(days=30))
    made_at(changed, 2, now - timedelta(days=20))
    made_at(changed, 3, now - SHOWN_FOR + timedelta(minutes=1))
    page = text(main(document(client.get("/veranstaltungen/treffen/"))))

    assert f"Geändert am {timezone.localdate(now - SHOWN_FOR).day}." in page
    assert "Entfällt: Pause" in page
    assert "Beginn 10:00" not in page
    assert [one.release.programme.number for one in recent_changes(changed, now)] == [3]
    assert recent_changes(changed, now + timedelta(minutes=1)) == []
    assert next_old_change(now) == Programme.objects.get(number=3).released_at + SHOWN_FOR


def test_new_and_changed_items_say_so_on_the_programme_and_on_their_page(client, event):
    talk, forum = make_session(event, slug="vortrag"), make_session(event, slug="forum")
    make_release(event, [entry(talk, event, "10:00")])
    make_release(event, [entry(talk, event, "11:00"), entry(forum, event, "12:00")])

    badges = texts(main(document(client.get("/veranstaltungen/treffen/"))), style="kern-badge--small")
    assert badges == ["Geändert", "Neu"]
    page = main(document(client.get("/veranstaltungen/treffen/vortrag/")))
    assert texts(page, style="kern-badge--small") == ["Geändert"]


def test_the_past_tells_no_changes_on_its_page(client, changed):
    type(changed).objects.filter(pk=changed.pk).update(starts_on="2020-05-04", ends_on="2020-05-04", runs_until=None)

    page = text(main(document(client.get("/veranstaltungen/treffen/"))))
    assert "Geändert am" not in page
