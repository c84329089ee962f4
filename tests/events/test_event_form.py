"""The form of an event: it creates days from the dates and shows the steps done so far."""

from datetime import date

import pytest

from events.administration.progress import steps
from events.programme.days import complete_days
from events.programme.structure import working_version
from tests.administration import address, fill, sign_in
from tests.factories import make_attachment, make_day, make_event, make_release, make_session

pytestmark = pytest.mark.django_db


def days(event) -> list[tuple]:
    return list(event.days.values_list("number", "date"))


def test_days_are_made_from_the_first_to_the_last(client):
    event = make_event(state="draft", starts_on=None, ends_on=None, precision="unknown")
    working_version(event)
    sign_in(client, "redaktion")

    fill(client, address(event), starts_on="2027-01-13", ends_on="2027-01-14", precision="day")

    assert days(event) == [(1, date(2027, 1, 13)), (2, date(2027, 1, 14))]


def test_days_numbered_by_hand_are_not_changed():
    event = make_event(starts_on=date(2027, 1, 8), ends_on=date(2027, 1, 15), precision="day")
    make_day(event, number=1, date=date(2027, 1, 8))
    make_day(event, number=2, date=date(2027, 1, 15))

    assert complete_days(event) == 0
    assert days(event) == [(1, date(2027, 1, 8)), (2, date(2027, 1, 15))]


@pytest.mark.parametrize("precision", ["month", "year"])
def test_imprecise_dates_create_no_days(precision):
    event = make_event(starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 31), precision=precision)

    assert complete_days(event) == 0


def test_at_most_two_weeks_of_days_are_created():
    event = make_event(starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 31), precision="day")

    assert complete_days(event) == 14


def test_the_steps_show_what_is_done_and_what_is_missing():
    event = make_event(state="draft", starts_on=None, ends_on=None, precision="unknown")
    working_version(event)

    found = [(step.name, step.fact, step.is_done) for step in steps(event, may_publish=True)]

    assert found == [
        ("Eckdaten", "Datum nicht bekannt", False),
        ("Texte", "noch leer", False),
        ("Programm", "noch keine Programmpunkte", False),
        ("Freigabe des Programms", "noch nicht freigegeben", False),
        ("Materialien", "noch keine Materialien", False),
        ("Rückblick", "noch leer", False),
        ("Veröffentlichung", "Entwurf", False),
    ]


def test_the_steps_of_a_finished_event_are_done():
    event = make_event(description="<p>Text</p>", review="<p>Gut</p>", starts_on=date(2018, 11, 29), precision="day")
    session = make_session(event)
    make_release(event, [session])
    make_attachment(session=session)

    found = [(step.fact, step.is_done) for step in steps(event, may_publish=True)]

    assert found == [
        ("29. November 2018", True),
        ("vorhanden", True),
        ("1 Programmpunkt", True),
        ("Fassung 1", True),
        ("1 Material", True),
        ("vorhanden", True),
        ("veröffentlicht", True),
    ]


@pytest.mark.parametrize("who", ["redaktion", "freigabe"])
def test_every_step_links_to_a_page_its_reader_may_open(client, who):
    event = make_event(state="draft")
    working_version(event)
    sign_in(client, who)

    page = client.get(address(event))

    addresses = [step.address for step in page.context["steps"] if step.address.startswith("/")]
    assert len(addresses) >= 2
    assert [client.get(each, follow=True).status_code for each in addresses] == [200] * len(addresses)


@pytest.mark.parametrize(("who", "state"), [("redaktion", "draft"), ("redaktion", "published")])
def test_every_step_within_the_form_has_a_target_even_where_it_can_only_be_read(client, who, state):
    event = make_event(state=state)
    sign_in(client, who)

    page = client.get(address(event))

    targets = [step.address.removeprefix("#") for step in page.context["steps"] if step.address.startswith("#")]
    assert targets == ["field-starts_on", "field-description", "attachments-heading", "field-review"]
    assert [page.content.decode().count(f'id="{target}"') for target in targets] == [1, 1, 1, 1]
    assert ('name="review"' in page.content.decode()) == (state == "draft")
