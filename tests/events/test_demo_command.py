"""Options and output of `manage.py demo`; test_demo.py tests what it loads."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.models import Q

from events.models import Attachment, Event, Invitation, Programme
from tests.administration import nothing_changes

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]


@pytest.fixture
def without_accounts(demo):
    """The demo content without its accounts and the upload link that one of them created."""
    Invitation.objects.all().delete()
    User.objects.all().delete()


def test_the_password_from_the_environment_is_used_and_not_printed(without_accounts, settings):
    settings.DEMO_PASSWORD = "ein anderes langes Passwort"
    out = StringIO()

    call_command("demo", stdout=out)

    assert [user.check_password("ein anderes langes Passwort") for user in User.objects.all()] == [True] * 3
    assert "ein anderes langes Passwort" not in out.getvalue()
    assert out.getvalue().endswith("Passwort: wie in DEMO_PASSWORD\n")


def test_a_public_site_gets_no_demo_accounts(without_accounts, settings):
    settings.SITE_URL = "https://lernnetzwerk.example"

    with nothing_changes(), pytest.raises(CommandError) as caught:
        call_command("demo", stdout=StringIO())

    assert str(caught.value) == (
        "SITE_URL beginnt mit https: Demo-Konten gehören nicht auf eine öffentliche Seite (--force)."
    )
    assert User.objects.count() == 0


def test_force_creates_demo_accounts_on_a_public_site(without_accounts, settings):
    settings.SITE_URL = "https://lernnetzwerk.example"

    call_command("demo", force=True, stdout=StringIO())

    assert User.objects.count() == 3
    assert (Event.objects.filter(is_sample=False).count(), Event.objects.filter(is_sample=True).count()) == (1, 3)


def test_a_deleted_or_renamed_sample_is_not_restored(demo):
    coming = Event.objects.get(number=21)
    coming.slug = "umbenannt"
    coming.save()
    Attachment.objects.filter(Q(event__number=20) | Q(session__event__number=20)).delete()
    Event.objects.filter(number=20).update(current_release=None)
    Programme.objects.filter(event__number=20).delete()
    Event.objects.get(number=20).delete()
    out = StringIO()

    call_command("demo", stdout=out)

    assert "Praxisbeispiele): schon da." in out.getvalue()
    assert set(Event.objects.filter(is_sample=True).values_list("slug", flat=True)) == {
        "umbenannt",
        "beispiel-18-armutssensibel-handeln",
    }
