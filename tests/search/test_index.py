"""The index follows what is saved, released, published, withdrawn and read, and nothing hidden leaves it."""

from datetime import datetime, timedelta
from io import StringIO
from threading import Thread
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from lernnetzwerk.search import indexing, maintenance
from lernnetzwerk.search.following import suspended
from lernnetzwerk.search.indexing import RebuildRunningError, rebuild, update
from lernnetzwerk.search.models import Build, Item, KnownWord, Passage, Synonyms
from lernnetzwerk.search.naming import suggestions
from lernnetzwerk.search.query import Query
from lernnetzwerk.search.results import Results
from lernnetzwerk.search.searching import find
from lernnetzwerk.visibility.models import publish, withdraw
from practice.models import PracticeExample
from tests.canary import HIDDEN_WORD, SHOWN_WORD, hide_everything, show_everything
from tests.factories import (
    DRAFT,
    FAR_AWAY,
    PUBLISHED,
    SCHEDULED,
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_page,
    make_read_file,
    make_reading,
    make_speaker,
    make_topic,
    make_visible_session,
    rewrite,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]

HOSTILE = [
    '"' * 50_000,
    "a" * 100_000,
    '"a" -"b' * 9_000,
    "\ud800",
    "\0",
    "\0\ud800😀\u202eא",
    "%",
    "_",
    "\\",
    "-",
    '-"',
]
HOSTILE += [one * 100_000 for one in ("😀", "\u202eא", "\ud800", "ä-", "§ 1a ", "a\u0301", "SGB II ")]
HOSTILE += ["([{<'\"„“»«", '")(' * 9_000, "-" * 100_000, ("Präventions" * 40 + " ") * 200]
HOSTILE += [
    "' OR 1=1 --",
    "a AND b OR NOT c NEAR d",
    "a:* & !b | (c <-> d)",
    "^a* {b c}:d",
    "* ( ) & | !",
    "\u0301" * 999,
]


def titles(text: str, at: datetime | None = None) -> list[str]:
    return ["".join(part.text for part in hit.title) for hit in find(Query(text), at).hits]


def everything(results: Results) -> str:
    return repr([results.hits, results.facets, results.card, results.is_corrected and results.searched])


# --- following --------------------------------------------------------------------------------------------------------


def test_a_saved_example_is_found_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        example = make_example(title="Wanderausstellung")
        assert titles("Wanderausstellung") == []
    assert titles("Wanderausstellung") == ["Wanderausstellung"]

    example.title = "Lesereise"
    with django_capture_on_commit_callbacks(execute=True):
        example.save()

    assert (titles("Wanderausstellung"), titles("Lesereise")) == ([], ["Lesereise"])


def test_publishing_and_withdrawing_are_followed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        example = make_example(title="Wanderausstellung", **DRAFT)
    assert not Item.objects.filter(title="Wanderausstellung").exists()

    with django_capture_on_commit_callbacks(execute=True):
        publish([example])
    assert titles("Wanderausstellung") == ["Wanderausstellung"]

    with django_capture_on_commit_callbacks(execute=True):
        withdraw([example])
    assert titles("Wanderausstellung") == []
    assert not Passage.objects.filter(text__contains="Wanderausstellung").exists()


