import threading

from django.db import connection


def at_once(*deeds) -> list[Exception]:
    """Runs the deeds in threads that start together, each with a connection of its own; returns what went wrong."""
    barrier, errors = threading.Barrier(len(deeds)), []

    def run(deed):
        try:
            barrier.wait(timeout=20)
            deed()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors
