"""Reporting a barrier: the public form, the mail and the inbox in the administration."""

import logging
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import django
import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from lernnetzwerk.barriers.models import BarrierReport
from lernnetzwerk.barriers.reports import receive_report
from tests.administration import address, complaints, fill, form_on, is_turned_away, sign_in, signed_in
from tests.factories import HIDDEN, make_page, make_user, rewrite
from tests.reading import attribute, document, elements, links, text, texts

pytestmark = pytest.mark.django_db

FORM, THANKS = "/barriere-melden/", "/barriere-melden/danke/"
MAILBOX = "netz@portal.example"
TYPED = {
    "page": "/kommunen/hamm/",
    "description": "Die Karte lässt sich nicht bedienen.",
    "name": "Ada Müller",
    "email": "ada@ort.example",
}


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


@pytest.fixture
def with_mail(settings):
    settings.CONTACT_EMAIL = settings.REPORTS_TO = MAILBOX


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """Opens a new form, fills it in and sends it, and runs the callbacks after the commit."""

    def post(sender=client, **values):
        with django_capture_on_commit_callbacks(execute=True):
            return fill(sender, FORM, **{**TYPED, **values})

    return post


def make_report(**fields) -> BarrierReport:
    return BarrierReport.objects.create(**{**TYPED, **fields})


def field(response, name):
    (found,) = [one for one in elements(document(response)) if attribute(one, "id") == f"id_{name}"]
    return found


def prefilled(response) -> str:
    return attribute(field(response, "page"), "value")


# --- the form ---------------------------------------------------------------------------------------------------------


def test_the_form_is_below_the_text_of_its_page(client):
    make_page("barriere-melden", title="Etwas geht nicht", body="<p>Sagen Sie es uns.</p>")

    response = client.get(FORM)

    drawn = document(response)
    assert (response.status_code, texts(drawn, tag="h1")) == (200, ["Etwas geht nicht"])
    assert texts(drawn, style="prose") == ["Sagen Sie es uns."]
    assert [attribute(form, "action") for form in elements(drawn, tag="form", style="form")] == [FORM]


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_the_form_is_there_also_while_its_page_is_hidden(client, state):
    make_page("barriere-melden", title="Canary", body="<p>Canary</p>", **state)

    response = client.get(FORM)

    assert (response.status_code, texts(document(response), tag="h1")) == (200, ["Barriere melden"])
    assert "Canary" not in response.content.decode()


def test_optional_fields_are_marked_and_every_hint_belongs_to_its_field(client):
    drawn = document(client.get(FORM))

    assert texts(drawn, tag="label") == [
        "Suchbegriff",
        "Um welche Seite geht es? – freiwillig",
        "Was geht nicht?",
        "Ihr Name – freiwillig",
        "Ihre E-Mail-Adresse – freiwillig",
        "Dieses Feld bitte leer lassen:",
    ]
    described = {attribute(one, "aria-describedby") for one in elements(drawn) if attribute(one, "aria-describedby")}
    assert described == {f"id_{name}_helptext" for name in ("page", "description", "email")}
    assert described <= {attribute(one, "id") for one in elements(drawn)}


def test_the_form_is_not_cached_and_shows_the_mailbox(client, with_mail):
    response = client.get(FORM)

    assert "no-store" in response["Cache-Control"]
    assert f"mailto:{MAILBOX}" in links(document(response))


@pytest.mark.parametrize(
    ("query", "filled"),
    [
        ("?seite=/kommunen/hamm/", "/kommunen/hamm/"),
        ("?seite=http://testserver/themen/", "/themen/"),
        ("?seite=/suche/%3Fq=Hamm", "/suche/"),
        ("?seite=/kommunen/m%C3%BCnster/", "/kommunen/münster/"),
        ("?seite=", ""),
        ("?seite=https://boese.example/themen/", ""),
        ("?seite=//boese.example/", ""),
        ("?seite=/%5Cboese.example/", ""),
        ("?seite=////boese.example/", ""),
        ("?seite=http://testserver//boese.example/", ""),
        ("?seite=http://testserver/%5Cboese.example/", ""),
        ("?seite=javascript:alert(1)", ""),
        ("?seite=http://[", ""),
        ("?seite=Startseite", ""),
        ("?seite=/a%0d%0aBcc:x", "/aBcc:x"),
        (f"?seite=/{'x' * 600}", ""),
        ("?seite=/a/&seite=/b/", "/b/"),
    ],
)
def test_the_page_is_filled_in_when_it_is_one_of_this_site(client, query, filled):
    response = client.get(FORM + query)

    assert (response.status_code, prefilled(response)) == (200, filled)


