import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from lernnetzwerk.web.client_addresses import shorten
from tests.factories import make_user
from tests.reading import document, texts

pytestmark = pytest.mark.both_databases

RIGHT, WRONG = "ein langes Passwort", "geraten"


def sign_in(client, username: str, password: str, **headers: str):
    return client.post("/verwaltung/login/", {"username": username, "password": password}, **headers)


@pytest.mark.django_db
def test_the_right_password_is_refused_after_five_failures(client):
    user = make_user()

    statuses = [sign_in(client, user.username, WRONG).status_code for _time in range(5)]
    response = sign_in(client, user.username, RIGHT)

    assert statuses == [200, 200, 200, 200, 429]
    assert response.status_code == 429
    assert texts(document(response), tag="h1") == ["Zu viele Versuche in kurzer Zeit"]
    assert "sessionid" not in client.cookies
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe-" not in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_failures_of_one_account_do_not_lock_another(client):
    unlucky, other = make_user(), make_user()
    for _time in range(6):
        sign_in(client, unlucky.username, WRONG)

    assert sign_in(client, other.username, RIGHT).status_code == 302


@pytest.mark.django_db
def test_failures_from_elsewhere_do_not_lock_the_owner_out(client):
    user = make_user()
    for _time in range(6):
        sign_in(client, user.username, WRONG, REMOTE_ADDR="198.51.100.7")

    assert sign_in(client, user.username, RIGHT, REMOTE_ADDR="192.0.2.1").status_code == 302


@pytest.mark.django_db
def test_addresses_of_one_network_share_their_failures(client):
    user = make_user()
    statuses = [sign_in(client, user.username, WRONG, REMOTE_ADDR=f"198.51.100.{n}").status_code for n in range(6)]

    assert statuses == [200, 200, 200, 200, 429, 429]


@pytest.mark.django_db
def test_a_forged_header_does_not_bypass_the_limit(client):
    user = make_user()
    statuses = [sign_in(client, user.username, WRONG, HTTP_X_FORWARDED_FOR=f"10.{n}.0.1").status_code for n in range(6)]

    assert statuses[-1] == 429


@pytest.mark.django_db
def test_signing_in_resets_earlier_failures(client):
    user = make_user()
    for _time in range(4):
        sign_in(client, user.username, WRONG)
    sign_in(client, user.username, RIGHT)

    assert [sign_in(client, user.username, WRONG).status_code for _time in range(4)] == [200, 200, 200, 200]


@pytest.mark.django_db
def test_only_a_shortened_address_and_no_password_is_stored(client):
    user = make_user()
    sign_in(client, user.username, WRONG, REMOTE_ADDR="198.51.100.77")
    sign_in(client, user.username, WRONG, REMOTE_ADDR="2001:db8:1234:5678::9")

    kept = [*AccessAttempt.objects.values(), *AccessFailureLog.objects.values(), *AccessLog.objects.values()]

    assert {str(row["ip_address"]) for row in kept} == {"198.51.100.0", "2001:db8:1234::"}
    assert "198.51.100.77" not in str(kept)
    assert WRONG not in str(kept)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("192.0.2.77", "192.0.2.0"),
        ("192.0.2.0", "192.0.2.0"),
        ("2001:db8:1234:5678:9abc::1", "2001:db8:1234::"),
        ("::1", "::"),
        ("::ffff:192.0.2.77", "::"),
        ("", "0.0.0.0"),
        ("unix:", "0.0.0.0"),
        ("192.0.2.77, 10.0.0.1", "0.0.0.0"),
    ],
)
def test_addresses_are_shortened_to_their_network(address, kept):
    assert shorten(address) == kept


@pytest.mark.django_db
def test_the_entry_of_the_proxy_counts_and_not_the_forged_one(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    sign_in(client, "wer", WRONG, HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.77", REMOTE_ADDR="127.0.0.1")

    assert [str(attempt.ip_address) for attempt in AccessAttempt.objects.all()] == ["198.51.100.0"]


@pytest.mark.django_db
def test_users_without_staff_status_cannot_sign_in(client):
    user = make_user(is_staff=False)

    assert sign_in(client, user.username, RIGHT).status_code == 200
    assert client.get("/verwaltung/").status_code == 302


@pytest.mark.django_db
def test_the_sign_in_page_is_german(client):
    page = document(client.get("/verwaltung/login/"))

    assert texts(page, tag="label") == ["Benutzername:", "Passwort:"]
