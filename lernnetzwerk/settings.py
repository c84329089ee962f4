"""All settings, read from the environment; .env.example explains each variable."""

from csp.constants import NONCE, NONE, SELF
from django_prose_editor.config import html_tags
from js_asset import static_lazy
from whitenoise.compress import Compressor

from lernnetzwerk.operation.environment import (
    BASE_DIR,
    allowed_hosts,
    database,
    file_store,
    flag,
    folder,
    mail_settings,
    mailbox,
    positive,
    secret_key,
    several,
    site_url,
    tasks_backend,
    text,
)

# --- The site -------------------------------------------------------------------------------------------------------
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = several("SECRET_KEY_FALLBACKS")
DEBUG = flag("DEBUG")
SITE_URL = site_url()
SITE_ID = 1
SITE_NAME = "Lernnetzwerk Präventionsketten NRW"
DEMO_PASSWORD = text("DEMO_PASSWORD")
CONTACT_EMAIL = mailbox("CONTACT_EMAIL")
ALLOWED_HOSTS = allowed_hosts(SITE_URL)
ROOT_URLCONF = "lernnetzwerk.urls"
WSGI_APPLICATION = "lernnetzwerk.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "lernnetzwerk.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.redirects",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "django_prose_editor",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "events",
    "speakers",
    "practice",
    "lernnetzwerk.apps.LernnetzwerkConfig",
    "lernnetzwerk.administration",
    "lernnetzwerk.barriers",
    "lernnetzwerk.files",
    "lernnetzwerk.page_cache",
    "lernnetzwerk.pages",
    "lernnetzwerk.pictures",
    "lernnetzwerk.previews",
    "lernnetzwerk.reading",
    "lernnetzwerk.search",
    "lernnetzwerk.slugs",
]

MIDDLEWARE = [
    "lernnetzwerk.page_cache.middleware.PageCache",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lernnetzwerk.web.security_headers.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lernnetzwerk.web.request_limits.limit_requests",
    "lernnetzwerk.files.middleware.preserve_upload_names",
    "lernnetzwerk.web.compression.TextGZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "lernnetzwerk.web.request_limits.RefuseFromHead",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.contrib.redirects.middleware.RedirectFallbackMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------------------------
DATABASES = {"default": database(seconds=positive("STATEMENT_TIMEOUT", 20))}

# --- Caches ---------------------------------------------------------------------------------------------------------
MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": MEMORY},
    # Of each process; a page takes 20 to 100 kB, plain and in two encodings.
    "pages": {"BACKEND": MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 500}},
}

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- Files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
FILES_ROOT = folder("FILES_ROOT", BASE_DIR / "data" / "files")
FILES_MAX_SIZE = positive("FILES_MAX_MEGABYTES", 200) * 1_000_000
FILES_MAX_PIXELS = positive("FILES_MAX_MEGAPIXELS", 50) * 1_000_000
FILES_CHECKS_AT_ONCE = max(1, positive("WEB_THREADS", 16) // 4)  # the other threads serve pages
FILE_STORE = file_store()
FILES_HANDOVER = FILE_STORE.handover
FILES_HANDOVER_PREFIX = "/_dateien/"  # of the internal location in docs/nginx.conf
LIBREOFFICE = text("LIBREOFFICE")  # empty: found by itself
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "files": FILE_STORE.storage,
    "staticfiles": {"BACKEND": "lernnetzwerk.web.static_files.StaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- Background tasks -----------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": tasks_backend()}}
DOWNLOADS_COUNTED_AT_ONCE = text("TASKS", "immediate") == "immediate"  # the server counts them in batches

# --- Sign-in --------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "lernnetzwerk.web.client_addresses.shortened_client_address"
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# --- Browser security -----------------------------------------------------------------------------------------------
SECURE = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = False  # the proxy redirects; /healthz must answer it over http
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY") else None
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_PATH = "/verwaltung/"
CSRF_COOKIE_PATH = "/"  # only a page with a form that posts sets it
CSRF_COOKIE_AGE = None  # ends with the browser session
CSRF_FAILURE_VIEW = "lernnetzwerk.web.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_AGE = 12 * 60 * 60
X_FRAME_OPTIONS = "DENY"
# W008: redirecting to https is the proxy's work. W021: preloading a state's subdomain is the state's decision.
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W021"]

DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy("lernnetzwerk/paste.js")], "extensions": {"TidyPaste": html_tags([])}},
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *FILE_STORE.sources],
        "font-src": [SELF],
        "media-src": [SELF, *FILE_STORE.sources],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- Mail -----------------------------------------------------------------------------------------------------------
globals().update(mail_settings("EMAIL_URL", timeout=10))  # Django 6.1 renames these; seconds
DEFAULT_FROM_EMAIL = mailbox("DEFAULT_FROM_EMAIL", CONTACT_EMAIL or "noreply@localhost")
REPORTS_TO = CONTACT_EMAIL if text("EMAIL_URL") else ""  # mail printed to the console reaches nobody

# --- Log ------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"redaction": {"()": "lernnetzwerk.operation.log_redaction.Redaction"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["redaction"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},  # no warnings about mistyped addresses
        "axes": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django.tasks": {"level": "WARNING"},
    },
}
