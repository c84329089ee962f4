"""Invalid settings stop the start with a sentence that says what to change."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lernnetzwerk.operation import environment

ROOT = Path(__file__).resolve().parent.parent.parent
SHORT_KEY = (
    "SECRET_KEY is missing or shorter than 50 characters. Set it in the environment or in .env; "
    "`make run` writes a random one."
)
ANY_HOST = "ALLOWED_HOSTS must name hosts; * would let anyone choose the addresses we print."


def refusal(read, *args) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        read(*args)
    return str(caught.value)


@pytest.mark.parametrize("key", [None, "", " " * 60, "x" * 49])
def test_a_secret_key_is_needed_and_long(monkeypatch, key):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    if key is not None:
        monkeypatch.setenv("SECRET_KEY", key)

    assert refusal(environment.secret_key) == SHORT_KEY


def test_fifty_characters_are_enough(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 50)

    assert environment.secret_key() == "x" * 50


@pytest.mark.parametrize(
    "url",
    [
        "portal.example",
        "ftp://portal.example",
        "https://",
        "https://portal.example/pfad",
        "https://portal.example?a=b",
        "//portal.example",
    ],
)
def test_the_sites_address_is_scheme_and_host(monkeypatch, url):
    monkeypatch.setenv("SITE_URL", url)

    assert refusal(environment.site_url) == (
        f"SITE_URL must be scheme and host, such as https://portal.example, not {url.rstrip('/')!r}."
    )


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://portal.example", "https://portal.example"),
        ("https://portal.example/", "https://portal.example"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("", "http://127.0.0.1:8000"),
    ],
)
def test_a_valid_address_is_used_without_its_last_slash(monkeypatch, given, url):
    monkeypatch.setenv("SITE_URL", given)

    assert environment.site_url() == url


@pytest.mark.parametrize(
    ("url", "further", "hosts"),
    [
        ("https://portal.example", "", ["portal.example"]),
        ("https://portal.example", "a.example, b.example,", ["a.example", "b.example", "portal.example"]),
        ("http://127.0.0.1:8000", "", ["127.0.0.1", "[::1]", "localhost"]),
        ("http://[::1]:8000", "", ["127.0.0.1", "[::1]", "localhost"]),
    ],
)
def test_the_portal_answers_to_its_own_hosts_only(monkeypatch, url, further, hosts):
    monkeypatch.setenv("ALLOWED_HOSTS", further)

    assert environment.allowed_hosts(url) == hosts


def test_a_wildcard_host_is_refused(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example,*")

    assert refusal(environment.allowed_hosts, "https://portal.example") == ANY_HOST


@pytest.mark.parametrize("url", ["mysql://a/b", "foo", "oracle://x", "/pfad/db.sqlite3", "sqlite:db"])
def test_other_databases_are_refused(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    assert refusal(environment.database, 20) == "DATABASE_URL must begin with sqlite:/// or postgres://."


@pytest.mark.parametrize("url", ["postgres://u:p@h:abc/db", "postgres://u:p@h:99999999/db"])
def test_an_invalid_port_is_refused_with_a_message(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    assert refusal(environment.database, 20).startswith("DATABASE_URL cannot be read: Port ")


def test_sqlite_is_set_up_for_many_writers(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/portal/db.sqlite3")

    config = environment.database(20)

    assert (config["ENGINE"], config["NAME"]) == ("lernnetzwerk.operation.sqlite", "/srv/portal/db.sqlite3")
    assert config["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_gets_a_time_limit_and_health_checks(monkeypatch, scheme):
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://portal:geheim@db.example:5433/portal")

    config = environment.database(7)

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "portal")
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (60, True)
    assert config["OPTIONS"] == {"connect_timeout": 5, "options": "-c statement_timeout=7000"}


@pytest.mark.parametrize("value", ["0", "-1", "abc", "1.5", "1e3", "²"])
def test_a_number_must_be_a_positive_integer(monkeypatch, value):
    monkeypatch.setenv("FILES_MAX_MEGABYTES", value)

    assert refusal(environment.positive, "FILES_MAX_MEGABYTES", 200) == (
        f"FILES_MAX_MEGABYTES must be a whole number above zero, not {value!r}."
    )


@pytest.mark.parametrize(("value", "number"), [("", 200), ("7", 7), (" 12 ", 12)])
def test_an_empty_number_has_its_default(monkeypatch, value, number):
    monkeypatch.setenv("FILES_MAX_MEGABYTES", value)

    assert environment.positive("FILES_MAX_MEGABYTES", 200) == number


@pytest.mark.parametrize("value", ["vielleicht", "2", "ja", "Tru"])
def test_an_invalid_boolean_is_refused(monkeypatch, value):
    monkeypatch.setenv("BEHIND_PROXY", value)

    assert refusal(environment.flag, "BEHIND_PROXY") == f"BEHIND_PROXY must be True or False, not {value.lower()!r}."


@pytest.mark.parametrize(("value", "is_on"), [("True", True), ("1", True), ("on", True), ("False", False), ("", False)])
def test_common_spellings_of_a_boolean_are_read(monkeypatch, value, is_on):
    monkeypatch.setenv("DEBUG", value)

    assert environment.flag("DEBUG") is is_on


@pytest.mark.parametrize(
    "value", ["portal", "a@b", "a@b.example, c@d.example", "Portal <a@b.example>", "a@b.example\nBcc: c"]
)
def test_a_mailbox_is_one_bare_address(monkeypatch, value):
    monkeypatch.setenv("CONTACT_EMAIL", value)

    assert refusal(environment.mailbox, "CONTACT_EMAIL") == (
        f"CONTACT_EMAIL must be one mail address, such as portal@ort.example, not {value!r}."
    )


def test_an_empty_mailbox_has_its_default(monkeypatch):
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", "")

    assert environment.mailbox("DEFAULT_FROM_EMAIL", "netz@ort.example") == "netz@ort.example"
    assert environment.mailbox("DEFAULT_FROM_EMAIL") == ""


def mail_server(monkeypatch, url: str) -> tuple[str, dict]:
    """The mail backend and its options, whichever settings the present Django version uses for them."""
    monkeypatch.setenv("EMAIL_URL", url)
    found = environment.mail_settings("EMAIL_URL", 10)
    if "MAILERS" in found:
        return found["MAILERS"]["default"]["BACKEND"], found["MAILERS"]["default"]["OPTIONS"]
    new_names = {"EMAIL_HOST_USER": "username", "EMAIL_HOST_PASSWORD": "password"}
    backend = found.pop("EMAIL_BACKEND")
    return backend, {new_names.get(name, name[6:].lower()): value for name, value in found.items()}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
        ("smtp+tls://netz:ge%2Fh%40m@mail.example", ("mail.example", 587, "netz", "ge/h@m", True, False)),
        ("smtp+ssl://netz:geheim@mail.example:4650", ("mail.example", 4650, "netz", "geheim", False, True)),
    ],
)
def test_a_mail_server_has_a_timeout_of_ten_seconds(monkeypatch, url, expected):
    names = ("host", "port", "username", "password", "use_tls", "use_ssl", "timeout")

    backend, options = mail_server(monkeypatch, url)

    assert backend == "django.core.mail.backends.smtp.EmailBackend"
    assert options == dict(zip(names, (*expected, 10), strict=True))


@pytest.mark.parametrize("url", ["", "consolemail://"])
def test_mail_is_printed_without_a_server(monkeypatch, url):
    assert mail_server(monkeypatch, url) == ("django.core.mail.backends.console.EmailBackend", {})


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mail.example", "EMAIL_URL must begin with smtp://, smtp+tls://, smtp+ssl:// or consolemail://."),
        ("https://mail.example", "EMAIL_URL must begin with smtp://, smtp+tls://, smtp+ssl:// or consolemail://."),
        ("smtp://", "EMAIL_URL must name a server, such as smtp+tls://user:password@mail.example:587."),
        ("smtp://u:ge/heim@mail.example", "EMAIL_URL cannot be read; in a password, / is written %2F and @ is %40."),
    ],
)
def test_an_invalid_mail_server_is_refused_without_showing_its_password(monkeypatch, url, sentence):
    monkeypatch.setenv("EMAIL_URL", url)

    assert refusal(environment.mail_settings, "EMAIL_URL", 10) == sentence


# --- the whole start --------------------------------------------------------------------------------------------------


GIVEN = {
    "SECRET_KEY": "x" * 60,
    "DATABASE_URL": "sqlite:////nonexistent/db.sqlite3",
    "FILES_ROOT": "/nonexistent",
    "SITE_URL": "http://127.0.0.1:8000",
    "DJANGO_SETTINGS_MODULE": "lernnetzwerk.settings",
}


def settings_with(monkeypatch, **variables: str) -> dict:
    """The settings that result from these environment variables."""
    for name, value in {**GIVEN, **variables}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "lernnetzwerk" / "settings.py"))


def start(code: str, **variables: str) -> subprocess.CompletedProcess:
    """Runs `code` in a new process with these environment variables."""
    env = {**os.environ, **GIVEN, **variables}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"SECRET_KEY": "kurz"}, SHORT_KEY),
        ({"ALLOWED_HOSTS": "*"}, ANY_HOST),
        ({"DATABASE_URL": "mysql://a/b"}, "DATABASE_URL must begin with sqlite:/// or postgres://."),
        ({"STATEMENT_TIMEOUT": "bald"}, "STATEMENT_TIMEOUT must be a whole number above zero, not 'bald'."),
        ({"DEBUG": "vielleicht"}, "DEBUG must be True or False, not 'vielleicht'."),
        (
            {"CONTACT_EMAIL": "portal"},
            "CONTACT_EMAIL must be one mail address, such as portal@ort.example, not 'portal'.",
        ),
        ({"EMAIL_URL": "mail"}, "EMAIL_URL must begin with smtp://, smtp+tls://, smtp+ssl:// or consolemail://."),
    ],
)
def test_a_wrong_setting_is_refused_with_its_message(monkeypatch, variables, sentence):
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_with(monkeypatch, **variables)

    assert str(refused.value) == sentence


def test_a_wrong_setting_stops_the_start_with_its_message():
    started = start("import django; django.setup()", SECRET_KEY="kurz")

    assert started.returncode == 1
    assert started.stderr.splitlines()[-1] == f"django.core.exceptions.ImproperlyConfigured: {SHORT_KEY}"


ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
answer = Client(SERVER_NAME="portal.example").get("/healthz")
print(json.dumps({
    "hsts": answer.headers.get("Strict-Transport-Security"),
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
}))
"""


