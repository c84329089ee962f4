"""Visibility in each state, and the functions that change a state."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from events.models import Appearance, Attachment, Event, Series, Session
from events.programme.structure import Entry, working_version, write_programme
from lernnetzwerk.pages.models import Page
from lernnetzwerk.visibility.models import publish, submit, visible, withdraw
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker
from tests.factories import (
    DRAFT,
    HIDDEN,
    LONG_AGO,
    SCHEDULED,
    SUBMITTED,
    WITHDRAWN,
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_page,
    make_picture,
    make_release,
    make_series,
    make_session,
    make_speaker,
    make_topic,
    make_visible_session,
    make_visible_speaker,
    rewrite,
)
from tests.reading import body

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MOMENT = datetime(2027, 3, 17, 8, 30, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
CONTENT = b"what stands on the slides"

PUBLISHABLE = {"event": make_event, "example": make_example, "page": make_page, "attachment": make_attachment}
publishable = pytest.mark.parametrize("make", PUBLISHABLE.values(), ids=PUBLISHABLE)
hidden = pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)


def shown(instance) -> bool:
    """Whether the object is visible; asserts that its query condition and its page agree."""
    return instance in type(instance)._default_manager.published()


def answers(client, instance) -> bool:
    return client.get(instance.get_absolute_url()).status_code == 200


# --- objects with their own state -------------------------------------------------------------------------------------


@publishable
def test_a_published_object_has_a_public_page(client, make):
    instance = make()

    assert (shown(instance), answers(client, instance)) == (True, True)


@publishable
@hidden
def test_an_object_in_any_other_state_has_no_public_page(client, make, state):
    instance = make(**state)

    assert (shown(instance), answers(client, instance)) == (False, False)


@publishable
def test_a_scheduled_object_appears_exactly_at_its_moment(make):
    instance = make(published_from=MOMENT)
    instances = type(instance).objects

    assert instance not in instances.published(at=MOMENT - INSTANT)
    assert instance in instances.published(at=MOMENT)
    assert instance in instances.published(at=MOMENT + INSTANT)
    assert instance.is_visible(MOMENT - INSTANT) is False
    assert instance.is_visible(MOMENT) is True


@publishable
def test_a_moment_without_the_state_publishes_nothing(make):
    instance = make(state="draft", published_from=LONG_AGO)

    assert not shown(instance)


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_a_session_in_the_current_release_of_a_public_event_is_public(client):
    session = make_visible_session()

    assert (shown(session), answers(client, session)) == (True, True)


@hidden
def test_a_session_is_hidden_with_its_event(client, state):
    session = make_visible_session(make_event(**state))

    assert (shown(session), answers(client, session)) == (False, False)


def test_a_session_in_no_programme_is_hidden(client):
    session = make_session()

    assert (shown(session), answers(client, session)) == (False, False)


def test_a_session_only_in_the_working_version_is_hidden(client):
    event = make_event()
    make_visible_session(event)
    session = make_session(event)
    write_programme(working_version(event), [Entry(session)])

    assert (shown(session), answers(client, session)) == (False, False)


def test_a_session_only_in_an_older_release_is_hidden(client):
    dropped = make_visible_session()
    make_release(dropped.event, ["Mittagspause"])

    assert (shown(dropped), answers(client, dropped)) == (False, False)


def test_a_session_removed_from_the_working_version_stays_until_the_next_release(client):
    session = make_visible_session()
    write_programme(working_version(session.event), [Entry(title="Mittagspause")])

    assert (shown(session), answers(client, session)) == (True, True)


def test_a_cancelled_session_stays_visible_and_is_marked(client):
    session = make_session()
    make_release(session.event, [Entry(session, status="cancelled")])

    response = client.get(session.get_absolute_url())

    assert shown(session)
    assert "Dieser Programmpunkt entfällt." in response.content.decode()


def test_a_session_appears_exactly_with_its_event():
    session = make_visible_session(make_event(published_from=MOMENT))

    assert session not in Session.objects.published(at=MOMENT - INSTANT)
    assert session in Session.objects.published(at=MOMENT)


# --- attachments ------------------------------------------------------------------------------------------------------

OWNERS = {
    "event": make_event,
    "session": lambda **state: make_visible_session(make_event(**state)),
    "practice_example": make_example,
}
owners = pytest.mark.parametrize(("owner", "make"), OWNERS.items(), ids=OWNERS)


def downloads(client, attachment) -> bool:
    response = client.get(attachment.get_download_url())
    return response.status_code == 200 and body(response) == CONTENT


@owners
def test_a_published_attachment_of_a_visible_owner_is_public(client, owner, make):
    attachment = make_attachment(**{owner: make()}, stored_file=make_file(CONTENT))

    assert (shown(attachment), answers(client, attachment), downloads(client, attachment)) == (True, True, True)


@owners
@hidden
def test_a_published_attachment_is_hidden_with_its_owner(client, owner, make, state):
    attachment = make_attachment(**{owner: make(**state)}, stored_file=make_file(CONTENT))

    assert (shown(attachment), answers(client, attachment), downloads(client, attachment)) == (False, False, False)


@owners
@hidden
def test_an_attachment_of_a_visible_owner_can_itself_be_hidden(client, owner, make, state):
    attachment = make_attachment(**{owner: make()}, stored_file=make_file(CONTENT), **state)

    assert (shown(attachment), answers(client, attachment), downloads(client, attachment)) == (False, False, False)


def test_an_attachment_of_a_session_that_is_not_released_is_hidden(client):
    attachment = make_attachment(session=make_session(), stored_file=make_file(CONTENT))

    assert (shown(attachment), answers(client, attachment), downloads(client, attachment)) == (False, False, False)


def test_an_attachment_of_a_session_in_an_older_release_is_hidden(client):
    session = make_visible_session()
    attachment = make_attachment(session=session, stored_file=make_file(CONTENT))
    make_release(session.event, ["Mittagspause"])

    assert (shown(attachment), answers(client, attachment), downloads(client, attachment)) == (False, False, False)


def test_an_attachment_without_an_owner_can_be_public(client):
    attachment = make_attachment(stored_file=make_file(CONTENT))

    assert (shown(attachment), answers(client, attachment), downloads(client, attachment)) == (True, True, True)


# --- speakers ---------------------------------------------------------------------------------------------------------


def test_a_listed_speaker_with_a_visible_appearance_has_a_page(client):
    speaker = make_visible_speaker()

    assert (shown(speaker), answers(client, speaker)) == (True, True)


def test_a_speaker_who_is_not_listed_has_no_page(client):
    speaker = make_visible_speaker(is_listed=False)

    assert (shown(speaker), answers(client, speaker)) == (False, False)


def test_a_session_names_an_unlisted_speaker_without_a_link(client):
    speaker = make_visible_speaker(first_name="Ohne", last_name="Verzeichnis", is_listed=False)
    session = speaker.appearances.get().session

    page = client.get(session.get_absolute_url()).content.decode()

    assert '<span class="speaker__name">Ohne Verzeichnis</span>' in page
    assert speaker.get_absolute_url() not in page


def test_a_speaker_without_any_appearance_has_no_page(client):
    speaker = make_speaker()

    assert (shown(speaker), answers(client, speaker)) == (False, False)


@hidden
def test_a_speaker_who_appears_only_in_a_hidden_event_has_no_page(client, state):
    speaker = make_speaker()
    make_appearance(make_visible_session(make_event(**state)), speaker)

    assert (shown(speaker), answers(client, speaker)) == (False, False)


def test_a_speaker_who_appears_only_in_the_working_version_has_no_page(client):
    speaker = make_speaker()
    make_appearance(make_session(), speaker)

    assert (shown(speaker), answers(client, speaker)) == (False, False)


def test_the_page_of_a_speaker_shows_visible_appearances_only(client):
    speaker = make_visible_speaker()
    seen = speaker.appearances.get().session
    make_appearance(make_visible_session(make_event(**DRAFT), title="Im Entwurf"), speaker)
    make_appearance(make_session(seen.event, title="Nicht freigegeben"), speaker)

    page = client.get(speaker.get_absolute_url()).content.decode()

    assert seen.title in page
    assert "Im Entwurf" not in page
    assert "Nicht freigegeben" not in page


# --- reference data ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_municipality, make_topic])
def test_reference_data_is_always_public(client, make):
    instance = make()

    assert (shown(instance), answers(client, instance)) == (True, True)


def test_counts_of_a_topic_include_only_visible_objects():
    topic = make_topic()
    make_example(topics=[topic])
    make_visible_session(topics=[topic])
    for state in HIDDEN.values():
        make_example(topics=[topic], **state)
        make_visible_session(make_event(**state), topics=[topic])
    make_session(topics=[topic])

    make_topic(name="Ohne Nennung")

    assert [(one.pk, one.mentions) for one in Topic.objects.with_mentions() if one.mentions] == [(topic.pk, 2)]


def test_counts_of_a_municipality_include_only_visible_objects():
    municipalities = {
        name: make_municipality(name=name) for name in ("Beispiel", "Beitrag", "Gastgeberin", "Entwurf", "Nichts")
    }
    make_example([municipalities["Beispiel"]])
    make_visible_session(municipalities=[municipalities["Beitrag"]])
    make_event(host=municipalities["Gastgeberin"])
    make_example([municipalities["Entwurf"]], **DRAFT)
    make_visible_session(
        make_event(**DRAFT, host=municipalities["Entwurf"]), municipalities=[municipalities["Entwurf"]]
    )

    contributing = Municipality.objects.contributing()

    assert [municipality.name for municipality in contributing] == ["Beispiel", "Beitrag", "Gastgeberin"]


def test_a_series_is_public_with_the_first_visible_event():
    seen, unseen, empty = make_series(), make_series(), make_series()
    make_event(series=seen)
    make_event(series=unseen, **DRAFT)

    assert list(Series.objects.published()) == [seen]
    assert empty not in Series.objects.published()


# --- the condition as other queries use it ----------------------------------------------------------------------------


def test_the_condition_follows_a_path_to_its_model():
    seen = make_visible_session(make_event(published_from=MOMENT))
    make_visible_session(make_event(**DRAFT))

    assert list(Session.objects.filter(visible(Event, MOMENT, "event__"))) == [seen]
    assert list(Session.objects.filter(visible(Event, MOMENT - INSTANT, "event__"))) == []


def test_the_condition_follows_a_path_through_the_release():
    seen, unreleased = make_visible_session(), make_session()
    attachments = [make_attachment(session=session, url="https://ort.example/") for session in (seen, unreleased)]
    appearances = [make_appearance(session) for session in (seen, unreleased)]

    assert list(Attachment.objects.filter(visible(Session, None, "session__"))) == attachments[:1]
    assert list(Speaker.objects.filter(visible(Appearance, None, "appearances__"))) == [appearances[0].speaker]


def test_the_condition_follows_a_path_to_an_attachment_and_its_owner():
    seen, other = make_visible_session(), make_session()
    make_attachment(session=seen)
    make_attachment(session=other)
    make_attachment(session=seen, **DRAFT)

    assert list(Session.objects.filter(visible(Attachment, None, "attachments__"))) == [seen]


def test_a_model_without_visibility_raises_an_error():
    with pytest.raises(TypeError, match="Series has no visibility of its own"):
        visible(Series)


def test_with_published_applies_the_condition_of_the_related_model_at_the_moment():
    municipality = make_municipality()
    make_example([municipality], published_from=MOMENT)

    assert list(Municipality.objects.with_published("practice_examples", MOMENT)) == [municipality]
    assert list(Municipality.objects.with_published("practice_examples", MOMENT - INSTANT)) == []


def test_counts_apply_to_the_given_moment_and_do_not_multiply():
    municipality = make_municipality()
    make_example([municipality], published_from=MOMENT)
    make_example([municipality])
    session = make_visible_session(make_event(published_from=MOMENT), municipalities=[municipality])
    make_appearance(session)
    make_appearance(session)

    def counts(at):
        counted = Municipality.objects.with_counts("practice_examples", "sessions", at=at).get(pk=municipality.pk)
        return counted.practice_examples_count, counted.sessions_count

    assert counts(MOMENT) == (2, 1)
    assert counts(MOMENT - INSTANT) == (1, 0)


# --- hidden and non-existing objects get the same response ------------------------------------------------------------


def hidden_addresses():
    """One address of each kind of hidden object, and the same address with an unknown key."""
    never = "00000000-0000-4000-8000-000000000000"
    draft = make_event(**DRAFT, image=make_picture(), image_alt="Saal")
    session = make_visible_session(draft)
    unreleased = make_session()
    attachment = make_attachment(stored_file=make_file(CONTENT), **WITHDRAWN)
    speaker = make_visible_speaker(is_listed=False, photo=make_picture(), photo_alt="Porträt")
    example = make_example(**SCHEDULED)
    page = make_page(**SUBMITTED)
    url = draft.get_absolute_url()
    return [
        (url, "/veranstaltungen/nie-gewesen/"),
        (f"{url}bild", "/veranstaltungen/nie-gewesen/bild"),
        (f"{url}bild/klein", "/veranstaltungen/nie-gewesen/bild/klein"),
        (session.get_absolute_url(), f"{url}nie-gewesen/"),
        (unreleased.get_absolute_url(), f"{unreleased.event.get_absolute_url()}nie-gewesen/"),
        (attachment.get_absolute_url(), f"/materialien/{never}/"),
        (attachment.get_download_url(), f"/materialien/{never}/{attachment.filename}"),
        (f"/materialien/{attachment.uuid}/anders.pdf", f"/materialien/{never}/anders.pdf"),
        (speaker.get_absolute_url(), "/personen/nie-gewesen/"),
        (f"{speaker.get_absolute_url()}foto", "/personen/nie-gewesen/foto"),
        (f"{speaker.get_absolute_url()}foto/gross", "/personen/nie-gewesen/foto/gross"),
        (example.get_absolute_url(), "/praxis/nie-gewesen/"),
        (page.get_absolute_url(), "/nie-gewesen/"),
    ]


def test_hidden_and_non_existing_objects_get_the_same_response(client):
    for hidden_address, no_address in hidden_addresses():
        hidden_answer, no_answer = client.get(hidden_address), client.get(no_address)

        assert hidden_answer.status_code == no_answer.status_code == 404, hidden_address
        assert hidden_answer.content == no_answer.content, hidden_address
        assert dict(hidden_answer.headers) == dict(no_answer.headers), hidden_address


def test_the_list_pages_show_only_visible_objects(client):
    titles = [f"Verborgen {name}" for name in HIDDEN]
    for title, state in zip(titles, HIDDEN.values(), strict=True):
        make_event(title=title, **state)
        make_example(title=title, **state)
        make_attachment(title=title, **state)
        make_appearance(make_visible_session(make_event(**state)), make_speaker(last_name=title))

    for name in ("home", "events:list", "events:attachment_list", "speakers:list", "practice:example_list", "sitemap"):
        page = client.get(reverse(name)).content.decode()
        assert [title for title in titles if title in page or title.lower().replace(" ", "-") in page] == [], name


# --- changing a state -------------------------------------------------------------------------------------------------


def test_publishing_uses_the_given_moment_or_now():
    at_once, later = make_event(**DRAFT), make_event(**DRAFT)

    assert publish([at_once]) == 1
    assert publish([later], MOMENT) == 1
    assert (later.state, later.published_from) == ("published", MOMENT)
    assert at_once.is_visible()


def test_an_object_published_again_keeps_its_moment():
    event = make_event(published_from=MOMENT)

    assert publish([event]) == 0

    event.refresh_from_db()
    assert event.published_from == MOMENT


def test_withdrawing_works_for_scheduled_objects_and_clears_their_moment():
    instances = [make_event(), make_event(**SCHEDULED), make_event(**DRAFT)]

    assert withdraw(instances) == 2

    for event in Event.objects.filter(pk__in=[instance.pk for instance in instances[:2]]):
        assert (event.state, event.published_from) == ("withdrawn", None)


@pytest.mark.parametrize(("state", "changed"), [("draft", 1), ("withdrawn", 1), ("submitted", 0), ("published", 0)])
def test_only_drafts_and_withdrawn_objects_are_submitted(state, changed):
    example = make_example(state=state)

    assert submit([example]) == changed

    example.refresh_from_db()
    assert example.state == ("submitted" if changed else state)


def test_the_second_of_two_concurrent_publications_changes_nothing():
    event = make_event(**DRAFT)
    seen_by_the_second = Event.objects.get(pk=event.pk)

    assert publish([event], MOMENT) == 1
    assert publish([seen_by_the_second], MOMENT + timedelta(days=1)) == 0
    assert Event.objects.get(pk=event.pk).published_from == MOMENT


def test_changing_a_state_writes_nothing_else():
    event = make_event(**DRAFT, title="Alt")
    rewrite(event, title="Neu")
    event.title = "Aus einem alten Formular"

    publish([event])

    assert Event.objects.get(pk=event.pk).title == "Neu"


@pytest.mark.parametrize(
    ("state", "is_released"),
    [("draft", False), ("submitted", False), ("scheduled", True), ("withdrawn", False)],
)
def test_a_scheduled_object_counts_as_approved(state, is_released):
    event = make_event(**HIDDEN[state])
    session = make_visible_session(event)
    appearance = make_appearance(session)

    instances = [event, make_example(**HIDDEN[state]), make_page(**HIDDEN[state]), session, appearance]

    assert [instance.is_released() for instance in instances] == [is_released] * 5


def test_an_unlisted_speaker_counts_as_approved_once_the_name_is_public():
    assert make_visible_speaker(is_listed=False).is_released() is True
    assert make_speaker().is_released() is False


def test_every_model_starts_hidden():
    """In a new database `published()` of every model is empty, except for reference data."""
    for model in (Event, Session, Attachment, PracticeExample, Page, Speaker, Series, Appearance):
        assert list(model.objects.published()) == [], model
