"""Download counters: one per attachment and day, without data about visitors."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import DatabaseError
from django.urls import reverse

from events.attachments import download_counting
from events.attachments.download_statistics import chart, last_months
from events.models import DownloadCount
from lernnetzwerk.visibility.models import withdraw
from tests.administration import sign_in
from tests.concurrency import at_once
from tests.factories import DRAFT, make_attachment, make_file, make_picture
from tests.reading import attribute, body, document, elements, text

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 17)


@pytest.fixture
def attachment():
    return make_attachment(stored_file=make_file(), title="Folien")


def download(client, attachment, **headers):
    """Requests the address and reads the whole response, as a browser does."""
    response = client.get(attachment.get_download_url(), headers=headers)
    body(response)
    return response


def number(attachment):
    return sum(count.number for count in attachment.download_counts.all())


def test_each_request_counts_as_one_download(client, attachment):
    for _time in range(3):
        download(client, attachment)

    assert number(attachment) == 3
    assert DownloadCount.objects.count() == 1


def test_only_day_and_number_are_stored():
    assert [field.name for field in DownloadCount._meta.fields] == ["id", "attachment", "day", "number"]


@pytest.mark.parametrize(
    "headers",
    [{"range": "bytes=5-9"}, {"range": "bytes=-3"}, {"user_agent": "Examplebot/2.1 (+https://bot.example)"}],
    ids=["a later part", "the end", "a robot"],
)
def test_later_parts_and_robots_do_not_count(client, attachment, headers):
    response = download(client, attachment, **headers)

    assert response.status_code in (200, 206)
    assert number(attachment) == 0


def test_a_new_name_works_at_once_and_the_old_one_redirects(client, attachment):
    old = attachment.get_download_url()
    body(client.get(old))
    attachment.title = "Bericht"
    attachment.save()
    new = attachment.get_download_url()

    assert body(client.get(new)) == b"%PDF-1.7 stands for slides"
    assert client.get(old).headers["Location"] == new


def test_a_cached_name_does_not_open_a_withdrawn_file(client, attachment):
    assert download(client, attachment).status_code == 200

    withdraw([attachment])

    assert download(client, attachment).status_code == 404


def test_the_first_part_counts(client, attachment):
    download(client, attachment, range="bytes=0-3")

    assert number(attachment) == 1


def make_film():
    return make_attachment(kind="video", stored_file=make_file(b"film", "film.webm", media_type="video/webm"))


def kinds_of_answers(client, *addresses):
    """Status and disposition of the response of each address."""
    answers = [client.get(one, headers={"range": "bytes=0-"}) for one in addresses]
    for answer in answers:
        body(answer)
    return [(answer.status_code, answer["Content-Disposition"].split(";")[0]) for answer in answers]


@pytest.mark.parametrize("make", [make_film, lambda: make_attachment(kind="handout", stored_file=make_picture())])
def test_played_or_shown_files_count_only_when_they_are_saved(client, make):
    attachment = make()

    shown = kinds_of_answers(client, attachment.get_download_url(), attachment.get_download_url())
    assert (shown, number(attachment)) == ([(206, "inline")] * 2, 0)

    assert kinds_of_answers(client, attachment.get_save_url()) == [(206, "attachment")]
    assert number(attachment) == 1


def test_a_film_can_be_saved_through_its_old_name(client):
    film = make_film()
    wrong = reverse("events:download", args=[film.uuid, "frueher.webm"])

    assert client.get(f"{wrong}?herunterladen")["Location"] == film.get_save_url()
    assert client.get(wrong)["Location"] == film.get_download_url()
    assert film.get_save_url() == f"{film.get_download_url()}?herunterladen"


def test_a_document_has_one_address_to_open_and_to_save(attachment):
    assert attachment.get_save_url() == attachment.get_download_url()


@pytest.mark.parametrize("make", [make_film, lambda: make_attachment(stored_file=make_file())])
def test_the_button_saves_the_file(client, make):
    attachment = make()

    (button,) = elements(document(client.get(attachment.get_absolute_url())), tag="a", style="kern-btn--primary")

    assert text(button) == f"Herunterladen ({attachment.availability})"
    assert kinds_of_answers(client, attribute(button, "href")) == [(206, "attachment")]


def test_an_image_can_be_seen_as_well(client):
    attachment = make_attachment(kind="handout", stored_file=make_picture())

    page = document(client.get(attachment.get_absolute_url()))

    buttons = [(text(one), attribute(one, "href")) for one in elements(page, tag="a", style="kern-btn")]
    assert buttons == [
        (f"Herunterladen ({attachment.availability})", attachment.get_save_url()),
        ("In voller Größe ansehen", attachment.get_download_url()),
    ]


def test_a_head_request_does_not_count(client, attachment):
    client.head(attachment.get_download_url())

    assert number(attachment) == 0


def test_a_not_modified_response_does_not_count(client, attachment):
    etag = download(client, attachment)["ETag"]

    assert download(client, attachment, if_none_match=etag).status_code == 304
    assert number(attachment) == 1


def test_a_hidden_file_does_not_count(client):
    hidden = make_attachment(stored_file=make_file(), **DRAFT)

    assert download(client, hidden).status_code == 404

    assert number(hidden) == 0


def test_requests_by_staff_do_not_count(client, attachment):
    sign_in(client, "redaktion")

    body(client.get(reverse("admin:events_attachment_datei", args=[attachment.pk])))

    assert number(attachment) == 0


@pytest.mark.both_databases
def test_a_file_is_delivered_even_if_the_count_cannot_be_stored(client, attachment, monkeypatch):
    def broken(*_arguments):
        raise DatabaseError("disk full")

    monkeypatch.setattr(download_counting, "add", broken)

    assert body(client.get(attachment.get_download_url())) == b"%PDF-1.7 stands for slides"


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_concurrent_downloads_are_all_counted(attachment):
    assert at_once(*[lambda: download_counting.add({(attachment.pk, TODAY): 1})] * 4) == []

    assert number(attachment) == 4


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_the_server_counts_in_batches_that_a_deleted_attachment_does_not_spoil(
    client, attachment, settings, monkeypatch
):
    settings.DOWNLOADS_COUNTED_AT_ONCE = False
    timers = []

    def start(timer):
        timers.append(timer)

    monkeypatch.setattr(download_counting.Timer, "start", start)
    deleted = make_attachment(stored_file=make_file())
    for one in (attachment, deleted, attachment):
        download(client, one)
    withdraw([deleted])
    deleted.delete()
    before = number(attachment)

    timers[0].function()

    assert (len(timers), before, number(attachment)) == (1, 0, 2)
    download(client, attachment)
    download_counting.write_waiting()
    assert (len(timers), number(attachment)) == (2, 3)


@pytest.mark.both_databases
@pytest.mark.parametrize("handover", ["", "nginx"])
def test_a_known_download_is_answered_as_at_first_until_it_is_withdrawn(client, settings, handover):
    settings.FILES_HANDOVER = handover
    attachment = make_attachment(stored_file=make_file(), title="Folien für später")
    address = attachment.get_download_url()
    etag = download(client, attachment).headers["ETag"]
    for method, headers in [
        ("GET", {}),
        ("HEAD", {}),
        ("GET", {"range": "bytes=2-5"}),
        ("GET", {"range": "bytes=900-"}),
        ("GET", {"if-none-match": etag}),
        ("GET", {"if-match": '"other"'}),
    ]:
        caches["pages"].clear()
        first = client.generic(method, address, headers=headers)
        download(client, attachment)
        known = client.generic(method, address, headers=headers)

        assert (known.status_code, dict(known.headers), body(known)) == (
            first.status_code,
            dict(first.headers),
            body(first),
        )

    withdraw([attachment])
    assert client.get(address).status_code == 404
    assert number(attachment) == 9


@pytest.mark.both_databases
def test_a_known_download_costs_one_query_and_its_count_another(client, attachment, django_assert_num_queries):
    download(client, attachment)

    with django_assert_num_queries(2):
        download(client, attachment)


def test_the_last_months_cross_the_end_of_the_year():
    assert last_months(TODAY)[0] == date(2026, 4, 1)
    assert last_months(TODAY)[-1] == date(2027, 3, 1)
    assert len(last_months(TODAY)) == 12


@pytest.mark.both_databases
def test_the_chart_sums_downloads_by_month(attachment):
    for day, times in [(date(2027, 3, 1), 2), (date(2027, 3, 16), 4), (date(2026, 4, 30), 1), (date(2026, 3, 31), 50)]:
        attachment.download_counts.create(day=day, number=times)

    shown = chart(attachment, TODAY)

    assert [bar.number for bar in shown["bars"]] == [1] + [0] * 10 + [6]
    assert [bar.height for bar in shown["bars"]] == [10] + [0] * 10 + [60]
    assert (shown["total"], shown["highest"]) == (57, 6)


def test_editors_see_the_chart(client, attachment):
    attachment.download_counts.create(day=date(2001, 1, 1), number=7)
    sign_in(client, "redaktion")

    page = body(client.get(reverse("admin:events_attachment_change", args=[attachment.pk]))).decode()

    assert "Insgesamt 7." in page