@pytest.mark.parametrize("query", ["?seite=%00", "?seite=/" + "x" * 100_000, "?seite=%ff"])
def test_junk_in_the_query_is_no_server_error(client, query):
    assert client.get(FORM + query).status_code == 400


@pytest.mark.parametrize(
    ("referer", "filled"),
    [
        ("http://testserver/personen/?seite=2", "/personen/"),
        ("https://boese.example/personen/", ""),
        ("http://testserver.boese.example/personen/", ""),
        ("http://testserver@boese.example/", ""),
        ("kein Ort", ""),
        ("http://[", ""),
    ],
)
def test_the_page_defaults_to_the_referrer(client, referer, filled):
    assert prefilled(client.get(FORM, headers={"Referer": referer})) == filled
    assert prefilled(client.get(f"{FORM}?seite=/themen/", headers={"Referer": referer})) == "/themen/"


def test_every_page_links_to_the_form_with_its_own_address(client):
    long = "/" + "ä" * 400

    assert f"{FORM}?seite=/kommunen/" in links(document(client.get("/kommunen/?name=Hamm")))
    assert FORM in links(document(client.get(long)))
    footer = [one for one in elements(document(client.get("/")), tag="a") if text(one) == "Barriere melden"]
    assert [attribute(one, "rel") for one in footer] == ["nofollow"]


# --- sending ----------------------------------------------------------------------------------------------------------


def test_a_report_is_stored_as_written_without_data_about_the_visitor(client, send):
    response = send()

    report = BarrierReport.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{THANKS}?seite={quote('/kommunen/hamm/', safe='')}")
    assert {name: getattr(report, name) for name in TYPED} == TYPED
    assert (report.state, report.note, report.mailed_at) == ("new", "", None)
    assert {one.name for one in BarrierReport._meta.concrete_fields} == {
        *TYPED, "id", "received_at", "changed_at", "mailed_at", "state", "note", "submission"
    }  # fmt: skip


def test_a_description_is_enough(send):
    assert send(page="", name="", email="")["Location"] == THANKS

    report = BarrierReport.objects.get()
    assert (report.page, report.name, report.email) == ("", "", "")


def test_the_confirmation_links_back_to_the_page(client):
    drawn = document(client.get(f"{THANKS}?seite=/kommunen/hamm/"))

    assert texts(drawn, tag="h1") == ["Danke für Ihre Meldung"]
    assert "/kommunen/hamm/" in links(drawn)


@pytest.mark.parametrize(
    "junk",
    ["https://boese.example/", "//boese.example/", "/%5Cboese.example/", "javascript:alert(1)", "////boese.example"],
)
def test_the_confirmation_links_to_no_other_site(client, send, junk):
    response = client.get(f"{THANKS}?seite={junk}")

    assert response.status_code == 200
    assert "boese" not in "".join(links(document(response)))
    assert send(page=junk.replace("%5C", "\\"))["Location"] == THANKS


def test_a_long_page_address_with_multibyte_characters_is_accepted(client, send):
    response = send(page="/" + "😀" * 400)

    assert client.get(response["Location"]).status_code == 200
    assert BarrierReport.objects.get().page == "/" + "😀" * 400


def test_invisible_characters_are_removed_and_line_breaks_count_once(send):
    send(
        page="/a\x00\r\nb",
        name=" Ada\x0b\tM ",
        description="\x00" + "x\r\n" * 2_499 + "ab\x1f",
    )

    report = BarrierReport.objects.get()
    assert (report.page, report.name) == ("/a b", "Ada M")
    assert report.description == "x\n" * 2_499 + "ab"


