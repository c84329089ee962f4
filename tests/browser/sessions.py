"""Creates sign-in sessions in advance, because signing in by form costs two pages and a password hash."""

import json
from pathlib import Path

from tools import portal

KEYS = "sessions.json"  # beside the database, so that it is copied with it
CREATE = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore

def create(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key

print(json.dumps({user.username: create(user) for user in get_user_model().objects.all()}))
"""


def portal_in(folder: Path, python: Path) -> portal.Portal:
    """Returns the portal in `folder` for management commands, without starting a server."""
    url = "http://127.0.0.1"
    return portal.Portal(url, folder, python, portal.portal_environment(folder, url))


def create_all(seeded: Path, python: Path) -> None:
    """Creates a session for each user and writes the session keys by user name to `KEYS`."""
    (seeded / KEYS).write_text(portal_in(seeded, python).shell(CREATE))


def cookie(site: portal.Portal, name: str) -> dict[str, str | bool]:
    """Returns the session cookie of the user `name` as the portal sets it; cookies are valid for every port."""
    key = json.loads((site.folder / KEYS).read_text())[name]
    return {"name": "sessionid", "value": key, "domain": "127.0.0.1", "path": "/verwaltung/", "httpOnly": True}
