"""The list of missing information, with all finders of the apps."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Appearance, Attachment, Event, Session
from lernnetzwerk.administration import missing
from lernnetzwerk.pages.models import Page
from lernnetzwerk.visibility.models import Publishable
from practice.models import PracticeExample
from speakers.models import Speaker
from tests.administration import EVERYONE, signed_in
from tests.factories import (
    DRAFT,
    GROUPS,
    SUBMITTED,
    make_attachment,
    make_event,
    make_example,
    make_municipality,
    make_page,
    make_picture,
    make_release,
    make_series,
    make_session,
    make_speaker,
    numbers,
    rewrite,
)
from tests.reading import attribute, document, elements, links, text, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_pages")]

PAGE = "/verwaltung/was-fehlt/"


def rows(response) -> list[str]:
    """The links of the rows, in order."""
    groups = elements(document(response), tag="section", style="missing-group")
    return [address for group in groups for address in links(group)]


def headings(response) -> list[str]:
    return texts(document(response), tag="h2")


def everything_missing(size: int) -> None:
    """Creates `size` rows for each finder, all in one event."""
    event = make_event(series=make_series(), title="", **SUBMITTED)
    make_release(event, ["Ankommen"])
    rewrite(event.programmes.working().get(), changed_at="2990-01-01T00:00Z")
    talks = make_sessions(event, *(["Vortrag", ""][number % 2] for number in range(size)))
    speakers = Speaker.objects.bulk_create(Speaker(last_name="Müller", slug=f"person-{talk.slug}") for talk in talks)
    Appearance.objects.bulk_create(
        Appearance(session=talk, speaker=one) for talk, one in zip(talks, speakers, strict=True)
    )
    make_sessions(event, *[""] * size, kind="forum")
    Attachment.objects.bulk_create(
        Attachment(session=session, kind="slides", absence="requested", **SUBMITTED)
        for session in make_sessions(event, *[""] * size)
    )
    Attachment.objects.update(changed_at="2020-01-01T00:00Z")
    examples = PracticeExample.objects.bulk_create(
        PracticeExample(title="Beispiel", slug=f"zu-{talk.slug}", checked_on="2015-01-01", **SUBMITTED)
        for talk in talks
    )
    municipality = make_municipality()
    for example in examples:
        example.municipalities.add(municipality)


def make_sessions(event: Event, *titles: str, kind: str = "talk") -> list[Session]:
    """Creates many sessions with given slugs, because finding a free slug needs queries."""
    return Session.objects.bulk_create(
        Session(event=event, kind=kind, title=title, slug=f"beitrag-{next(numbers)}") for title in titles
    )


def test_an_empty_list_has_a_friendly_message():
    answer = signed_in("redaktion").get(PAGE)

    assert texts(document(answer), style="missing-none") == ["Zurzeit fehlt nichts."]


def test_a_submitted_event_is_listed_for_publishers():
    event = make_event(title="Treffen in Hamm", **SUBMITTED)
    make_event(**DRAFT)
    make_event()

    answer = signed_in("freigabe").get(PAGE)

    assert headings(answer) == ["Wartet auf Freigabe 1"]
    assert rows(answer) == [f"/verwaltung/events/event/{event.pk}/change/"]
    assert rows(signed_in("redaktion").get(PAGE)) == []


def test_each_publishable_model_is_listed_when_submitted():
    instances = [
        make_event(**SUBMITTED),
        make_attachment(**SUBMITTED),
        make_example(**SUBMITTED),
        make_page(**SUBMITTED),
    ]
    publishable = {model for model in apps.get_models() if issubclass(model, Publishable)}

    assert {type(instance) for instance in instances} == publishable
    assert set(rows(signed_in("verwaltung").get(PAGE))) == {missing.change_address(instance) for instance in instances}


@pytest.mark.parametrize("who", GROUPS)
def test_every_row_links_to_a_permitted_page(who):
    everything_missing(1)
    client = signed_in(who)

    found = rows(client.get(PAGE))

    assert len(found) == {"redaktion": 7, "freigabe": 10, "verwaltung": 10}[who]
    assert {client.get(address.partition("#")[0]).status_code for address in found} == {200}


def test_every_row_links_to_a_fragment_on_its_form():
    everything_missing(1)
    client = signed_in("freigabe")
    found = [address.split("#") for address in rows(client.get(PAGE)) if "#" in address]

    anchors = {anchor: elements(document(client.get(address))) for address, anchor in found}

    assert set(anchors) == {"field-absence", "field-organisation", "field-municipalities", "field-checked_on"}
    assert [anchor for anchor, page in anchors.items() if anchor not in {attribute(part, "id") for part in page}] == []


def test_only_rows_of_permitted_models_are_listed():
    everything_missing(1)
    client = signed_in("staff")
    client.get("/verwaltung/")
    User.objects.get(pk=client.session["_auth_user_id"]).user_permissions.add(
        Permission.objects.get(codename="view_practiceexample")
    )

    answer = client.get(PAGE)

    assert headings(answer) == ["Lange nicht geprüfte Praxisbeispiele 1"]
    assert elements(document(answer), tag="select") == []
    narrowed = client.get(PAGE, {"treffen": Session.objects.first().event_id})
    assert (headings(narrowed), narrowed.context["choice"].event) == (headings(answer), None)


@pytest.mark.parametrize("who", EVERYONE)
def test_only_staff_can_open_the_list_and_it_changes_nothing(who):
    is_staff = who not in {"visitor", "signed-in"}

    assert signed_in(who).get(PAGE).status_code == (200 if is_staff else 302)
    assert signed_in(who).post(PAGE).status_code in ({403, 405} if is_staff else {302, 403})


def test_at_most_twenty_rows_of_a_group_are_shown_and_a_link_leads_to_all():
    events = [make_event(**SUBMITTED) for _n in range(53)]
    client = signed_in("freigabe")

    answer = client.get(PAGE)

    assert (len(rows(answer)), headings(answer)) == (21, ["Wartet auf Freigabe 53"])
    [*_shown, everything] = rows(answer)
    assert everything == "/verwaltung/was-fehlt/?bereich=freigabe"
    pages = [client.get(everything), client.get(f"{everything}&seite=2")]
    assert [len(rows(page)) for page in pages] == [50 + 1, 3 + 1]
    listed = {address for page in pages for address in rows(page)}
    assert {missing.change_address(event) for event in events} < listed
    assert {f"{everything}&seite=2", f"{everything}&seite=1"} < listed


def test_several_finders_of_a_group_share_the_limit_and_the_pages():
    for _n in range(30):
        make_event(**SUBMITTED)
        make_example(**SUBMITTED)
    client = signed_in("freigabe")

    pages = [client.get(PAGE, query) for query in ({}, {"bereich": "freigabe"}, {"bereich": "freigabe", "seite": "2"})]

    assert [headings(page) for page in pages] == [["Wartet auf Freigabe 60"]] * 3
    assert [len(rows(page)) for page in pages] == [20 + 1, 50 + 1, 10 + 1]
    assert len({address for page in pages[1:] for address in rows(page) if "/change/" in address}) == 60


@pytest.mark.parametrize("query", [{"bereich": "gibt-es-nicht"}, {"bereich": ""}, {"seite": "7"}])
def test_an_unknown_group_shows_all(query):
    make_event(**SUBMITTED)
    make_session(make_event(), kind="forum")

    answer = signed_in("freigabe").get(PAGE, query)

    assert headings(answer) == headings(signed_in("freigabe").get(PAGE))


def test_the_link_to_all_of_a_group_keeps_the_event():
    event = make_event()
    make_sessions(event, *["Vortrag"] * 21)
    make_session(make_event())
    client = signed_in("freigabe")

    answer = client.get(PAGE, {"treffen": event.pk})
    everything = rows(answer)[-1]

    assert everything == f"/verwaltung/was-fehlt/?bereich=materialien&treffen={event.pk}"
    assert headings(client.get(everything)) == ["Beiträge ohne Material 21"]


def test_the_list_can_be_filtered_by_event():
    here, there = make_event(title="Hier", **SUBMITTED), make_event(title="Dort", **SUBMITTED)
    attachment = make_attachment(session=make_session(here, kind="welcome"), **SUBMITTED)
    agenda, shown = make_attachment(event=here, **SUBMITTED), make_example(**SUBMITTED)
    make_session(here, kind="welcome", examples=[shown])
    make_attachment(event=there, **SUBMITTED)
    make_page(**SUBMITTED)
    client = signed_in("freigabe")

    answer = client.get(PAGE, {"treffen": here.pk})

    assert set(rows(answer)) == {missing.change_address(instance) for instance in (here, attachment, agenda, shown)}
    chosen = [
        text(option) for option in elements(document(answer), tag="option") if "selected" in dict(option.attributes)
    ]
    assert chosen == ["Hier"]
    assert client.get(PAGE, {"treffen": there.pk}).context["choice"].event == there


def test_an_event_with_nothing_missing_has_a_friendly_message():
    event = make_event()

    answer = signed_in("redaktion").get(PAGE, {"treffen": event.pk})

    assert texts(document(answer), style="missing-none") == ["Zu diesem Treffen fehlt nichts."]


@pytest.mark.parametrize("junk", ["x", "-1", "0", "9" * 18, "9" * 30, "1.5", "²", "'", "<script>"])
def test_an_unknown_event_is_reported_and_filters_nothing(junk):
    event = make_event(**SUBMITTED)

    answer = signed_in("freigabe").get(PAGE, {"treffen": junk})

    assert rows(answer) == [missing.change_address(event)]
    assert "Dieses Treffen gibt es nicht." in text(document(answer))


@pytest.mark.parametrize("junk", ["%00", "x" * 100_000, "9" * 100_000, "9" * 5_000])
def test_a_malformed_query_is_refused(junk):
    assert signed_in("freigabe").get(f"{PAGE}?treffen={junk}").status_code == 400


def test_names_are_escaped():
    make_event(title="<script>alert(1)</script>", **SUBMITTED)

    answer = signed_in("freigabe").get(PAGE)

    assert b"<script>alert(1)" not in answer.content
    assert b"&lt;script&gt;alert(1)" in answer.content


def cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("narrowed", [False, True])
def test_the_list_needs_no_more_queries_for_sixty_rows_than_for_three(narrowed):
    """It needs two less: the first finder fills its group, so the next finder is not asked for keys and rows."""
    everything_missing(3)
    client = signed_in("freigabe")
    address = f"{PAGE}?treffen={Session.objects.first().event_id}" if narrowed else PAGE
    client.get(address)
    before = cost(client, address)

    everything_missing(60)

    assert before - cost(client, address) == (0 if narrowed else 2)


def test_each_finder_without_rows_needs_one_query():
    """Five more queries load the user and the events to choose from."""
    client = signed_in("freigabe")
    client.get(PAGE)

    assert cost(client, PAGE) == len(missing.FINDERS) + 5


@pytest.mark.parametrize(
    ("description", "is_found"),
    [
        ("   ", True),
        ("IMG_2041.JPG", True),
        ("saal.webp ", True),
        ("Ein voller Saal", False),
        ("Plakat mit jpg", False),
    ],
)
def test_a_picture_needs_a_description_in_words(description, is_found):
    speaker = make_speaker(photo=make_picture(), photo_alt=description, photo_credit="Max Muster")
    event = make_event(image=make_picture(), image_alt=description, image_credit="Max Muster")

    found = set(rows(signed_in("redaktion").get(PAGE)))

    addresses = {missing.change_address(speaker, "field-photo_alt"), missing.change_address(event, "field-image_alt")}
    assert found == (addresses if is_found else set())


def test_a_decorative_picture_needs_a_credit_but_no_description():
    speaker = make_speaker(photo=make_picture(), photo_is_decorative=True)
    event = make_event(image=make_picture(), image_alt="Ein Saal", image_credit=" ")
    make_speaker()

    assert set(rows(signed_in("redaktion").get(PAGE))) == {
        missing.change_address(speaker, "field-photo_credit"),
        missing.change_address(event, "field-image_credit"),
    }


def test_every_finder_is_registered_once():
    models = [finder.rows().model for finder in missing.FINDERS]

    assert len({(finder.group, finder.rows) for finder in missing.FINDERS}) == len(missing.FINDERS)
    assert {Session, Attachment, PracticeExample, Speaker, Page} <= set(models)
