"""Valid HTML on every public page and in every state of it, read as a machine reads it."""

from pathlib import Path
from urllib.parse import quote

import pytest
from django.template.loader import render_to_string

from tests.browser.pages import LOGIN, MISSING, UNREADABLE, error_answers, report_answers

pytestmark = pytest.mark.walk


def test_every_page_is_valid_html(crawl, html_validate, tmp_path):
    pages = []
    for number, (path, (status, media_type, body)) in enumerate(crawl.items()):
        expected = {MISSING: 404, UNREADABLE: 400}.get(path, 200)
        assert (status, media_type) == (expected, "text/html; charset=utf-8"), path
        if path != LOGIN:  # Django's own page
            pages.append(write(tmp_path, f"{number:03}{path}", body.encode()))

    assert html_validate(pages) == ""


def test_every_error_page_is_valid_html(site, html_validate, tmp_path):
    answers = error_answers(site)
    assert {name: str(answer.status) for name, answer in answers.items()} == {name: name for name in answers}
    pages = [write(tmp_path, status, answer.body) for status, answer in answers.items()]
    # What no request can bring about at will.
    pages += [
        write(tmp_path, status, render_to_string(f"{status}.html").encode()) for status in ("413", "429", "500", "503")
    ]

    assert html_validate(pages) == ""


def test_every_answer_of_the_form_is_valid_html(own_site, html_validate, tmp_path):
    answers = report_answers(own_site)

    assert {name: answer.status for name, answer in answers.items()} == {
        "with-errors": 422,
        "thanks": 200,
        "too-many": 429,
    }
    assert html_validate([write(tmp_path, name, answer.body) for name, answer in answers.items()]) == ""


def write(folder: Path, name: str, body: bytes) -> Path:
    path = folder / f"{quote(name, safe='')[:100]}.html"
    path.write_bytes(body)
    return path
