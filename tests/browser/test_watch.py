"""Tests of the fixture that notes requests to other hosts and CSP violations."""

import pytest
from playwright.sync_api import Error, expect

from tools import visits


@pytest.fixture
def complaints(new_context, tolerated):
    """The watch's list, which this file fills on purpose."""
    tolerated.append("")
    return new_context.complaints


def test_a_request_to_another_host_is_noticed(page, complaints):
    with pytest.raises(Error):
        page.goto("http://127.0.0.2:9/")

    assert "request to another host: http://127.0.0.2:9/" in complaints


def test_a_broken_rule_of_the_content_security_policy_is_noticed(page, complaints):
    page.goto("/")

    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("document.body.setAttribute('style', 'color: red')")

    expect(page.locator("body")).not_to_have_css("color", "rgb(255, 0, 0)")
    assert any("Content Security Policy" in text for text in complaints)


def test_staff_can_sign_in(page, site):
    visits.sign_in(page, site.url, "verwaltung", site.password)

    expect(page).to_have_url("/verwaltung/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
