"""Creates objects that contain one word in every text; tests look for the word of hidden objects on public pages.

`hide_everything` hides the objects in every possible way, `show_everything` publishes the same kinds of objects.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from events.models import Attachment, Event, Session
from events.programme.structure import Entry, working_version, write_programme
from lernnetzwerk.pages.models import Page
from lernnetzwerk.reading.models import Rendition
from speakers.models import SpeakerLink
from tests.factories import (
    DRAFT,
    HIDDEN,
    PUBLISHED,
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_page,
    make_picture,
    make_reading,
    make_release,
    make_rendition,
    make_series,
    make_session,
    make_speaker,
    make_topic,
    make_visible_session,
    rewrite,
)

HIDDEN_WORD, SHOWN_WORD = "Zitronenfalter", "Admiralfalter"
SHORT = {"short_code": "zitronenfalter", "contact_email": "zitronenfalter@ort.example"}


def words(model: type[models.Model], word: str) -> dict[str, str]:
    """Maps each free text field of the model to a value with the word, so that fields added later are included."""
    return {
        field.name: spell(field, word)
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and field.name not in {"sort_name", "absence", "url", "key", "sha256", "media_type"}
    }


def spell(field: models.Field, word: str) -> Any:
    """Returns the word in the form that the field accepts, such as a URL or an e-mail address."""
    low = word.lower()
    if isinstance(field, models.URLField):
        return f"https://{low}.example/"
    if isinstance(field, models.EmailField):
        return f"{low}@ort.example"
    if isinstance(field, models.SlugField) or field.name == "short_code":
        return low
    if isinstance(field, models.JSONField):
        return {"event": {"title": word}, "slots": []}
    return f"{word}, {field.name}"[: field.max_length]


def write_word(instance: models.Model, word: str, **fields: object) -> models.Model:
    """Writes the word into all texts of the object; unique fields also get the primary key."""
    values = words(type(instance), word) | fields
    if "slug" in values and "slug" not in fields and not isinstance(instance, Page):
        values["slug"] = f"{values['slug']}-{instance.pk}"
    for unique in {"short_code", "name"} & values.keys() - fields.keys():
        values[unique] = f"{values[unique]}{'_' if unique == 'short_code' else ' '}{instance.pk}"
    if isinstance(instance, Page):
        values.pop("slug", None)
    return rewrite(instance, **values)


def file_of(word: str):
    """Returns a stored file with a reading and page pictures that all contain the word."""
    stored_file = make_file(f"%PDF {word}".encode(), name=f"{word}.pdf", page_count=3)
    outline = [{"level": 1, "title": word, "page": 2}]
    make_reading(word, f"{word} als Text", stored_file=stored_file, title=word, language="de", outline=outline)
    for size in Rendition.Size.values:
        picture = make_file(f"RIFF {word}".encode(), f"{word}.webp", media_type="image/webp")
        make_rendition(stored_file, 1, size, picture=picture)
    return stored_file


def some_attachments(word: str, state: dict, **owner: object) -> Iterable[Attachment]:
    """Yields an attachment with a file, one with a link, and one that is marked as lost."""
    yield write_word(make_attachment(stored_file=file_of(word), **state, **owner), word)
    yield write_word(make_attachment(url=f"https://{word.lower()}.example/", **state, **owner), word)
    yield write_word(make_attachment(absence="lost", **state, **owner), word)


def an_event(word: str, state: dict, **fields: object) -> Event:
    """Creates an event with session, speaker and attachments; all their texts contain the word."""
    event = make_event(**state, image=make_picture(f"{word}.png"), image_alt="Saal", **fields)
    session = make_visible_session(event)
    speaker = make_speaker(photo=make_picture(f"{word}.png"), photo_alt="Porträt")
    write_word(make_appearance(session, speaker), word)
    SpeakerLink.objects.create(speaker=speaker, label=word, url=f"https://{word.lower()}.example/")
    write_word(speaker, word)
    list(some_attachments(word, PUBLISHED, event=event))
    list(some_attachments(word, PUBLISHED, session=session))
    write_word(session, word)
    write_word(event, word)
    return event


def hide_everything() -> None:
    """Creates objects that are hidden in every possible way, next to visible objects and as parts of them."""
    visible_session = make_visible_session(topics=[make_topic()], municipalities=[make_municipality()])
    speaker, municipality, topic, series = make_speaker(), make_municipality(), make_topic(), make_series()
    make_appearance(visible_session, speaker)
    example = make_example([municipality], [topic])
    for number, state in enumerate(HIDDEN.values(), start=1):
        draft = an_event(
            HIDDEN_WORD, state, host=municipality, series=series, position=number, starts_on=date(2099, 1, number)
        )
        draft.topics.set([topic])
        hidden_session = draft.sessions.get()
        hidden_session.municipalities.set([municipality])
        hidden_session.topics.set([topic])
        make_appearance(hidden_session, speaker, organisation=HIDDEN_WORD)
        hidden_example = write_word(make_example([municipality], [topic], **state), HIDDEN_WORD)
        visible_session.practice_examples.add(hidden_example)
        list(some_attachments(HIDDEN_WORD, PUBLISHED, practice_example=hidden_example))
        for owner in (
            {"event": visible_session.event},
            {"session": visible_session},
            {"practice_example": example},
            {},
        ):
            list(some_attachments(HIDDEN_WORD, state, **owner))
    rewrite(visible_session.event, series=series, position=2)
    hide_pages()
    hide_below(visible_session.event)
    hide_speaker(visible_session)
    hide_series(topic)


def hide_pages() -> None:
    for slug, state in zip(
        ["impressum", "datenschutz", "barrierefreiheit", "leichte-sprache"], HIDDEN.values(), strict=True
    ):
        write_word(make_page(slug, **state), HIDDEN_WORD)


def hide_below(event: Event) -> None:
    """Hides the word in the working version, older releases, snapshots, release notes and sessions without a slot."""
    unreleased, dropped = make_session(event), make_session(event)
    older = make_release(event, [*event.sessions.exclude(pk=unreleased.pk), HIDDEN_WORD], note=HIDDEN_WORD)
    forums = [Entry(session, indent=1) for session in event.sessions.exclude(pk__in=[unreleased.pk, dropped.pk])]
    current = make_release(event, [Entry(title="Foren", is_parallel=True), *forums], note=HIDDEN_WORD)
    rewrite(older, snapshot={"event": {"title": HIDDEN_WORD}, "slots": []})
    rewrite(current, snapshot={"event": {"title": HIDDEN_WORD}, "slots": []})
    write_programme(
        working_version(event), [Entry(unreleased, room=HIDDEN_WORD, day_part=HIDDEN_WORD), Entry(title=HIDDEN_WORD)]
    )
    rewrite(working_version(event), note=HIDDEN_WORD)
    for session in (unreleased, dropped, make_session(event)):
        hidden_speaker = write_word(make_speaker(), HIDDEN_WORD)
        write_word(make_appearance(session, hidden_speaker), HIDDEN_WORD)
        list(some_attachments(HIDDEN_WORD, PUBLISHED, session=session))
        write_word(session, HIDDEN_WORD)


def hide_speaker(visible_session: Session) -> None:
    """Creates an unlisted speaker, of whom only the name is public, and a speaker without a public session."""
    speaker = make_speaker(is_listed=False, photo=make_picture(f"{HIDDEN_WORD}.png"), photo_alt="Porträt")
    make_appearance(visible_session, speaker)
    SpeakerLink.objects.create(speaker=speaker, label=HIDDEN_WORD, url="https://zitronenfalter.example/")
    write_word(speaker, HIDDEN_WORD, first_name="Nur", last_name="Name", academic_title="")
    write_word(make_speaker(), HIDDEN_WORD)


def hide_series(topic) -> None:
    series = write_word(make_series(), HIDDEN_WORD)
    an_event(HIDDEN_WORD, DRAFT, series=series).topics.set([topic])


def show_everything() -> None:
    """Publishes objects of the same kinds, on whose pages the test must find the word."""
    event = an_event(SHOWN_WORD, PUBLISHED, series=write_word(make_series(), SHOWN_WORD), starts_on=date(2018, 5, 1))
    example = write_word(make_example(), SHOWN_WORD)
    for owner in ({"event": event}, {"session": event.sessions.get()}, {"practice_example": example}, {}):
        list(some_attachments(SHOWN_WORD, PUBLISHED, **owner))
    write_word(make_page("barriere-melden"), SHOWN_WORD)
