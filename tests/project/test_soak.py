import random
import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from bench import downloads
from lernnetzwerk.files.check import check
from soak import content, mutating, offered, runs
from soak.programs import programs
from soak.visitor import Form
from tests.files import samples
from tools.steps import StepFailed

LIBRARIES = [
    (ending, make)
    for one in programs()
    if one.is_installed and one.name not in ("ffmpeg", "LibreOffice")
    for ending, make in one.makers.items()
]
PAGE = """
<form id="other"><input name="foreign" value="1"></form>
<form id="mine">
<input type="hidden" name="csrfmiddlewaretoken" value="x"><input name="title" value="Titel &amp; mehr">
<input type="checkbox" name="off"><input type="checkbox" name="on" checked><input type="submit" name="_save">
<select name="kind"><option value="a">A</option><option value="b" selected>B</option></select>
<textarea name="text">
Zeile 1
Zeile 2</textarea></form>
"""


def test_a_form_is_sent_as_a_browser_would_send_it():
    form = Form(PAGE, "mine")

    assert form.fields == [("title", "Titel & mehr"), ("on", "on"), ("kind", "b"), ("text", "Zeile 1\nZeile 2")]
    assert form.changed("title", "Neu")[0] == ("title", "Neu")


def test_damaged_documents_are_reproducible_and_most_differ_from_the_original():
    def some(ending, document):
        chance = random.Random(3)
        return [mutating.mutated(document, ending, chance) for _ in range(20)]

    for ending, document in (("pdf", samples.pdf(2)), ("docx", samples.ooxml("docx"))):
        assert some(ending, document) == some(ending, document)
        assert len(set(some(ending, document)) - {document}) > 10


def test_damaged_office_files_stay_valid_archives():
    chance = random.Random(1)
    files = [mutating.mutated(samples.ooxml("docx"), "docx", chance) for _ in range(40)]

    assert sum(zipfile.is_zipfile(BytesIO(file)) for file in files) > 20


def test_the_functions_called_inside_the_portal_exist():
    calls = {"make_links", "make_download", "make_documents", "make_offered", "offered_files", "handed_in", "readings"}
    assert calls <= set(vars(content))
    assert downloads.SIZE == 5_000_000


@pytest.mark.parametrize(("ending", "make"), LIBRARIES)
def test_each_library_writes_files_that_are_accepted_and_differ(ending, make, tmp_path):
    made = [tmp_path / f"{number}.{ending}" for number in (1, 2)]
    for number, path in enumerate(made):
        make(path, number)

    checked = [check(ContentFile(path.read_bytes(), path.name)).content.read() for path in made]

    assert checked[0] != checked[1]


def test_a_file_that_is_refused_unread_or_without_a_picture_is_a_problem():
    file = {"name": "a.pdf", "program": "reportlab", "ending": "pdf"}

    assert offered.problem_of(file, {}, {"a.pdf": ["done", 2]}) == ""
    assert offered.problem_of(file, {"a.pdf": 422}, {}) == "a.pdf of reportlab refused with 422"
    assert offered.problem_of(file, {}, {}) == "a.pdf of reportlab not read: none"
    assert offered.problem_of(file, {}, {"a.pdf": ["done", 0]}) == "a.pdf of reportlab without a picture"
    assert offered.problem_of({**file, "name": "a.docx"}, {}, {"a.docx": ["done", 0]}) == ""


@pytest.mark.parametrize("wrong", ["viel", "0", "-1", "nan", "1000"])
def test_an_invalid_soak_factor_is_refused(monkeypatch, wrong):
    monkeypatch.setenv("SOAK", wrong)

    with pytest.raises(StepFailed):
        runs.factor()