# --- what is wrong ----------------------------------------------------------------------------------------------------

WRONG = {
    "description": {
        "": "Bitte beschreiben Sie kurz, was nicht geht.",
        " \r\n\x00": "Bitte beschreiben Sie kurz, was nicht geht.",
        "x" * 5_001: "Bitte kürzen Sie den Text auf höchstens 5.000 Zeichen. Jetzt sind es 5001.",
        "x" * 100_000: "Bitte kürzen Sie den Text auf höchstens 5.000 Zeichen. Jetzt sind es 100000.",
    },
    "page": {"x" * 501: "Bitte kürzen Sie die Adresse auf höchstens 500 Zeichen."},
    "name": {"x" * 201: "Bitte kürzen Sie den Namen auf höchstens 200 Zeichen."},
    "email": dict.fromkeys(
        ["ada", "ada@", "a@b.example\r\nBcc: x@y.example", "a@b.example,c@d.example", "a\x01@b.example"],
        "Diese E-Mail-Adresse ist nicht vollständig. Richtig wäre zum Beispiel name@ort.example.",
    ),
}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [(name, value, sentence) for name, values in WRONG.items() for value, sentence in values.items()],
    ids=[f"{name}-{number}" for name, values in WRONG.items() for number, _value in enumerate(values)],
)
def test_errors_are_shown_above_the_form_and_at_the_field(send, name, value, sentence):
    response = send(**{name: value})

    drawn = document(response)
    wrong = field(response, name)
    assert (response.status_code, complaints(response)) == (422, [sentence])
    assert texts(elements(drawn, style="notice--danger")[0], tag="a") == [sentence]
    assert links(elements(drawn, style="notice--danger")[0]) == [f"#id_{name}"]
    assert attribute(wrong, "aria-invalid") == "true"
    assert f"id_{name}_error" in attribute(wrong, "aria-describedby").split()
    assert texts(drawn, style="kern-error") == [sentence]
    assert re.search(r"<title>Fehler: Barriere melden", response.content.decode())
    assert BarrierReport.objects.count() == 0


def test_a_refused_form_keeps_the_typed_text(send):
    response = send(description="<script>alert(1)</script>", email="ada@")

    assert "<script>" not in response.content.decode()
    assert {name: form_on(response)[name] for name in TYPED} == {
        "page": ["/kommunen/hamm/"],
        "description": ["<script>alert(1)</script>"],
        "name": ["Ada Müller"],
        "email": ["ada@"],
    }


@pytest.mark.parametrize("body", [{}, {"page": ["a", "b"]}, {"description": "", "key": "\x00" * 9, "unknown": "x"}])
def test_a_post_that_is_no_form_is_no_server_error(client, body):
    assert client.post(FORM, body).status_code == 422
    assert client.post(FORM, b"\xff\x00{", content_type="application/json").status_code == 422
    assert client.put(FORM).status_code == 405


# --- spam and limits --------------------------------------------------------------------------------------------------


def test_the_honeypot_is_hidden_from_visitors(client):
    drawn = document(client.get(FORM))

    (trap,) = elements(drawn, style="form__trap")
    (bait,) = elements(trap, tag="input")
    assert attribute(trap, "aria-hidden") == "true"
    assert (attribute(bait, "tabindex"), attribute(bait, "autocomplete")) == ("-1", "off")


def test_a_filled_honeypot_gets_the_usual_response_and_stores_nothing(send, with_mail, mailoutbox):
    honest, trapped = send(), send(description="Kaufen!", website="https://boese.example/")
    trapped_again = send(description="", website="x")

    assert (trapped.status_code, trapped["Location"]) == (honest.status_code, honest["Location"])
    assert trapped_again["Location"] == honest["Location"]
    assert BarrierReport.objects.count() == len(mailoutbox) == 1


def test_a_form_sent_twice_gives_one_report_and_one_mail(
    client, with_mail, mailoutbox, django_capture_on_commit_callbacks
):
    sent = {**form_on(client.get(FORM)), **TYPED}

    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(FORM, sent) for _n in range(20)]

    assert {answer.status_code for answer in answers} == {302}
    assert BarrierReport.objects.count() == len(mailoutbox) == 1


