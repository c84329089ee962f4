import threading

from django.db import connection


def at_once(*object_actions) -> list[Exception]:
    """Runs the functions in threads that start together, each with its own connection; returns the raised errors."""
    barrier, errors = threading.Barrier(len(object_actions)), []

    def run(action):
        try:
            barrier.wait(timeout=20)
            action()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[action]) for action in object_actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors
