"""Runs functions at the same time, each with its own database connection."""

import threading

from django.db import connection


def at_once(*actions) -> list[Exception]:
    """Runs each function in its own thread, all starting together, and returns the exceptions they raised."""
    barrier, errors = threading.Barrier(len(actions)), []

    def run(action):
        try:
            barrier.wait(timeout=20)
            action()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors
