"""Sign-in sessions made in advance: signing in by form needs two pages and a password hash."""

import json
from pathlib import Path

from tools import portal

KEYS = "sessions.json"  # beside the database, copied with it
BEGIN = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore

def begin(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key

print(json.dumps({user.username: begin(user) for user in get_user_model().objects.all()}))
"""


def portal_in(folder: Path, python: Path) -> portal.Portal:
    """One that is not served, for its commands."""
    url = "http://127.0.0.1"
    return portal.Portal(url, folder, python, portal.portal_environment(folder, url))


def begin(seeded: Path, python: Path) -> None:
    (seeded / KEYS).write_text(portal_in(seeded, python).shell(BEGIN))


def cookie(site: portal.Portal, name: str) -> dict[str, str | bool]:
    """As the portal sets it; browsers give it to every port."""
    key = json.loads((site.folder / KEYS).read_text())[name]
    return {"name": "sessionid", "value": key, "domain": "127.0.0.1", "path": "/verwaltung/", "httpOnly": True}