@pytest.mark.parametrize(
    ("scheme", "answer"),
    [
        ("https", {"hsts": "max-age=31536000; includeSubDomains", "secure": [True, True]}),
        ("http", {"hsts": None, "secure": [False, False]}),
    ],
)
def test_hsts_and_secure_cookies_are_set_for_https(scheme, answer):
    started = start(ASK, SITE_URL=f"{scheme}://portal.example")

    assert started.returncode == 0, started.stderr
    assert json.loads(started.stdout) == answer


@pytest.mark.parametrize(
    ("variables", "mailbox"),
    [
        ({"CONTACT_EMAIL": "netz@ort.example", "EMAIL_URL": "smtp://mail.example"}, "netz@ort.example"),
        ({"CONTACT_EMAIL": "netz@ort.example", "EMAIL_URL": ""}, ""),
        ({"CONTACT_EMAIL": "", "EMAIL_URL": "smtp://mail.example"}, ""),
    ],
)
def test_reports_are_mailed_only_with_mailbox_and_server(monkeypatch, variables, mailbox):
    """A mail that is only printed to the console must not count as sent."""
    assert settings_with(monkeypatch, **variables)["REPORTS_TO"] == mailbox


def test_proxy_headers_are_trusted_only_behind_a_proxy(monkeypatch):
    header = ("HTTP_X_FORWARDED_PROTO", "https")

    assert settings_with(monkeypatch)["SECURE_PROXY_SSL_HEADER"] is None
    assert settings_with(monkeypatch, BEHIND_PROXY="True")["SECURE_PROXY_SSL_HEADER"] == header


