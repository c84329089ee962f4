"""Reads the settings' variables. Raises ImproperlyConfigured with a sentence for the operator."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import django
import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
CONSOLE = "consolemail"
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
env.read_env(BASE_DIR / ".env")


def text(name: str, default: str = "") -> str:
    """The variable's value; the default if it is unset or empty, as in a copied .env.example."""
    return env.str(name, default="").strip() or default


def flag(name: str) -> bool:
    value = text(name, "false").lower()
    if value not in {"true", "false", "1", "0", "yes", "no", "on", "off"}:
        raise ImproperlyConfigured(f"{name} must be True or False, not {value!r}.")
    return value in {"true", "1", "yes", "on"}


def several(name: str) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()]


def positive(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or int(value) == 0:
        raise ImproperlyConfigured(f"{name} must be a whole number above zero, not {value!r}.")
    return int(value)


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).absolute()


def secret_key() -> str:
    key = text("SECRET_KEY")
    if len(key) < 50:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or shorter than 50 characters. Set it in the environment or in .env; "
            "`make run` writes a random one."
        )
    return key


def site_url() -> str:
    return origin("SITE_URL", text("SITE_URL", "http://127.0.0.1:8000"), "https://portal.example")


def origin(name: str, value: str, example: str) -> str:
    url = value.rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} must be scheme and host, such as {example}, not {url!r}.")
    return url


@dataclass(frozen=True)
class FileStore:
    """Where the stored files are, and who delivers them: this process (empty), `nginx`, or the `s3` store itself."""

    storage: dict[str, object]
    handover: str
    sources: list[str]  # further origins from which a browser fetches pictures and films


def file_store() -> FileStore:
    bucket, endpoint = text("FILES_S3_BUCKET"), text("FILES_S3_ENDPOINT")
    region, handover = text("FILES_S3_REGION", "us-east-1"), text("FILES_HANDOVER").lower()
    if handover not in {"", "nginx", "s3"}:
        raise ImproperlyConfigured(f"FILES_HANDOVER must be empty, nginx or s3, not {handover!r}.")
    if bool(bucket) != bool(endpoint):
        raise ImproperlyConfigured("FILES_S3_BUCKET and FILES_S3_ENDPOINT belong together: set both or neither.")
    if handover == "s3" and not bucket:
        raise ImproperlyConfigured("FILES_HANDOVER=s3 needs FILES_S3_BUCKET and FILES_S3_ENDPOINT.")
    if handover == "nginx" and bucket:
        raise ImproperlyConfigured("FILES_HANDOVER=nginx hands out a folder; files in a bucket need s3 or nothing.")
    if not bucket:
        return FileStore({"BACKEND": "lernnetzwerk.files.storage.DurableStorage"}, handover, [])
    endpoint = origin("FILES_S3_ENDPOINT", endpoint, "https://s3.example")
    options = {"bucket_name": bucket, "endpoint_url": endpoint, "region_name": region}
    storage: dict[str, object] = {"BACKEND": "lernnetzwerk.files.s3.BucketStorage", "OPTIONS": options}
    return FileStore(storage, handover, [endpoint] if handover else [])


def allowed_hosts(url: str) -> list[str]:
    """The site's own host and those of ALLOWED_HOSTS; a local site accepts each of its local names."""
    host = urlsplit(url).hostname or ""
    local = ["127.0.0.1", "localhost", "[::1]"] if host in {"127.0.0.1", "localhost", "::1"} else []
    hosts = {host, *local, *several("ALLOWED_HOSTS")} - {"::1"}
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name hosts; * would let anyone choose the addresses we print.")
    return sorted(hosts)


def database(seconds: int) -> dict:
    """Connection settings from DATABASE_URL; `seconds` limits each statement on PostgreSQL.

    SQLite transactions are IMMEDIATE: a DEFERRED one that starts to write fails at once instead of
    waiting for the lock.
    """
    url = text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'data' / 'db.sqlite3'}")
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
    try:
        config = env.db_url_config(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}.") from error
    config["CONN_MAX_AGE"] = 60
    config["CONN_HEALTH_CHECKS"] = True
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["ENGINE"] = "lernnetzwerk.operation.sqlite"
        options["transaction_mode"] = "IMMEDIATE"
        options["timeout"] = 20
        options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    else:
        options.setdefault("connect_timeout", 5)
        options.setdefault("options", f"-c statement_timeout={seconds * 1000}")
    return config


def mailbox(name: str, default: str = "") -> str:
    """One bare mail address, or the default."""
    address = text(name, default)
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise ImproperlyConfigured(
            f"{name} must be one mail address, such as portal@ort.example, not {address!r}."
        ) from error
    return address


def mail_settings(name: str, timeout: int) -> dict[str, object]:
    """Django's settings for the mail server in the variable `name`; `timeout` is in seconds, for each step.

    Django 6.1 and later use `MAILERS` and refuse the older names, such as EMAIL_HOST. Without a server, mail is
    printed to the console.
    """
    url = text(name, f"{CONSOLE}://")
    scheme = url.partition("://")[0]
    if scheme == CONSOLE:
        return _mailer("django.core.mail.backends.console.EmailBackend", {})
    if scheme not in MAIL_PORTS:
        raise ImproperlyConfigured(f"{name} must begin with smtp://, smtp+tls://, smtp+ssl:// or {CONSOLE}://.")
    try:
        config = env.email_url_config(url)
    except ValueError as error:  # its text may contain part of the password
        raise ImproperlyConfigured(f"{name} cannot be read; in a password, / is written %2F and @ is %40.") from error
    if not config["EMAIL_HOST"]:
        raise ImproperlyConfigured(f"{name} must name a server, such as smtp+tls://user:password@mail.example:587.")
    return _mailer(config["EMAIL_BACKEND"], {**_server(scheme, config), "timeout": timeout})


def tasks_backend() -> str:
    """The task backend that TASKS names: `immediate`, `thread` of the web server, or `db` with a worker."""
    tasks = "django.tasks" if django.VERSION >= (6, 0) else "django_tasks"
    backends = {
        "immediate": f"{tasks}.backends.immediate.ImmediateBackend",
        "thread": "lernnetzwerk.operation.thread_tasks.ThreadBackend",
        "db": "django_tasks_db.DatabaseBackend",
    }
    chosen = text("TASKS", "immediate")
    if chosen not in backends:
        raise ImproperlyConfigured(f"TASKS must be one of {', '.join(backends)}, not {chosen!r}.")
    return backends[chosen]


def _server(scheme: str, config: dict) -> dict[str, object]:
    return {
        "host": config["EMAIL_HOST"],
        "port": config["EMAIL_PORT"] or MAIL_PORTS[scheme],
        "username": config["EMAIL_HOST_USER"] or "",
        "password": config["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": scheme == "smtp+tls",
        "use_ssl": scheme == "smtp+ssl",
    }


def _mailer(backend: str, options: dict[str, object]) -> dict[str, object]:
    if django.VERSION >= (6, 1):
        return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options}}}
    old_names = {"username": "HOST_USER", "password": "HOST_PASSWORD"}
    older = {f"EMAIL_{old_names.get(name, name.upper())}": value for name, value in options.items()}
    return {"EMAIL_BACKEND": backend, **older}
