"""Limits the number of reports, so that a program cannot flood the inbox.

Counted in Django's cache; keys are hashed with the SECRET_KEY, so that no network address is stored in clear. With
Django's default cache each process counts for itself.
"""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

SECONDS = 60 * 60
PER_NETWORK = 5
FOR_ALL_NETWORKS = 60


def count_exceeds_limit(network: str) -> bool:
    """Counts one more report in the hour since the first; each network has its own limit besides the total."""
    return _count(network) > PER_NETWORK or _count("") > FOR_ALL_NETWORKS


def _count(network: str) -> int:
    key = salted_hmac("lernnetzwerk.barriers", network, algorithm="sha256").hexdigest()
    if cache.add(key, 1, SECONDS):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the key expired between these two calls
        cache.set(key, 1, SECONDS)
        return 1