def test_what_depends_on_an_event_follows_it(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        event = make_event(**DRAFT)
        session = make_visible_session(event, title="Wanderausstellung")
        make_attachment(session=session, title="Wanderkarte", stored_file=make_read_file("Wanderschuhe"))
        make_appearance(session, make_speaker(last_name="Wandersmann"))
    assert [titles(word) for word in ("Wanderausstellung", "Wanderschuhe", "Wandersmann")] == [[], [], []]

    with django_capture_on_commit_callbacks(execute=True):
        publish([event])
    assert titles("Wanderausstellung")[0] == "Wanderausstellung"
    assert titles("Wanderschuhe") == ["Wanderkarte"]
    assert "Ada Wandersmann" in titles("Wandersmann")

    with django_capture_on_commit_callbacks(execute=True):
        withdraw([event])
    assert [titles(word) for word in ("Wanderausstellung", "Wanderschuhe", "Wandersmann")] == [[], [], []]


def test_a_withdrawn_row_is_hidden_even_if_the_index_was_not_told(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        example = make_example(title="Wanderausstellung")

        event = make_event(title="Wandertag")
    assert suggestions("wandert", timezone.now())[0].title == "Wandertag"

    rewrite(example, **DRAFT)
    rewrite(event, **DRAFT)

    assert titles("Wanderausstellung") == []
    assert (find(Query("Wandertag")).card, suggestions("wandert", timezone.now())) == (None, [])


@pytest.mark.parametrize("moment", [DRAFT, SCHEDULED])
def test_what_depends_on_a_withdrawn_event_is_in_no_number_before_the_task_ran(
    moment, django_capture_on_commit_callbacks, monkeypatch
):
    with django_capture_on_commit_callbacks(execute=True):
        event = make_event(title="Treffen", starts_on="2018-05-01", ends_on="2018-05-01")
        session = make_visible_session(event, title="Wanderausstellung")
        make_attachment(session=session, title="Wanderkarte", stored_file=make_read_file("Wanderschuhe"))
    assert [find(Query(word)).total for word in ("Wanderausstellung", "Wanderschuhe")] == [2, 1]
    monkeypatch.setattr("lernnetzwerk.search.following.update_dependents", SimpleNamespace(enqueue=lambda *_args: None))

    for name, value in moment.items():
        setattr(event, name, value)
    with django_capture_on_commit_callbacks(execute=True):
        event.save()

    for word in ("Wanderausstellung", "Wanderschuhe", "Wanderschuh", "Wandrausstellung"):
        found = find(Query(word))
        assert (found.total, found.is_corrected, [one for one in found.facets.values() if one]) == (0, False, [])


def test_a_deleted_row_and_its_dependents_are_followed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        session = make_visible_session(title="Vortrag")
        appearance = make_appearance(session, make_speaker(last_name="Wandersmann"))
        example = make_example(title="Wanderausstellung")
    assert "Vortrag" in titles("Wandersmann")

    with django_capture_on_commit_callbacks(execute=True):
        appearance.delete()
        example.delete()

    assert (titles("Wandersmann"), titles("Wanderausstellung")) == ([], [])


def test_a_rolled_back_change_changes_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        try:
            with transaction.atomic():
                make_example(title="Wanderausstellung")
                raise RuntimeError
        except RuntimeError:
            pass
    assert callbacks == []


def test_a_read_file_is_found_at_its_page_and_a_replaced_one_is_not(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        attachment = make_attachment(title="Folien", stored_file=make_file(name="alt.pdf"))
        make_reading("Anfang", "Wanderschuhe", stored_file=attachment.stored_file)
    assert [hit.page for hit in find(Query("Wanderschuhe")).hits] == [2]

    with django_capture_on_commit_callbacks(execute=True):
        attachment.stored_file = make_file(name="neu.pdf")
        attachment.save()
    assert titles("Wanderschuhe") == []


def test_illegible_text_is_not_indexed(django_capture_on_commit_callbacks):
    garbage = "% (-.48&79)& Wa&nd#er )(/&%$ 4%8&/2 a%b&c$d#e 1%2&3$4#5 x%y&z$a#b"

    with django_capture_on_commit_callbacks(execute=True):
        make_attachment(title="Folien", stored_file=make_read_file(garbage, "Wanderschuhe"))

    assert [passage.page for passage in Passage.objects.exclude(page=None)] == [2]


def test_several_saves_in_one_transaction_are_one_update(django_capture_on_commit_callbacks, monkeypatch):
    updates = []
    monkeypatch.setattr("lernnetzwerk.search.following.update_quietly", lambda *update: updates.append(update))
    with django_capture_on_commit_callbacks(execute=True):
        example = make_example()
    updates.clear()

    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(3):
            PracticeExample.objects.get(pk=example.pk).topics.add(make_topic())

    assert [update for update in updates if update[0] == "example"] == [("example", {example.pk})]


def test_a_failed_update_does_not_reach_the_request_and_is_repaired(
    django_capture_on_commit_callbacks, monkeypatch, caplog
):
    with monkeypatch.context() as broken:
        broken.setattr(indexing, "_write", lambda *_args: 1 / 0)
        with django_capture_on_commit_callbacks(execute=True):
            make_example(title="Wanderausstellung")
    assert "The search index misses a change of example" in caplog.text
    assert titles("Wanderausstellung") == []

    assert maintenance.repair_index().startswith("neu geschrieben")
    assert titles("Wanderausstellung") == ["Wanderausstellung"]

    make_example(title="Lesereise")  # its update waits for a commit that never comes
    assert maintenance.repair_index() == "2 nachgetragen oder entfernt."  # and its municipality
    assert titles("Lesereise") == ["Lesereise"]


# --- moments and rebuilding -------------------------------------------------------------------------------------------


def test_what_is_scheduled_is_found_from_its_moment_on():
    make_example(title="Wanderausstellung", **SCHEDULED)
    rebuild()

    before = find(Query("Wanderausstellung"), FAR_AWAY - timedelta(seconds=1))
    assert (before.total, before.hits, before.facets["kind"]) == (0, [], [])
    assert titles("Wanderausstellung") == []
    assert titles("Wanderausstellung", FAR_AWAY) == ["Wanderausstellung"]


def test_the_last_of_the_parents_decides_the_moment():
    session = make_visible_session(make_event(**SCHEDULED))
    make_attachment(session=session, title="Wanderkarte")
    rebuild()

    assert (titles("Wanderkarte"), titles("Wanderkarte", FAR_AWAY)) == ([], ["Wanderkarte"])


def test_the_old_index_answers_until_the_new_one_is_ready():
    make_example(title="Wanderausstellung")
    before = rebuild()
    answers = []

    after = rebuild(lambda _label, _done, _total: answers.append(titles("Wanderausstellung")))

    assert len(answers) >= 2
    assert set(map(tuple, answers)) == {("Wanderausstellung",)}
    assert titles("Wanderausstellung") == ["Wanderausstellung"]
    assert list(Build.objects.all()) == [after] != [before]


def test_a_change_while_the_index_is_rebuilt_is_in_the_new_one():
    example = make_example(title="Wanderausstellung")
    rebuild()

    def rename(label: str, _done: int, _total: int) -> None:
        if label == "Praxisbeispiele":
            rewrite(example, title="Lesereise")
            update("example", [example.pk])

    rebuild(rename)

    assert (titles("Wanderausstellung"), titles("Lesereise")) == ([], ["Lesereise"])


def test_twice_is_safe():
    make_example(title="Wanderausstellung")
    outputs = []
    for _time in range(2):
        out = StringIO()
        call_command("rebuild_index", stdout=out)
        outputs.append(out.getvalue().splitlines()[-1])

    assert outputs[0] == outputs[1]
    assert Item.objects.filter(title="Wanderausstellung").count() == 1


def test_a_second_rebuild_at_the_same_time_does_nothing():
    make_example(title="Wanderausstellung")
    refused = []

    def try_again() -> None:
        with pytest.raises(RebuildRunningError):
            rebuild()
        refused.append(True)
        connection.close()

    def in_another_thread(*_progress: object) -> None:
        thread = Thread(target=try_again)
        thread.start()
        thread.join()

    current = rebuild(in_another_thread)

    assert len(refused) >= 2
    assert list(Build.objects.all()) == [current]
    assert titles("Wanderausstellung") == ["Wanderausstellung"]


def test_an_interrupted_rebuild_changes_nothing_and_leaves_nothing():
    example = make_example(title="Wanderausstellung")
    before = rebuild()

    def interrupt(label: str, _done: int, _total: int) -> None:
        if label == "Praxisbeispiele":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(interrupt)
    assert Build.objects.get(is_current=True) == before
    assert titles("Wanderausstellung") == ["Wanderausstellung"]

    rewrite(example, title="Lesereise")
    update("example", [example.pk])
    assert (titles("Wanderausstellung"), titles("Lesereise")) == ([], ["Lesereise"])

    after = rebuild()
    assert list(Build.objects.all()) == [after]
    assert titles("Lesereise") == ["Lesereise"]
    assert not Passage.objects.exclude(item__build=after).exists()


def test_a_rebuild_freezes_the_words_at_which_compounds_are_split():
    make_example(title="Ein Schuh", summary="Wandern macht Freude. Der Wander Verein.")
    rebuild()
    example = make_example(title="Wanderschuhe")
    update("example", [example.pk])

    assert set(titles("Schuh")) == {"Ein Schuh", "Wanderschuhe"}


def test_only_moved_dates_cost_no_analysis(monkeypatch):
    example = make_example(title="Wanderausstellung")
    update("example", [example.pk])
    rewrite(example, published_from=FAR_AWAY)
    monkeypatch.setattr(indexing, "passages", lambda *_args: 1 / 0)

    update("example", [example.pk])

    assert (titles("Wanderausstellung"), titles("Wanderausstellung", FAR_AWAY)) == ([], ["Wanderausstellung"])


# --- synonyms and suggestions -----------------------------------------------------------------------------------------


def test_a_synonym_takes_effect_at_once():
    example = make_example(title="Kindergarten im Park")
    update("example", [example.pk])
    Synonyms.objects.all().delete()
    assert titles("Krippe") == []

    Synonyms.objects.create(terms="Krippe\nKindergarten")

    assert titles("Krippe") == ["Kindergarten im Park"]
    assert titles("krippe park") == ["Kindergarten im Park"]


def test_the_starting_list_explains_but():
    example = make_example(title="Das Bildungs- und Teilhabepaket")
    update("example", [example.pk])

    assert titles("BuT") == ["Das Bildungs- und Teilhabepaket"]


@pytest.mark.parametrize("text", ["lün", "LUEN", "Lunen", "stadt am see", "see"])
def test_names_are_suggested_by_the_beginning_of_any_word(text):
    for name in ("Lünen", "Stadt am See"):
        update("municipality", [make_municipality(name=name).pk])

    found = [one.title for one in suggestions(text, timezone.now())]

    assert found == (["Stadt am See"] if "see" in text else ["Lünen"])


def test_a_command_that_rebuilds_the_index_is_not_followed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), suspended():
        make_example(title="Wanderausstellung")
    assert titles("Wanderausstellung") == []

    with django_capture_on_commit_callbacks(execute=True):
        make_example(title="Wandertag")

    rebuild()
    assert (titles("Wanderausstellung"), titles("Wandertag")) == (["Wanderausstellung"], ["Wandertag"])


def test_towns_that_contributed_are_suggested_first():
    towns = [make_municipality(name=name) for name in ("Herdecke", "Herford", "Herne")]
    make_example(towns[1:2])
    update("municipality", [town.pk for town in towns])

    assert [one.title for one in suggestions("her", timezone.now())] == ["Herford", "Herdecke", "Herne"]
    assert [one.title for one in suggestions("herne", timezone.now())] == ["Herne"]


def test_a_suggestion_needs_two_letters_and_no_more_than_eight_are_made():
    for number in range(12):
        update("topic", [make_topic(name=f"Wandern {number}").pk])

    assert (len(suggestions("wan", timezone.now())), suggestions("w", timezone.now())) == (8, [])


# --- nothing hidden, nothing hostile ----------------------------------------------------------------------------------


def test_no_hidden_word_is_found_shown_counted_suggested_or_offered():
    hide_everything()
    show_everything()
    rebuild()
    typed = [
        HIDDEN_WORD,
        HIDDEN_WORD.lower(),
        f"{HIDDEN_WORD}s",
        "Falter",
        "Zitronen",
        "Zitronenfaltr",
        f'"{HIDDEN_WORD}"',
    ]

    results = [find(Query(text)) for text in (*typed, "Stadt", "Thema", "Person", SHOWN_WORD, "Name", "Text")]

    assert [found.query.text for found in results if "zitronenf" in everything(found).lower()] == []
    assert [found.total for found in results[:3]] == [0, 0, 0]
    assert suggestions("Zitr", timezone.now()) == []
    assert not KnownWord.objects.filter(form__contains="zitron").exists()
    assert not Passage.objects.filter(tokens__contains="zitron", item__visible_from__lte=timezone.now()).exists()
    assert find(Query(SHOWN_WORD)).total >= 5

    example = PracticeExample.objects.filter(title__contains=HIDDEN_WORD, state="draft")[0]
    rewrite(example, **PUBLISHED)
    update("example", [example.pk])

    assert titles(HIDDEN_WORD) == [example.title]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_query_is_answered(text):
    update("page", [make_page(title="Seite").pk])

    sent = {"q": text, "art": text, "jahr": text, "thema": text, "seite": text[:9], "sortierung": text}
    results = find(Query.from_parameters(sent))

    assert min(results.pages, find(Query(text, kind=text, year=text, topic=text)).pages) >= 1
    assert suggestions(text, timezone.now()) == [] or text


def test_years_towns_and_topics_filter(django_assert_max_num_queries):
    town, topic = make_municipality(name="Lünen"), make_topic(name="Wandern")
    event = make_event((topic,), title="Ausflug", host=town, starts_on="2018-05-01", ends_on="2018-05-01")
    make_visible_session(event, title="Ausflug ohne Thema")
    rebuild()

    assert titles("Ausflug") == ["Ausflug", "Ausflug ohne Thema"]
    for chosen in ({"topic": topic.slug}, {"municipality": town.slug}, {"kind": "event"}):
        assert [hit.label for hit in find(Query("Ausflug", **chosen)).hits] == ["Treffen"]
    assert find(Query("Ausflug", year="2018")).total == 2
