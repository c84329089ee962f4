"""Pictures that a reading left for later are made from the page on where it stopped, and each page is tried once."""

import time

import pytest
from msgspec.structs import replace

from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.formats.pdf import pictures
from lernnetzwerk.reading import extraction, more_pictures
from lernnetzwerk.reading.maintenance import read_again
from lernnetzwerk.reading.models import Reading
from lernnetzwerk.reading.more_pictures import continue_pictures
from lernnetzwerk.reading.tasks import read_file
from lernnetzwerk.sandbox import launcher
from tests.factories import make_file
from tests.files import papers

pytestmark = pytest.mark.django_db
FLAT = (960, 100)  # quickly rendered


def read(pages=4):
    stored_file = make_file(papers.paper(*(f"Seite {number}" for number in range(1, pages + 1)), size=FLAT))
    read_file(stored_file.pk)
    return Reading.objects.get(stored_file=stored_file)


def pictured(reading):
    return sorted(set(reading.stored_file.renditions.values_list("number", flat=True)))


def limit(monkeypatch, **limits):
    for module in (extraction, more_pictures):
        monkeypatch.setattr(module, "LIMITS", replace(module.LIMITS, **limits))


def later(reading):
    return continue_pictures(reading, time.monotonic() + 60)


@pytest.mark.parametrize("limits", [{"picture_seconds": 0}, {"picture_wall_seconds": 0}], ids=str)
def test_pictures_stop_when_the_time_is_over_and_are_continued(monkeypatch, limits):
    limit(monkeypatch, **limits)

    reading = read()
    assert (pictured(reading), reading.next_picture) == ([1], 2)
    assert [page.text for page in reading.pages.all()] == ["Seite 1", "Seite 2", "Seite 3", "Seite 4"]

    assert later(reading)
    reading.refresh_from_db()
    assert (pictured(reading), reading.next_picture, reading.pages.count()) == ([1, 2, 3, 4], None, 4)


@pytest.mark.both_databases
def test_maintenance_continues_where_the_last_run_stopped(monkeypatch):
    limit(monkeypatch, picture_seconds=0)
    reading = read()
    monkeypatch.setattr("lernnetzwerk.reading.maintenance.SECONDS", -1)

    assert read_again() == "0 ausgelesen, 0 aufgegeben, 1 wartet noch."
    monkeypatch.setattr("lernnetzwerk.reading.maintenance.SECONDS", 60)
    assert read_again() == "0 ausgelesen, 0 aufgegeben, 0 warten noch."
    assert pictured(reading) == [1, 2, 3, 4]


def crash_at(monkeypatch, page):
    """The child ends when it renders this page."""
    rendered = []
    render = pictures.pictures_of

    def crash(document, number):
        rendered.append(number)
        if number == page:
            raise RuntimeError
        return render(document, number)

    monkeypatch.setattr(pictures, "pictures_of", crash)
    return rendered


def test_a_page_that_crashes_the_child_costs_only_its_own_picture(monkeypatch):
    rendered = crash_at(monkeypatch, 3)

    reading = read()
    assert (reading.state, reading.pages.count(), reading.next_picture) == ("done", 4, 1)

    assert later(reading)
    assert pictured(reading) == [1, 2, 4]
    assert rendered.count(3) == 3  # when the file was read, with the pages before it, and alone


def test_other_files_are_not_tried_without_pictures(monkeypatch):
    seen = []

    def crash(*arguments):
        seen.append(arguments)
        raise launcher.CrashedError

    monkeypatch.setattr(launcher, "run", crash)
    stored_file = make_file(b"x", media_type="image/png")

    read_file(stored_file.pk)

    assert (stored_file.reading.state, len(seen)) == ("failed", 1)


def test_pictures_of_all_runs_share_one_limit_of_bytes(monkeypatch):
    limit(monkeypatch, picture_seconds=0)
    reading = read()
    size = sum(one.picture.size for one in reading.stored_file.renditions.all())
    limit(monkeypatch, picture_seconds=20, picture_bytes=size * 5 // 2)

    assert later(reading)
    assert pictured(reading) == [1, 2]


def test_a_file_that_was_read_again_meanwhile_is_left_alone(monkeypatch):
    limit(monkeypatch, picture_seconds=0)
    reading = read()
    read_file(reading.pk, again=True)
    before = len(files_storage().listdir("")[1])

    assert later(reading)
    assert pictured(reading) == [1]
    assert len(files_storage().listdir("")[1]) == before


def test_pictures_of_a_missing_file_are_given_up(monkeypatch):
    limit(monkeypatch, picture_seconds=0)
    reading = read()
    files_storage().delete(reading.stored_file.key)

    assert later(reading)
    assert Reading.objects.get().next_picture is None