def test_a_changed_or_new_form_gives_another_report(client, send):
    sent = {**form_on(client.get(FORM)), **TYPED}

    client.post(FORM, sent)
    client.post(FORM, {**sent, "description": "Noch etwas."})
    send()

    assert BarrierReport.objects.count() == 3


@pytest.mark.both_databases
def test_concurrent_duplicates_give_one_report(monkeypatch, with_mail, mailoutbox, django_capture_on_commit_callbacks):
    """The second request finds no row when it looks, and meets the first one's row when it writes."""
    first = BarrierReport(**TYPED)
    second = BarrierReport(**TYPED, submission=first.submission)
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda self: False)

    with django_capture_on_commit_callbacks(execute=True):
        assert (receive_report(first, "192.0.2.0"), receive_report(second, "192.0.2.0")) == (True, True)

    assert BarrierReport.objects.count() == len(mailoutbox) == 1


def from_network(number: int) -> Client:
    return Client(REMOTE_ADDR=f"10.{number // 250}.{number % 250}.7")


def test_one_network_can_send_five_reports_an_hour(client, send, with_mail):
    answers = [send(from_network(1), description=f"Meldung {number}") for number in range(7)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
    refused = answers[-1]
    assert refused["Retry-After"] == "3600"
    assert "no-store" in refused["Cache-Control"]
    assert {name: form_on(refused)[name] for name in TYPED} == {
        **{name: [value] for name, value in TYPED.items()}, "description": ["Meldung 6"]
    }  # fmt: skip
    assert f"mailto:{MAILBOX}" in links(elements(document(refused), style="notice--warning")[0])
    assert BarrierReport.objects.count() == 5
    assert send(from_network(2)).status_code == 302


def test_addresses_of_one_network_are_counted_together(send):
    for number in range(5):
        send(Client(REMOTE_ADDR=f"192.0.2.{number}"))

    assert send(Client(REMOTE_ADDR="192.0.2.200")).status_code == 429
    assert send(Client(REMOTE_ADDR="192.0.3.200")).status_code == 302


def test_all_networks_together_can_send_sixty_reports(send):
    answers = [send(from_network(number)).status_code for number in range(62)]

    assert answers == [302] * 60 + [429] * 2


def test_refused_reports_do_not_count_towards_the_common_limit(send):
    for _n in range(61):  # the limit for all networks together is 60
        send(from_network(1))

    assert send(from_network(2)).status_code == 302


def test_invalid_and_repeated_forms_are_not_counted(client, send):
    sent = {**form_on(client.get(FORM)), **TYPED}
    for _n in range(10):
        send(description="")
        client.post(FORM, sent)

    assert [send().status_code for _n in range(5)] == [302] * 4 + [429]


def test_no_address_is_readable_in_the_cache(send):
    send(Client(REMOTE_ADDR="192.0.2.77"))

    kept = str(cache._cache)
    assert len(cache._cache) == 2
    assert "192.0.2" not in kept


def test_the_limit_ends_with_its_hour(send, monkeypatch):
    for _n in range(6):
        send(from_network(1))
    now = datetime.now(UTC)
    monkeypatch.setattr("time.time", (now + timedelta(minutes=61)).timestamp)

    assert send(from_network(1)).status_code == 302


# --- cookies ----------------------------------------------------------------------------------------------------------


def test_only_the_form_sets_a_cookie_and_it_ends_with_the_browser_session(client):
    assert set(client.get(FORM).cookies) == {"csrftoken"}

    cookie = client.cookies["csrftoken"]
    assert (cookie["path"], cookie["max-age"], cookie["expires"]) == ("/", "", "")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    for other in ("/", THANKS, "/kommunen/", "/gibt-es-nicht/"):
        response = client.get(other)
        assert response.cookies == {}, other
        assert "Cookie" not in response.get("Vary", ""), other


def test_a_post_without_the_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    sent = {**form_on(client.get(FORM)), **TYPED}

    assert client.post(FORM, {**sent, "csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert client.post(FORM, sent).status_code == 302
    assert Client(enforce_csrf_checks=True).post(FORM, sent).status_code == 403


# --- mail -------------------------------------------------------------------------------------------------------------


def test_a_report_is_mailed_with_all_fields_and_a_link_to_the_inbox(send, with_mail, mailoutbox):
    send()

    (message,) = mailoutbox
    report = BarrierReport.objects.get()
    assert (message.subject, message.to, message.reply_to) == ("Barriere gemeldet", [MAILBOX], ["ada@ort.example"])
    assert message.body.splitlines() == [
        "Jemand hat im Portal eine Barriere gemeldet.",
        "",
        "Seite: /kommunen/hamm/",
        "Name: Ada Müller",
        "E-Mail: ada@ort.example",
        "",
        "Was nicht ging:",
        "Die Karte lässt sich nicht bedienen.",
        "",
        f"Zur Meldung in der Verwaltung: http://testserver{address(report)}",
    ]
    assert report.mailed_at is not None


def test_the_mail_marks_empty_fields(send, with_mail, mailoutbox):
    send(page="", name="", email="")

    (message,) = mailoutbox
    assert message.reply_to == []
    assert message.body.splitlines()[2:5] == [
        "Seite: nicht angegeben",
        "Name: nicht angegeben",
        "E-Mail: nicht angegeben",
    ]


def test_a_report_without_a_mailbox_is_only_in_the_inbox(send, mailoutbox):
    send()

    assert mailoutbox == []
    assert BarrierReport.objects.get().mailed_at is None


@pytest.mark.parametrize("name", ["page", "name", "description"])
def test_typed_text_cannot_add_headers_or_lines_to_the_mail(send, with_mail, mailoutbox, name):
    send(**{name: "x\r\nBcc: fremd@boese.example\r\nSubject: Kaufen\r\n\r\nE-Mail: fremd@boese.example"})

    (message,) = mailoutbox
    sent = message.message()
    assert (sent["Subject"], sent["To"], sent["Bcc"]) == ("Barriere gemeldet", MAILBOX, None)
    assert message.recipients() == [MAILBOX]
    head = message.body.splitlines()[:6]
    assert [line.partition(":")[0] for line in head if line] == [
        "Jemand hat im Portal eine Barriere gemeldet.", "Seite", "Name", "E-Mail"
    ]  # fmt: skip


class Refusing(BaseEmailBackend):
    error: Exception = ConnectionRefusedError(f"{TYPED['email']} refused")

    def send_messages(self, messages):
        raise self.error


@pytest.fixture(params=[ConnectionRefusedError, TimeoutError, ValueError])
def failing_mail(request, settings, with_mail, monkeypatch):
    monkeypatch.setattr(Refusing, "error", request.param(f"{TYPED['email']} refused"))
    backend = f"{__name__}.Refusing"
    if django.VERSION >= (6, 1):
        settings.MAILERS = {"default": {"BACKEND": backend}}
    else:
        settings.EMAIL_BACKEND = backend
    return request.param.__name__


def test_a_report_is_stored_if_the_mail_server_fails(client, send, failing_mail, caplog):
    with caplog.at_level(logging.INFO):
        response = send()

    report = BarrierReport.objects.get()
    assert client.get(response["Location"]).status_code == 200
    assert report.mailed_at is None
    said = [(record.levelname, record.getMessage()) for record in caplog.records if record.name.startswith("lernnetz")]
    assert said == [("ERROR", f"Barrier report {report.pk} was not mailed: {failing_mail}")]
    assert TYPED["email"] not in caplog.text


# --- the inbox --------------------------------------------------------------------------------------------------------


def test_the_inbox_shows_date_page_description_and_state(client, with_mail):
    make_report(description="Zu klein.\n\nViel zu klein.")
    make_report(page="", mailed_at=datetime(2027, 1, 1, tzinfo=UTC), state="done")
    sign_in(client, "redaktion")

    listing = address(BarrierReport, "changelist")
    drawn = document(client.get(listing))
    (table,) = [one for one in elements(drawn, tag="table") if attribute(one, "id") == "result_list"]
    rows = texts(table, tag="tr")[1:]
    done = client.get(f"{listing}?state__exact=done")

    assert [("erledigt" in row, "nicht angegeben" in row) for row in rows] == [(True, True), (False, False)]
    assert "/kommunen/hamm/ Zu klein. Viel zu klein. neu" in rows[1]
    assert done.context["cl"].result_count == 1


@pytest.mark.parametrize("who", ["redaktion", "freigabe", "verwaltung"])
def test_staff_can_change_only_state_and_note(client, who):
    report = make_report()
    sign_in(client, who)
    attack = {**dict.fromkeys(TYPED, "anders"), "mailed_at_0": "2027-01-01", "mailed_at_1": "10:00", "received_at": "x"}

    opened = form_on(client.get(address(report)))
    response = fill(client, address(report), state="in_progress", note="Ich rufe an.", **attack)

    after = BarrierReport.objects.get()
    assert response.status_code == 302
    assert set(opened) & {*TYPED, "mailed_at", "received_at", "submission"} == set()
    assert (after.state, after.note) == ("in_progress", "Ich rufe an.")
    assert {name: getattr(after, name) for name in TYPED} == TYPED
    assert (after.received_at, after.mailed_at, after.submission) == (report.received_at, None, report.submission)


def test_the_second_of_two_editors_is_warned(client):
    report = make_report()
    sign_in(client, "redaktion")
    opened = form_on(client.get(address(report)))
    fill(client, address(report), note="zuerst")

    response = client.post(address(report), {**opened, "note": "danach"})

    assert response.status_code == 200
    assert "Jemand anderes hat inzwischen gespeichert." in complaints(response)[0]
    assert BarrierReport.objects.get().note == "zuerst"


@pytest.mark.parametrize(("who", "may"), [("redaktion", False), ("freigabe", False), ("verwaltung", True)])
def test_only_one_group_can_delete_reports(who, may):
    report = make_report()
    listing = address(BarrierReport, "changelist")
    client = signed_in(who)

    client.post(listing, {"action": "delete_selected", "_selected_action": [report.pk], "post": "yes"})
    assert BarrierReport.objects.exists() is not may
    other = make_report()
    client.post(address(other, "delete"), {"post": "yes"})

    assert BarrierReport.objects.filter(pk=other.pk).exists() is not may


@pytest.mark.parametrize("who", ["visitor", "signed-in", "staff"])
def test_other_users_cannot_read_reports(who):
    report = make_report()
    client = signed_in(who)

    for where in (address(report), address(BarrierReport, "changelist"), address(report, "history")):
        assert is_turned_away(client.get(where))


def test_nobody_can_add_a_report_by_hand(client):
    client.force_login(make_user(is_superuser=True))

    assert client.get("/verwaltung/barriers/barrierreport/add/").status_code == 403


def test_users_with_view_permission_see_the_whole_report(client):
    user = make_user()
    user.groups.clear()
    user.user_permissions.add(Permission.objects.get(codename="view_barrierreport"))
    client.force_login(user)

    response = client.get(address(make_report(note="Notiz")))

    assert response.status_code == 200
    assert "Die Karte lässt sich nicht bedienen." in response.content.decode()
    assert "Notiz" in response.content.decode()


def test_typed_text_stays_text_in_the_inbox_and_is_not_in_the_history(client):
    evil = "<script>alert(1)</script>"
    report = make_report(page=evil, description=evil, name=evil)
    rewrite(report, email='"<script>"@x.example')
    sign_in(client, "verwaltung")

    for where in (address(report), address(BarrierReport, "changelist"), address(report, "delete")):
        response = client.get(where)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
    assert re.fullmatch(r"Meldung vom \d+\. \w+ \d{4}, \d\d:\d\d Uhr", str(report))


@pytest.mark.parametrize(
    "query",
    ["q=%22", "q=" + "x" * 500, "o=9.-9", *(f"received_at__year={year}" for year in ("abc", 99999, 9999, 9998, 1, 0))],
)
@pytest.mark.both_databases
def test_junk_in_the_query_of_the_list_is_no_error(client, query):
    make_report()
    sign_in(client, "redaktion")

    assert client.get(f"{address(BarrierReport, 'changelist')}?{query}").status_code in {200, 302, 400}
