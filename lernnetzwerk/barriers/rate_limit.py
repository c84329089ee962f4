"""How many reports are taken, so that a machine cannot fill the inbox.

Counted in Django's cache; keys are hashed with the SECRET_KEY, so that no network address is stored readable. With
Django's default cache each process counts for itself.
"""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

SECONDS = 60 * 60
PER_NETWORK = 5
IN_ALL = 60


def is_one_too_many(network: str) -> bool:
    """Counts one more report of this network in the hour since its first; one network alone cannot close the form."""
    return _count(network) > PER_NETWORK or _count("") > IN_ALL


def _count(network: str) -> int:
    key = salted_hmac("lernnetzwerk.barriers", network, algorithm="sha256").hexdigest()
    if cache.add(key, 1, SECONDS):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the hour ended between these two lines
        cache.set(key, 1, SECONDS)
        return 1
