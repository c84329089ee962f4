"""`manage.py demo` on an empty portal; what it loads is tested in test_demo.py."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.models import Q

from events.models import Attachment, Event, Programme
from practice.models import Municipality

pytestmark = pytest.mark.django_db


def test_the_password_of_the_environment_is_taken_and_not_printed(settings):
    settings.DEMO_PASSWORD = "ein anderes langes Passwort"
    out = StringIO()

    call_command("demo", stdout=out)

    assert [user.check_password("ein anderes langes Passwort") for user in User.objects.all()] == [True] * 3
    assert "ein anderes langes Passwort" not in out.getvalue()
    assert out.getvalue().endswith("Passwort: wie in DEMO_PASSWORD\n")


def test_a_public_site_gets_no_demo_accounts(settings):
    settings.SITE_URL = "https://lernnetzwerk.example"

    with pytest.raises(CommandError) as caught:
        call_command("demo", stdout=StringIO())

    assert str(caught.value) == (
        "SITE_URL beginnt mit https: Demo-Konten gehören nicht auf eine öffentliche Seite (--force)."
    )
    assert (User.objects.count(), Event.objects.count(), Municipality.objects.count()) == (0, 0, 0)


def test_unless_somebody_insists(settings):
    settings.SITE_URL = "https://lernnetzwerk.example"

    call_command("demo", force=True, stdout=StringIO())

    assert (Event.objects.filter(is_sample=False).count(), Event.objects.filter(is_sample=True).count()) == (1, 3)


def test_a_sample_that_was_deleted_or_renamed_stays_so():
    call_command("demo", stdout=StringIO())
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
