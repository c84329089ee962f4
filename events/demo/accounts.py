"""One account for each of the three groups, to try the administration with."""

import secrets

from django.contrib.auth.models import Group, User

from lernnetzwerk.visibility import roles

ACCOUNTS = {"redaktion": roles.EDITORS, "freigabe": roles.PUBLISHERS, "verwaltung": roles.ADMINISTRATORS}


def load_accounts(password: str) -> str | None:
    """Creates the missing accounts; returns the random password when one had to be made up, to be printed once.

    With a `password` given, all three get it.
    """
    missing = set(ACCOUNTS) - set(User.objects.filter(username__in=ACCOUNTS).values_list("username", flat=True))
    made_up = secrets.token_urlsafe(12) if missing and not password else None
    for name, group in ACCOUNTS.items():
        user, is_new = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if is_new:
            user.groups.add(Group.objects.get(name=group))
        if password or name in missing:
            user.set_password(password or made_up)
            user.save()
    return made_up
