"""Creates objects with one word in each of their texts, hidden in every possible way or visible."""

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
    """The word in every free text of the model: no text field added later is forgotten."""
    return {
        field.name: spell(field, word)
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and field.name not in {"sort_name", "absence", "url", "key", "sha256", "media_type"}
    }


def spell(field: models.Field, word: str) -> Any:
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


def tell(instance: models.Model, word: str, **fields: object) -> models.Model:
    """Writes the word into all texts of the object; its slug gets the object's key, to stay unique."""
    values = words(type(instance), word) | fields
    if "slug" in values and "slug" not in fields and not isinstance(instance, Page):
        values["slug"] = f"{values['slug']}-{instance.pk}"
    for unique in {"short_code", "name"} & values.keys() - fields.keys():
        values[unique] = f"{values[unique]}{'_' if unique == 'short_code' else ' '}{instance.pk}"
    if isinstance(instance, Page):
        values.pop("slug", None)
    return rewrite(instance, **values)


def file_of(word: str):
    """With pages that were read and pictured, the word in all of them."""
    stored_file = make_file(f"%PDF {word}".encode(), name=f"{word}.pdf", page_count=3)
    outline = [{"level": 1, "title": word, "page": 2}]
    make_reading(word, f"{word} als Text", stored_file=stored_file, title=word, language="de", outline=outline)
    for size in Rendition.Size.values:
        picture = make_file(f"RIFF {word}".encode(), f"{word}.webp", media_type="image/webp")
        make_rendition(stored_file, 1, size, picture=picture)
    return stored_file


def some_attachments(word: str, state: dict, **owner: object) -> Iterable[Attachment]:
    yield tell(make_attachment(stored_file=file_of(word), **state, **owner), word)
    yield tell(make_attachment(url=f"https://{word.lower()}.example/", **state, **owner), word)
    yield tell(make_attachment(absence="lost", **state, **owner), word)


def an_event(word: str, state: dict, **fields: object) -> Event:
    """Creates an event with everything that belongs to it, the word in all texts."""
    event = make_event(**state, image=make_picture(f"{word}.png"), image_alt="Saal", **fields)
    session = make_visible_session(event)
    speaker = make_speaker(photo=make_picture(f"{word}.png"), photo_alt="Porträt")
    tell(make_appearance(session, speaker), word)
    SpeakerLink.objects.create(speaker=speaker, label=word, url=f"https://{word.lower()}.example/")
    tell(speaker, word)
    list(some_attachments(word, PUBLISHED, event=event))
    list(some_attachments(word, PUBLISHED, session=session))
    tell(session, word)
    tell(event, word)
    return event


def hide_everything() -> None:
    """Hides objects in each possible way, beside and below visible objects."""
    seen = make_visible_session(topics=[make_topic()], municipalities=[make_municipality()])
    speaker, municipality, topic, series = make_speaker(), make_municipality(), make_topic(), make_series()
    make_appearance(seen, speaker)
    example = make_example([municipality], [topic])
    for number, state in enumerate(HIDDEN.values(), start=1):
        draft = an_event(
            HIDDEN_WORD, state, host=municipality, series=series, position=number, starts_on=date(2099, 1, number)
        )
        draft.topics.set([topic])
        unseen = draft.sessions.get()
        unseen.municipalities.set([municipality])
        unseen.topics.set([topic])
        make_appearance(unseen, speaker, organisation=HIDDEN_WORD)
        hidden_example = tell(make_example([municipality], [topic], **state), HIDDEN_WORD)
        seen.practice_examples.add(hidden_example)
        list(some_attachments(HIDDEN_WORD, PUBLISHED, practice_example=hidden_example))
        for owner in ({"event": seen.event}, {"session": seen}, {"practice_example": example}, {}):
            list(some_attachments(HIDDEN_WORD, state, **owner))
    rewrite(seen.event, series=series, position=2)
    hide_pages()
    hide_below(seen.event)
    hide_speaker(seen)
    hide_series(topic)


def hide_pages() -> None:
    for slug, state in zip(
        ["impressum", "datenschutz", "barrierefreiheit", "leichte-sprache"], HIDDEN.values(), strict=True
    ):
        tell(make_page(slug, **state), HIDDEN_WORD)


def hide_below(event: Event) -> None:
    """In the working version, in an older release, in a snapshot, in the notes of releases, in no programme at all."""
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
        hidden_speaker = tell(make_speaker(), HIDDEN_WORD)
        tell(make_appearance(session, hidden_speaker), HIDDEN_WORD)
        list(some_attachments(HIDDEN_WORD, PUBLISHED, session=session))
        tell(session, HIDDEN_WORD)


def hide_speaker(seen: Session) -> None:
    """Seen by name beside the session, all else is not."""
    speaker = make_speaker(is_listed=False, photo=make_picture(f"{HIDDEN_WORD}.png"), photo_alt="Porträt")
    make_appearance(seen, speaker)
    SpeakerLink.objects.create(speaker=speaker, label=HIDDEN_WORD, url="https://zitronenfalter.example/")
    tell(speaker, HIDDEN_WORD, first_name="Nur", last_name="Name", academic_title="")
    tell(make_speaker(), HIDDEN_WORD)


def hide_series(topic) -> None:
    series = tell(make_series(), HIDDEN_WORD)
    an_event(HIDDEN_WORD, DRAFT, series=series).topics.set([topic])


def show_everything() -> None:
    """Makes the same objects visible: the crawl must find the word of each."""
    event = an_event(SHOWN_WORD, PUBLISHED, series=tell(make_series(), SHOWN_WORD), starts_on=date(2018, 5, 1))
    example = tell(make_example(), SHOWN_WORD)
    for owner in ({"event": event}, {"session": event.sessions.get()}, {"practice_example": example}, {}):
        list(some_attachments(SHOWN_WORD, PUBLISHED, **owner))
    tell(make_page("barriere-melden"), SHOWN_WORD)
