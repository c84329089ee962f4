"""Merging two entries of one speaker: the comparison comes first, and the merge is atomic and needs permissions."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lernnetzwerk.slugs.models import TakenSlug
from speakers.merging import FIELD_GROUPS, SINGLE_FIELDS, Merger, Outdated, likely_duplicates, merge
from speakers.models import Speaker, SpeakerLink
from tests.administration import EVERYONE, address, form_on, is_turned_away, nothing_changes, sign_in, signed_in
from tests.concurrency import at_once
from tests.factories import (
    DRAFT,
    make_appearance,
    make_event,
    make_picture,
    make_session,
    make_speaker,
    make_visible_session,
    make_visible_speaker,
    rewrite,
)
from tests.reading import document, links, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return make_speaker(first_name="Kai", last_name="Marquardsen", organisation="FH Kiel")


@pytest.fixture
def absorbed():
    return make_speaker(first_name="K.", last_name="Marquardsen", academic_title="Prof. Dr.", biography="<p>Lehrt.</p>")


@pytest.fixture
def editor(client):
    sign_in(client, "redaktion")
    return client


def page(kept: Speaker, absorbed: Speaker | str) -> str:
    return f"{address(kept, 'zusammenfuehren')}?mit={getattr(absorbed, 'pk', absorbed)}"


def confirm(client, kept: Speaker, absorbed: Speaker):
    return client.post(page(kept, absorbed), form_on(client.get(page(kept, absorbed))))


# --- merged fields ----------------------------------------------------------------------------------------------------


def test_appearances_and_links_move_to_the_kept_speaker(kept, absorbed):
    appearance = make_appearance(speaker=absorbed, academic_title="Dr.", organisation="Uni Göttingen")
    link = SpeakerLink.objects.create(speaker=absorbed, label="Profil", url="https://fh.example/profil")

    merge(kept, absorbed)

    appearance.refresh_from_db()
    link.refresh_from_db()
    assert (appearance.speaker, link.speaker) == (kept, kept)
    assert (appearance.academic_title, appearance.organisation) == ("Dr.", "Uni Göttingen")
    assert list(Speaker.objects.all()) == [kept]


def test_empty_fields_are_filled_and_others_are_kept(kept, absorbed):
    merge(kept, absorbed)

    kept.refresh_from_db()
    assert (kept.academic_title, kept.first_name, kept.biography) == ("Prof. Dr.", "Kai", "<p>Lehrt.</p>")


@pytest.mark.parametrize(
    ("own", "other", "after"),
    [
        ({}, {"unit": "Amt", "organisation": "Stadt", "place": "Hamm"}, ("Amt", "Stadt", "Hamm")),
        ({"organisation": "Stadt"}, {"unit": "Amt", "organisation": "Stadt"}, ("Amt", "Stadt", "")),
        ({"organisation": "Stadt"}, {"unit": "Lehrstuhl", "organisation": "Uni"}, ("", "Stadt", "")),
        ({"unit": "Amt"}, {"organisation": "Uni", "place": "Hamm"}, ("Amt", "", "")),
    ],
    ids=["nothing", "part of the same", "another house", "two halves"],
)
def test_an_affiliation_is_never_combined_from_two_speakers(own, other, after):
    kept = make_speaker(**own)

    merge(kept, make_speaker(**other))

    kept.refresh_from_db()
    assert (kept.unit, kept.organisation, kept.place) == after


def test_a_photo_is_taken_over_only_with_its_description_and_credit(kept, absorbed):
    photo = {"photo": make_picture(), "photo_alt": "Lächelt", "photo_credit": "Foto: FH", "photo_focus": "top"}
    other = make_speaker(**photo)
    merge(kept, other)
    kept.refresh_from_db()
    assert (kept.photo, kept.photo_alt, kept.photo_credit, kept.photo_focus) == tuple(photo.values())

    with_own = make_speaker(photo=make_picture(), photo_alt="Ernst")
    merge(with_own, kept)
    with_own.refresh_from_db()
    assert (with_own.photo_alt, with_own.photo_credit, with_own.photo_focus) == ("Ernst", "", "center")


def test_a_decorative_photo_stays_decorative():
    kept = make_speaker()
    merge(kept, make_speaker(photo=make_picture(), photo_is_decorative=True))

    kept.refresh_from_db()
    assert (kept.photo_alt, kept.photo_is_decorative, kept.photo_focus) == ("", True, "center")


def test_the_comparison_describes_a_photo_in_words():
    absorbed = make_speaker(photo=make_picture("gesicht.png"), photo_is_decorative=True, photo_focus="top-left")

    details = {
        detail.name: (str(detail.kept), str(detail.absorbed)) for detail in Merger(make_speaker(), absorbed).details
    }

    assert {name: details[name] for name in details if name.startswith("photo")} == {
        "photo": ("", "gesicht.png"),
        "photo_is_decorative": ("", "ja"),
        "photo_focus": ("", "oben links"),
    }


def test_every_field_of_a_speaker_is_handled():
    thought_of = {*SINGLE_FIELDS, *FIELD_GROUPS[0], *FIELD_GROUPS[1], "is_listed", "is_sample"}
    by_itself = {"id", "uuid", "slug", "sort_name", "folded", "created_at", "changed_at"}

    assert {field.name for field in Speaker._meta.get_fields() if not field.auto_created or field.concrete} == (
        thought_of | by_itself
    )


def test_an_unlisted_speaker_stays_unlisted(kept):
    merge(kept, make_speaker(is_listed=False))

    kept.refresh_from_db()
    assert kept.is_listed is False


@pytest.mark.parametrize("fuller", ["kept", "absorbed", "neither"])
def test_the_fuller_of_two_appearances_in_one_session_is_kept(kept, absorbed, fuller):
    session = make_session()
    own = make_appearance(session, kept, organisation="FH Kiel", place="Kiel" if fuller == "kept" else "")
    other = make_appearance(session, absorbed, organisation="Uni", place="Berlin" if fuller == "absorbed" else "")
    chairing = make_appearance(session, absorbed, role="chair")

    shown = Merger(kept, absorbed).collisions
    merge(kept, absorbed)

    stays, goes = (other, own) if fuller == "absorbed" else (own, other)
    assert [(one.stays, one.goes) for one in shown] == [(stays, goes)]
    assert set(session.appearances.filter(speaker=kept)) == {stays, chairing}


def test_the_same_link_is_kept_once(kept, absorbed):
    for speaker in (kept, absorbed):
        SpeakerLink.objects.create(speaker=speaker, label="Profil", url="https://fh.example/profil")

    merge(kept, absorbed)

    assert kept.links.count() == 1


def test_every_old_address_redirects_to_the_kept_speaker(client, kept):
    older = make_speaker(first_name="Karl", last_name="Älter")
    absorbed = make_visible_speaker(first_name="K.", last_name="Marquard")
    merge(absorbed, older)

    merge(kept, absorbed)

    for slug in ("karl-aelter", "k-marquard"):
        response = client.get(f"/personen/{slug}/")
        assert (response.status_code, response["Location"]) == (302, "/personen/kai-marquardsen/")
    assert not TakenSlug.objects.filter(scope="speakers.speaker", object_id=absorbed.pk).exists()


def test_a_sample_speaker_cannot_be_merged_with_a_real_one(kept):
    sample = make_speaker(is_sample=True)

    with nothing_changes(), pytest.raises(ValidationError, match="erfundenes Beispiel"):
        merge(kept, sample)


def test_a_speaker_cannot_be_merged_with_itself(kept):
    with nothing_changes(), pytest.raises(ValidationError, match="dieselbe Person"):
        merge(kept, kept)


def test_a_failed_merge_changes_nothing(kept, absorbed, monkeypatch):
    make_appearance(speaker=absorbed)

    def fail(self, *args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Speaker, "save", fail)
    with nothing_changes(), pytest.raises(RuntimeError):
        merge(kept, absorbed)


def test_a_merge_of_an_outdated_comparison_is_refused(kept, absorbed):
    seen = Merger(kept, absorbed).seen
    make_appearance(speaker=absorbed)

    with nothing_changes(), pytest.raises(Outdated):
        merge(kept, absorbed, seen)


# --- suggestions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_name", "last_name", "is_offered"),
    [
        ("Jörg", "Müller", True),
        ("J.", "Mueller", True),
        ("Joerg", "Muller", True),
        ("", "Müller", True),
        ("Anna", "Müller", False),
        ("Jörg", "Müller-Lüdenscheid", False),
        ("Jörg", "Meier", False),
    ],
)
def test_speakers_with_equal_last_and_similar_first_names_are_suggested(first_name, last_name, is_offered):
    speaker = make_speaker(first_name="Jörg", last_name="Müller")
    other = make_speaker(first_name=first_name, last_name=last_name)

    assert likely_duplicates(speaker) == [other] * is_offered


# --- in the administration --------------------------------------------------------------------------------------------


def test_the_form_of_a_speaker_leads_to_the_comparison(editor, kept, absorbed):
    session = make_session(make_event(title="Tagung", **DRAFT), title="Armut")
    make_appearance(session, absorbed, organisation="Uni Göttingen")
    choosing = address(kept, "zusammenfuehren")

    assert choosing in links(document(editor.get(address(kept))))
    assert page(kept, absorbed) in links(document(editor.get(choosing)))
    shown = text(document(editor.get(page(kept, absorbed))))
    assert "Mitwirkungen, übernommen: 1 Armut – Tagung; Vortrag als Kai Marquardsen, Uni Göttingen" not in shown
    assert "Mitwirkungen, übernommen: 1 Armut – Tagung; Vortrag als K. Marquardsen, Uni Göttingen" in shown
    assert "akademischer Titel – Prof. Dr. wird übernommen" in shown
    assert "/personen/k-marquardsen/" in shown
    assert page(absorbed, kept) in links(document(editor.get(page(kept, absorbed))))

    response = confirm(editor, kept, absorbed)

    assert (response.status_code, response["Location"]) == (302, address(kept))
    assert session.appearances.get().speaker == kept
    assert [(entry.object_id, entry.action_flag) for entry in LogEntry.objects.order_by("action_flag")] == [
        (str(kept.pk), 2),
        (str(absorbed.pk), 3),
    ]
    message = "„Prof. Dr. Kai Marquardsen“"
    assert (
        LogEntry.objects.get(action_flag=2).get_change_message()
        == f"„Prof. Dr. K. Marquardsen“ wurde mit {message} zusammengeführt."
    )


def test_opening_the_comparison_changes_nothing(editor, kept, absorbed):
    with nothing_changes():
        editor.get(address(kept, "zusammenfuehren"))
        editor.get(page(kept, absorbed))


@pytest.mark.parametrize("what", ["appearance", "session", "public"])
def test_changes_made_meanwhile_are_shown_again(what, client, kept, absorbed):
    editor = signed_in("freigabe")
    session = make_visible_session(make_event(**DRAFT), title="Alt")
    make_appearance(session, absorbed, organisation="Ganz neu")
    sent = form_on(editor.get(page(kept, absorbed)))
    if what == "appearance":
        make_appearance(speaker=absorbed, organisation="Noch neuer")
    elif what == "session":
        rewrite(session, title="Neu")
    else:
        rewrite(session.event, state="published")

    with nothing_changes():
        response = editor.post(page(kept, absorbed), sent)

    assert response.status_code == 200
    assert "Die Angaben haben sich inzwischen geändert." in text(document(response))
    assert {"appearance": "Noch neuer", "session": "Neu"}.get(what, "Ganz neu") in text(document(response))
    assert confirm(editor, kept, absorbed).status_code == 302


def test_sending_it_twice_merges_once(editor, kept, absorbed):
    sent = form_on(editor.get(page(kept, absorbed)))
    editor.post(page(kept, absorbed), sent)

    with nothing_changes():
        response = editor.post(page(kept, absorbed), sent)

    assert (response.status_code, response.url) == (302, address(kept))


@pytest.mark.parametrize("junk", ["", "x", "-1", "0", "9" * 30, "9" * 500, "1_0", "ä", "{pk}"])
def test_a_junk_speaker_is_answered_with_a_message(editor, kept, junk):
    with nothing_changes():
        responses = [call(page(kept, junk.format(pk=kept.pk))) for call in (editor.get, editor.post)]

    for response in responses:
        assert response.status_code == 200
        assert len(response.context["form"].errors["mit"]) == 1


@pytest.mark.parametrize("seen", ["", "x", "\x00", "9" * 100_000])
def test_a_wrong_version_field_changes_nothing(editor, kept, absorbed, seen):
    with nothing_changes():
        assert editor.post(page(kept, absorbed), {"seen": seen}).status_code in {200, 400}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("public", ["neither", "kept", "absorbed"])
def test_merging_needs_permission_to_change_and_delete_the_speakers(client, who, public):
    kept, absorbed = make_speaker(), make_speaker()
    if public != "neither":
        make_appearance(make_visible_session(), {"kept": kept, "absorbed": absorbed}[public])
    sign_in(client, who)
    seen = Merger(kept, absorbed).seen
    may = who in {"freigabe", "verwaltung"} or (who == "redaktion" and public == "neither")

    response = client.post(page(kept, absorbed), {"seen": seen})

    assert is_turned_away(response) is not may
    assert Speaker.objects.count() == (1 if may else 2)
    assert is_turned_away(client.get(page(make_speaker(), kept))) is not (
        may or (who == "redaktion" and public == "absorbed")
    )


@pytest.mark.parametrize(
    "missing", ["delete_speaker", "change_speaker", "publish_speaker", "change_appearance", "publish_appearance"]
)
def test_each_permission_is_needed(client, kept, missing):
    absorbed = make_visible_speaker()
    user = User.objects.create_user("teil", is_staff=True)
    user.user_permissions.set(Permission.objects.exclude(codename=missing))
    client.force_login(user)

    with nothing_changes():
        assert client.post(page(kept, absorbed), {"seen": Merger(kept, absorbed).seen}).status_code == 403


def test_two_selected_speakers_lead_to_their_comparison(editor, kept, absorbed):
    chosen = {"action": "merge_selected", "_selected_action": [absorbed.pk, kept.pk]}

    assert editor.post(address(Speaker, "changelist"), chosen)["Location"] == page(kept, absorbed)
    third = make_speaker()
    with nothing_changes():
        for speakers in ([kept.pk], [kept.pk, absorbed.pk, third.pk]):
            response = editor.post(
                address(Speaker, "changelist"), {**chosen, "_selected_action": speakers}, follow=True
            )
            assert "Bitte genau zwei Personen ankreuzen." in text(document(response))


def test_markup_in_names_stays_text(editor):
    evil = "<script>alert(1)</script>"
    kept, absorbed = (make_speaker(last_name=evil, organisation=evil, biography=evil) for _ in range(2))
    make_appearance(speaker=absorbed, organisation=evil)

    for response in (editor.get(address(kept, "zusammenfuehren")), editor.get(page(kept, absorbed))):
        assert "<script>alert" not in response.content.decode()


def test_the_page_needs_as_many_queries_for_thirty_appearances_as_for_one(editor, kept, absorbed):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            editor.get(page(kept, absorbed))
        return len(found)

    make_appearance(make_session(make_event(**DRAFT), title=""), absorbed)
    editor.get(page(kept, absorbed))
    one = queries()
    for _ in range(10):
        make_appearance(make_session(make_event(**DRAFT), title=""), absorbed)

    assert queries() == one


# --- concurrent changes -----------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_one_of_two_concurrent_merges_in_both_directions_is_refused(kept, absorbed):
    make_appearance(speaker=kept)
    make_appearance(speaker=absorbed)

    errors = at_once(lambda: merge(kept, absorbed), lambda: merge(absorbed, kept))

    assert [type(error) for error in errors] == [Outdated]
    assert Speaker.objects.get().appearances.count() == 2
