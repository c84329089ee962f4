"""Every way of writing, with the public pages that show it; a new way is one line.

Keys are names of admin URLs, of admin actions as `<model>.<action>`, of inlines as `<model>.<inline's model>`, and of
commands; after a colon they say more. An empty list of pages means that visitors see nothing of it.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

from django.contrib.redirects.models import Redirect
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, models
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.invitations import links as upload_links
from events.models import Appearance, Attachment, Event, Series, Session
from events.programme.structure import working_version
from lernnetzwerk.reading.models import Reading
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker
from tests.administration import address, complaints, fill, fill_inline, form_on, from_list, superuser_client
from tests.factories import (
    DRAFT,
    make_appearance,
    make_attachment,
    make_day,
    make_event,
    make_example,
    make_file,
    make_film,
    make_municipality,
    make_page,
    make_reading,
    make_release,
    make_series,
    make_session,
    make_speaker,
    make_topic,
    make_track,
    make_user,
    numbers,
)
from tests.files.samples import pdf

NEW = "Neue Worte"
DECK = pdf(1)


BELOW_EVENT = ("events:calendar", "events:changes", "events:changes_feed")  # addresses of the event


class Portal:
    """A public object of each kind, and drafts, with an editor who may do everything.

    Ways change the rows, never these instances, which tests share.
    """

    def __init__(self) -> None:
        self.client = superuser_client()
        self.town, self.topic, self.series = make_municipality(), make_topic(), make_series()
        self.example, self.other_example = (make_example([self.town], [self.topic]) for _n in range(2))
        self.event = make_event((self.topic,), series=self.series, host=self.town, starts_on="2018-05-01")
        self.day = make_day(self.event, date="2018-05-01")
        links = {"municipalities": [self.town], "examples": [self.example], "topics": [self.topic]}
        self.session, self.other_session = make_session(self.event, **links), make_session(self.event)
        self.speaker, self.namesake = make_speaker(), make_speaker()
        self.appearance = make_appearance(self.session, self.speaker)
        make_appearance(self.other_session, self.namesake)
        self.attachment = make_attachment(session=self.session, stored_file=make_file(DECK), title="Folien")
        make_reading(stored_file=self.attachment.stored_file, state=Reading.State.FAILED)
        self.second = make_attachment(session=self.session, title="Handout", position=1)
        self.plan = make_attachment(event=self.event, kind="agenda", title="Plan", position=0)
        self.map = make_attachment(event=self.event, kind="agenda", title="Karte", position=1)
        self.of_example = [make_attachment(practice_example=self.example, title=title) for title in "AB"]
        self.film = make_film(session=self.session)
        make_track(self.film)
        self.page = make_page()
        make_release(self.event, [self.session, self.other_session])
        self.working = working_version(self.event)
        self.old_path = f"/alt-{next(numbers)}/"
        self.new_path = f"{self.old_path}neu/"
        self.redirect = Redirect.objects.create(site_id=1, old_path=self.old_path, new_path="/")
        self.other_event, self.empty_series = make_event(), make_series()
        self.empty_town, self.empty_topic = make_municipality(), make_topic()
        self.loose_session, self.loose_speaker = make_session(self.event), make_speaker()
        tomorrow = timezone.localdate() + timedelta(days=1)
        self.draft, self.draft_attachment = (
            make_event(starts_on=tomorrow, **DRAFT),
            make_attachment(session=self.session, **DRAFT),
        )
        self.draft_example, self.draft_page = make_example([self.town], **DRAFT), make_page("kontakt", **DRAFT)

    def address(self, page: str) -> str:
        """The path of a list by its URL name, or of an object by its name."""
        if page in BELOW_EVENT:
            return reverse(page, args=[self.event.slug])
        if page == "download":
            return self.attachment.get_download_url()
        known = getattr(self, page, None)
        return known.get_absolute_url() if isinstance(known, models.Model) else known or reverse(page)


Act = Callable[[Portal], object]


def saved(response: HttpResponseBase) -> HttpResponseBase:
    assert response.status_code == 302, complaints(response) if response.context else response.status_code
    return response


def change(name: str, /, **values: object) -> Act:
    """Changes fields on the form of an object."""
    return lambda portal: saved(fill(portal.client, address(getattr(portal, name)), **made(values)))


def made(values: dict) -> dict[str, object]:
    """Files are made for each request, as it reads them."""
    return {name: value() if callable(value) else value for name, value in values.items()}


def add(model: type[models.Model], /, **values: object) -> Act:
    return lambda portal: saved(fill(portal.client, address(model, "add"), **{**values, **related(portal, values)}))


def related(portal: Portal, values: dict) -> dict[str, object]:
    """The keys of objects that are given by their name in the portal as `@name`."""
    named = {field: value[1:] for field, value in values.items() if str(value).startswith("@")}
    known = {field: getattr(portal, name) for field, name in named.items()}
    return {field: getattr(value, "pk", value) for field, value in known.items()}


def click(name: str, word: str, query: str = "") -> Act:
    """Confirms a page of an object, as it is."""

    def confirm(portal: Portal) -> object:
        page = f"{address(getattr(portal, name), word)}{query}"
        return saved(portal.client.post(page, form_on(portal.client.get(page))))

    return confirm


def select(action: str, *names: str) -> Act:
    """Runs an admin action on objects, and confirms it."""

    def act(portal: Portal) -> object:
        rows = [getattr(portal, name) for name in names]
        return saved(from_list(portal.client, type(rows[0]), action, [row.pk for row in rows]))

    return act


def arrange(name: str) -> Act:
    """Turns an order round."""

    def turn(portal: Portal) -> object:
        page = address(getattr(portal, name), "ordnen")
        sent = form_on(portal.client.get(page))
        return saved(portal.client.post(page, {**sent, "zeile": sent["zeile"][::-1]}))

    return turn


def post(name: str, word: str, /, **values: object) -> Act:
    return lambda portal: portal.client.post(
        address(getattr(portal, name), word), {**made(values), **related(portal, values)}
    )


def upload(name: str, word: str) -> Act:
    return post(name, word, datei=lambda: SimpleUploadedFile("Neu.pdf", pdf(2)))


def assign(name: str) -> Act:
    """Uploads a file, assigns it to the session and publishes it."""

    def place(portal: Portal) -> object:
        upload(name, "ablegen")(portal)
        click_on = address(getattr(portal, name), "zuordnen")
        sent = form_on(portal.client.get(address(getattr(portal, name), "hochladen")))
        new = Attachment.objects.latest("pk")
        chosen = {f"m{new.pk}-session": portal.session.pk} if name == "event" else {}
        saved(portal.client.post(click_on, {**sent, **chosen}))
        return Attachment.objects.filter(pk=new.pk, session=portal.session, state="draft").get()

    return place


def give_reason(name: str) -> Act:
    def enter(portal: Portal) -> object:
        return saved(post(name, "begruenden", session=portal.other_session.pk, grund="lost")(portal))

    return enter


def take_reason_back(name: str) -> Act:
    def delete(portal: Portal) -> object:
        reason = make_attachment(session=portal.other_session, absence="lost", **DRAFT)
        return saved(post(name, "zuruecknehmen", attachment=reason.pk)(portal))

    return delete


def in_editor(portal: Portal) -> object:
    """Renames a public session in the programme editor."""
    page = address(portal.working, "zeilen")
    state = portal.client.get(page).json()
    state["rows"][0]["title"] = NEW
    body = json.dumps({"rows": state["rows"], "seen_at": state["seen_at"]})
    response = portal.client.post(page, body, content_type="application/json")
    assert response.status_code == 200, response.content
    return response


def release(portal: Portal) -> object:
    working_slot = portal.working.slots.first()
    type(working_slot).objects.filter(pk=working_slot.pk).update(room=NEW)
    page = address(portal.working, "freigeben")
    sent = {**form_on(portal.client.get(page)), "is_final": "endgueltig", "is_read": "on"}
    return saved(portal.client.post(page, sent))


def merge(portal: Portal) -> object:
    return click("speaker", "zusammenfuehren", f"?mit={portal.namesake.pk}")(portal)


def accept_finding(portal: Portal) -> object:
    return saved(post("attachment", "hinweise", hinweis="unread", grund="Ist richtig.")(portal))


def hand_in(portal: Portal) -> object:
    """A speaker uploads a file by a link and releases it; an editor publishes it."""
    link = f"/hochladen/{upload_links.token(upload_links.create(portal.session, make_user(), days=1))}/"
    speaker = Client()
    saved(speaker.post(link, {"datei": SimpleUploadedFile("Neu.pdf", pdf(2))}))
    saved(speaker.post(f"{link}freigeben/", {"licence": "cc-by-4.0", "name": "Ada", "agreed": "on"}))
    new = Attachment.objects.latest("pk")
    return saved(from_list(portal.client, Attachment, "publish_selected", [new.pk]))


def run(command: str, **options: object) -> Act:
    return lambda portal: call_command(command, verbosity=0, stdout=StringIO(), **options)


def duplicate(portal: Portal) -> object:
    page = address(portal.event, "vorlage")
    return saved(portal.client.post(page, {**form_on(portal.client.get(page)), "title": NEW}))


def save(portal: Portal) -> None:
    session = Session.objects.get(pk=portal.session.pk)
    session.title = NEW
    session.save()


def sql(portal: Portal) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Event._meta.db_table} SET motto = %s WHERE id = %s", [NEW, portal.event.pk])


def in_bulk(portal: Portal) -> None:
    event = Event.objects.get(pk=portal.event.pk)
    event.motto = NEW
    Event.objects.bulk_update([event], ["motto"])


def many_at_once(portal: Portal) -> None:
    Appearance.objects.bulk_create([Appearance(session=portal.session, speaker=portal.namesake)])


HOME, LIST_OF_EVENTS, LIBRARY, PEOPLE = "home", "events:list", "events:attachment_list", "speakers:list"
TOWNS, EXAMPLES, TOPICS, SITEMAP = (
    "practice:municipality_list",
    "practice:example_list",
    "practice:topic_list",
    "sitemap",
)
LINK = {"links-TOTAL_FORMS": 1, **fill_inline("links", 0, label=NEW, url="https://ort.example/", position=0)}
TOWN = {"name": NEW, "kind": "city", "key": "05999999", "region": "arnsberg"}
SPOKEN = {"session": "@session", "speaker": "@namesake", "role": "talk"}
DAYS = {"starts_on": "2018-05-02", "ends_on": "2018-05-02"}

WAYS: dict[str, tuple[tuple[str, ...], Act]] = {
    # Forms
    "events_event_add": ((), add(Event, title=NEW)),
    "events_event_change": (("event", "session", LIST_OF_EVENTS), change("event", title=NEW)),
    "events_event_change: slug": (("event", "session", SITEMAP), change("event", slug="neue-adresse")),
    "events_event_delete": (("other_event", LIST_OF_EVENTS, SITEMAP), click("other_event", "delete")),
    "events.Event.EventDay": (("event",), change("event", **DAYS, **fill_inline("days", 0, date="2018-05-02"))),
    "events.Event.Attachment": (("event", "plan"), change("event", **fill_inline("attachments", 0, title=NEW))),
    "events_series_add": ((), add(Series, name=NEW)),
    "events_series_change": (("series", "event"), change("series", name=NEW)),
    "events_series_delete": ((), click("empty_series", "delete")),
    "events_session_add": ((), add(Session, event="@event", kind="talk", title=NEW)),
    "events_session_change": (("session", "event", "speaker"), change("session", title=NEW)),
    "events_session_delete": ((), click("loose_session", "delete")),
    "events.Session.Appearance": (
        ("session", "event", "speaker"),
        change("session", **fill_inline("appearances", 0, organisation=NEW)),
    ),
    "events.Session.Attachment": (
        ("session", "attachment", LIBRARY),
        change("session", **fill_inline("attachments", 0, title=NEW)),
    ),
    "events_appearance_add": (
        ("session", "namesake"),
        add(Appearance, **SPOKEN),
    ),
    "events_appearance_change": (("session", "speaker"), change("appearance", organisation=NEW)),
    "events_appearance_delete": (("session", "speaker", PEOPLE), click("appearance", "delete")),
    "events_attachment_add": ((), add(Attachment, kind="slides", title=NEW, url="https://ort.example/")),
    "events_attachment_change": (("attachment", "session", LIBRARY), change("attachment", title=NEW)),
    "events_attachment_change: other file": (
        ("attachment", "session"),
        change("attachment", stored_file=lambda: SimpleUploadedFile("Neu.pdf", pdf(2))),
    ),
    "events_attachment_delete": (("second", "session", LIBRARY), click("second", "delete")),
    "events.Attachment.Track": (("film",), change("film", **fill_inline("tracks", 0, DELETE="on"))),
    "events_programme_change": ((), change("working", note=NEW)),
    "events.Programme.Slot": ((), change("working", **fill_inline("slots", 0, room=NEW))),
    "speakers_speaker_add": ((), add(Speaker, first_name="Neue", last_name="Person")),
    "speakers_speaker_change": (("speaker", "session", PEOPLE), change("speaker", last_name=NEW)),
    "speakers_speaker_delete": ((), click("loose_speaker", "delete")),
    "speakers.Speaker.SpeakerLink": (
        ("speaker",),
        change(
            "speaker",
            **{"links-TOTAL_FORMS": 1},
            **fill_inline("links", 0, label=NEW, url="https://ort.example/", position=0),
        ),
    ),
    "practice_municipality_add": (
        (TOWNS, SITEMAP),
        add(Municipality, **TOWN),
    ),
    "practice_municipality_change": (("town", "event", TOWNS), change("town", name=NEW)),
    "practice_municipality_delete": (("empty_town", TOWNS, SITEMAP), click("empty_town", "delete")),
    "practice_topic_add": ((TOPICS,), add(Topic, name=NEW, kind="field")),
    "practice_topic_change": (("topic", "event", TOPICS), change("topic", name=NEW)),
    "practice_topic_delete": (("empty_topic", TOPICS), click("empty_topic", "delete")),
    "practice_practiceexample_add": ((), add(PracticeExample, title=NEW, summary=NEW, municipalities="@town")),
    "practice_practiceexample_change": (("example", "town", EXAMPLES), change("example", title=NEW)),
    "practice_practiceexample_delete": (("other_example", "town", EXAMPLES), click("other_example", "delete")),
    "pages_page_change": (("page",), change("page", title=NEW)),
    "pages_page_delete": (("page", SITEMAP), click("page", "delete")),
    "redirects_redirect_add": (
        ("new_path",),
        add(Redirect, site="1", old_path="@new_path", new_path="/"),
    ),
    "redirects_redirect_change": (("old_path",), change("redirect", new_path="/themen/")),
    "redirects_redirect_delete": (("old_path",), click("redirect", "delete")),
    # Pages and buttons of one object
    "events_event_vorlegen": ((), click("draft", "vorlegen")),
    "events_event_veroeffentlichen": (("draft", LIST_OF_EVENTS, HOME, SITEMAP), click("draft", "veroeffentlichen")),
    "events_event_zurueckziehen": (("event", "session", LIST_OF_EVENTS, LIBRARY), click("event", "zurueckziehen")),
    "events_event_vorlage": ((), duplicate),
    "events_event_ordnen": (("event",), arrange("event")),
    "events_event_hochladen": ((), upload("event", "hochladen")),
    "events_event_ablegen": ((), upload("event", "ablegen")),
    "events_event_zuordnen": ((), assign("event")),
    "events_event_begruenden": ((), give_reason("event")),
    "events_event_zuruecknehmen": ((), take_reason_back("event")),
    "events_session_ordnen": (("session",), arrange("session")),
    "events_session_hochladen": ((), upload("session", "hochladen")),
    "events_session_ablegen": ((), upload("session", "ablegen")),
    "events_session_zuordnen": ((), assign("session")),
    "events_session_begruenden": ((), give_reason("other_session")),
    "events_session_zuruecknehmen": ((), take_reason_back("other_session")),
    "events_attachment_vorlegen": ((), click("draft_attachment", "vorlegen")),
    "events_attachment_veroeffentlichen": (
        ("draft_attachment", "session", LIBRARY, HOME),
        click("draft_attachment", "veroeffentlichen"),
    ),
    "events_attachment_zurueckziehen": (("attachment", "session", LIBRARY), click("attachment", "zurueckziehen")),
    "events_attachment_zurueckziehen: download": (("download",), click("attachment", "zurueckziehen")),
    "events_event_zurueckziehen: download": (("download",), click("event", "zurueckziehen")),
    "events_attachment_hinweise": ((), accept_finding),
    "events_programme_zeilen": (("session", "event"), in_editor),
    "events_programme_freigeben": (("event", "events:calendar", "events:changes", "events:changes_feed"), release),
    "speakers_speaker_zusammenfuehren": (("speaker", "namesake", "other_session", PEOPLE), merge),
    "practice_practiceexample_ordnen": (("example",), arrange("example")),
    "practice_practiceexample_vorlegen": ((), click("draft_example", "vorlegen")),
    "practice_practiceexample_veroeffentlichen": (
        ("draft_example", "town", EXAMPLES),
        click("draft_example", "veroeffentlichen"),
    ),
    "practice_practiceexample_zurueckziehen": (("example", "town", "session"), click("example", "zurueckziehen")),
    "pages_page_vorlegen": ((), click("draft_page", "vorlegen")),
    "pages_page_veroeffentlichen": (("draft_page", SITEMAP), click("draft_page", "veroeffentlichen")),
    "pages_page_zurueckziehen": (("page", SITEMAP), click("page", "zurueckziehen")),
    # Actions of lists
    "Event.publish_selected": (("draft", LIST_OF_EVENTS, "events:events_feed"), select("publish_selected", "draft")),
    "Event.withdraw_selected": (("event", LIST_OF_EVENTS), select("withdraw_selected", "event")),
    "Event.submit_selected": ((), select("submit_selected", "draft")),
    "Event.delete_selected": (("other_event", LIST_OF_EVENTS), select("delete_selected", "other_event")),
    "Attachment.publish_selected": (("draft_attachment", "session"), select("publish_selected", "draft_attachment")),
    "Attachment.withdraw_selected": (("attachment", "session"), select("withdraw_selected", "attachment")),
    "Attachment.submit_selected": ((), select("submit_selected", "draft_attachment")),
    "Attachment.delete_selected": (("second", "session"), select("delete_selected", "second")),
    "PracticeExample.publish_selected": (("draft_example", "town"), select("publish_selected", "draft_example")),
    "PracticeExample.withdraw_selected": (("example", "town"), select("withdraw_selected", "example")),
    "PracticeExample.submit_selected": ((), select("submit_selected", "draft_example")),
    "PracticeExample.delete_selected": (("other_example", "town"), select("delete_selected", "other_example")),
    "Page.publish_selected": (("draft_page",), select("publish_selected", "draft_page")),
    "Page.withdraw_selected": (("page",), select("withdraw_selected", "page")),
    "Page.submit_selected": ((), select("submit_selected", "draft_page")),
    "Page.delete_selected": (("page",), select("delete_selected", "page")),
    "Series.delete_selected": ((), select("delete_selected", "empty_series")),
    "Session.delete_selected": ((), select("delete_selected", "loose_session")),
    "Appearance.delete_selected": (("session", "speaker"), select("delete_selected", "appearance")),
    "Speaker.delete_selected": ((), select("delete_selected", "loose_speaker")),
    "Speaker.merge_selected": ((), select("merge_selected", "speaker", "namesake")),
    "Municipality.delete_selected": (("empty_town", TOWNS), select("delete_selected", "empty_town")),
    "Topic.delete_selected": (("empty_topic", TOPICS), select("delete_selected", "empty_topic")),
    "Redirect.delete_selected": (("old_path",), select("delete_selected", "redirect")),
    # By others than editors
    "events:invitation": (("session", LIBRARY), hand_in),
    # Commands
    "read_files": (("attachment",), run("read_files", again=True)),
    "municipalities": ((TOWNS, SITEMAP), run("municipalities")),
    # Python and SQL
    "save": (("session", "event"), save),
    "update": (("event",), lambda portal: Event.objects.filter(pk=portal.event.pk).update(motto=NEW)),
    "bulk_update": (("event",), in_bulk),
    "bulk_create": (("session", "namesake"), many_at_once),
    "delete": (("session",), lambda portal: Appearance.objects.filter(session=portal.session).delete()),
    "many to many": (("event", "empty_topic"), lambda portal: portal.event.topics.add(portal.empty_topic)),
    "SQL": (("event",), sql),
}

# How other names end, and why they write nothing that visitors see.
NOTHING_PUBLIC = {
    "_history": "reads",
    "_vorschau": "reads",
    "_vorschau-teil": "reads",
    "_vorschau-links": "reads",
    "_vorschau-link-neu": "preview links",
    "_vorschau-link-zurueckziehen": "preview links",
    "_bild": "reads",
    "_datei": "reads",
    "_fassung": "reads",
    "_was-fehlt": "reads",
    "_programm": "creates an empty working version",
    "_editor": "reads; saves through `zeilen`",
    "_hinweise": "reads; of an attachment it is in the table",
    "_personen": "reads",
    "_kommunen": "reads",
    "_namen": "reads",
    "_abgleich": "reads",
    "_upload-links": "upload links",
    "_upload-link-zurueckziehen": "upload links",
    "events_programme_add": "refused",
    "events_programme_delete": "refused",
    "pages_page_add": "each page has been there since the first migration",
}
for _model in ("auth_user", "auth_group", "barriers_barrierreport", "files_storedfile", "search_missedquery"):
    NOTHING_PUBLIC |= {f"{_model}_{word}": "editors only" for word in ("add", "change", "delete", "password_change")}
NOTHING_PUBLIC |= {f"{name}.delete_selected": "editors only" for name in ("User", "Group", "BarrierReport")}
NOTHING_PUBLIC |= {f"search_synonyms_{word}": "searches are not kept" for word in ("add", "change", "delete")}
NOTHING_PUBLIC |= {"Synonyms.delete_selected": "searches are not kept"}
NOTHING_PUBLIC |= {
    "rebuild_index": "searches are not kept",
    "check_consistency": "reads",
    "gc_media": "deletes files that no row names",
    "maintenance": "runs jobs; what they write is in other tables, or like `read_files`",
    "tick": "as maintenance",
    "demo": "saves rows as everything else does, on an empty portal",
}
