"""`own_site` starts in its seeded state, whatever an earlier test changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.browser import renewal
from tests.browser.pages import EVENT_PAGE, fetch


def test_changes_by_one_test_are_gone_in_the_next(own_site, own_seed):
    pid_file, left = Path(own_site.env["WORKER"]), own_site.folder / "files" / "liegen-geblieben"
    before, worker = fetch(own_site.url + EVENT_PAGE).body, pid_file.read_text()
    left.touch()
    with closing(sqlite3.connect(own_site.folder / "db.sqlite3", isolation_level=None)) as database:
        database.execute("update events_event set title = 'Von vorhin'")
    assert b"Von vorhin" in fetch(own_site.url + EVENT_PAGE).body

    renewal.renew(own_site, own_seed)

    assert fetch(own_site.url + EVENT_PAGE).body == before
    assert not left.exists()
    assert pid_file.read_text() != worker
