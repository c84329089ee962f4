import random
import zipfile
from io import BytesIO

import pytest

from bench import attachments
from soak import content, mutating, runs
from soak.visitor import Form
from tests.files import samples
from tools.steps import StepFailed

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
    assert {"make_links", "make_download", "make_documents", "handed_in", "readings"} <= set(vars(content))
    assert attachments.DOWNLOAD == 5_000_000


@pytest.mark.parametrize("wrong", ["viel", "0", "-1", "nan", "1000"])
def test_an_invalid_soak_factor_is_refused(monkeypatch, wrong):
    monkeypatch.setenv("SOAK", wrong)

    with pytest.raises(StepFailed):
        runs.factor()
