"""Valid HTML on every public page, read as a machine reads it."""

from pathlib import Path

from django.template.loader import render_to_string

from tests.browser.pages import error_answers, fetch, public_paths


def test_every_page_is_valid_html(site, html_validate, tmp_path):
    pages = []
    for path in public_paths(site):
        answer = fetch(site.url + path)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8"), path
        pages.append(write(tmp_path, path, answer.body))

    assert html_validate(pages) == ""


def test_every_error_page_is_valid_html(site, html_validate, tmp_path):
    answers = error_answers(site)
    assert {name: str(answer.status) for name, answer in answers.items()} == {name: name for name in answers}
    pages = [write(tmp_path, status, answer.body) for status, answer in answers.items()]
    # What no request can bring about at will.
    pages += [write(tmp_path, status, render_to_string(f"{status}.html").encode()) for status in ("429", "500", "503")]

    assert html_validate(pages) == ""


def write(folder: Path, name: str, body: bytes) -> Path:
    path = folder / f"{name.strip('/').replace('/', '-') or 'startseite'}.html"
    path.write_bytes(body)
    return path