# --- where the stored files lie ---------------------------------------------------------------------------------------

BUCKET = {"FILES_S3_BUCKET": "portal", "FILES_S3_ENDPOINT": "https://s3.ort.example/"}


def file_store(monkeypatch, **variables):
    for name in ("FILES_S3_BUCKET", "FILES_S3_ENDPOINT", "FILES_S3_REGION", "FILES_HANDOVER"):
        monkeypatch.setenv(name, variables.get(name, ""))
    return environment.file_store()


def test_files_are_in_a_folder_and_sent_by_the_portal_by_default(monkeypatch):
    store = file_store(monkeypatch)

    assert (store.storage, store.handover, store.sources) == (
        {"BACKEND": "lernnetzwerk.files.storage.DurableStorage"},
        "",
        [],
    )


def test_a_bucket_is_named_by_its_store_and_region(monkeypatch):
    store = file_store(monkeypatch, **BUCKET, FILES_S3_REGION="eu-central-1")

    assert store.storage == {
        "BACKEND": "lernnetzwerk.files.s3.BucketStorage",
        "OPTIONS": {
            "bucket_name": "portal",
            "endpoint_url": "https://s3.ort.example",
            "region_name": "eu-central-1",
        },
    }


def test_the_policy_allows_the_store_only_with_handover_s3(monkeypatch):
    assert file_store(monkeypatch, **BUCKET).sources == []
    assert file_store(monkeypatch, **BUCKET, FILES_HANDOVER="s3").sources == ["https://s3.ort.example"]


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"FILES_HANDOVER": "apache"}, "FILES_HANDOVER must be empty, nginx or s3, not 'apache'."),
        ({"FILES_HANDOVER": "s3"}, "FILES_HANDOVER=s3 needs FILES_S3_BUCKET and FILES_S3_ENDPOINT."),
        (
            {**BUCKET, "FILES_HANDOVER": "nginx"},
            "FILES_HANDOVER=nginx hands out a folder; files in a bucket need s3 or nothing.",
        ),
        (
            {"FILES_S3_BUCKET": "portal"},
            "FILES_S3_BUCKET and FILES_S3_ENDPOINT belong together: set both or neither.",
        ),
        (
            {**BUCKET, "FILES_S3_ENDPOINT": "s3.ort.example"},
            "FILES_S3_ENDPOINT must be scheme and host, such as https://s3.example, not 's3.ort.example'.",
        ),
    ],
)
def test_an_invalid_store_stops_the_start(monkeypatch, variables, sentence):
    assert refusal(lambda: file_store(monkeypatch, **variables)) == sentence
