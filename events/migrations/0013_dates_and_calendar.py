"""Bounds dates, keeps what the calendar of an event once said, and marks items that begin after midnight."""

import datetime

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import lernnetzwerk.text.dates

FIRST, LAST = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)
MORNING = datetime.time(6)
SOME = 500


def outside(name):
    return Q(**{f"{name}__lt": FIRST}) | Q(**{f"{name}__gt": LAST})


def forget_impossible_dates(apps, _schema_editor):
    """A date such as 31.12.9999 was a typing error, from which the right one cannot be told: it becomes unknown."""
    events = apps.get_model("events", "Event").objects
    unknown = {"starts_on": None, "ends_on": None, "precision": "unknown"}
    events.filter(outside("starts_on") | outside("ends_on")).update(**unknown)
    events.filter(outside("registration_until")).update(registration_until=None)
    apps.get_model("events", "EventDay").objects.filter(outside("date")).update(date=None)


def remember_calendars(apps, _schema_editor):
    """Public events had one entry, number 0, until their programme was released, and counted their versions in minutes.

    The new count goes on from there: a calendar ignores an entry with a lower one (RFC 5545, 3.8.7.4).
    """
    event_model, former_day = apps.get_model("events", "Event"), apps.get_model("events", "FormerDay")
    for event in event_model.objects.order_by("pk").iterator(SOME):
        minutes = int((event.changed_at - event.created_at) / datetime.timedelta(minutes=1))
        event_model.objects.filter(pk=event.pk).update(calendar_sequence=max(minutes, 0) + 1)
    public = event_model.objects.filter(state="published", precision="day", starts_on__isnull=False)
    dates = public.values_list("pk", "starts_on", "ends_on")
    entries = [former_day(event_id=key, number=0, begins_on=first, ends_on=last) for key, first, last in dates]
    former_day.objects.bulk_create(entries, SOME)


def mark_nights(apps, _schema_editor):
    """As events/programme/nights.py does it for a programme that is saved now."""
    slot_model = apps.get_model("events", "Slot")
    begun, nights = set(), []
    slots = slot_model.objects.filter(begins_at__isnull=False).order_by("programme_id", "order")
    for key, programme, day, begins_at in slots.values_list("pk", "programme_id", "day_id", "begins_at"):
        if begins_at >= MORNING:
            begun.add((programme, day))
        elif (programme, day) in begun:
            nights.append(key)
    for start in range(0, len(nights), SOME):
        slot_model.objects.filter(pk__in=nights[start : start + SOME]).update(is_after_midnight=True)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0012_attachment_vocabulary"),
        ("files", "0002_examinations"),
        ("practice", "0002_samples"),
    ]

    operations = [
        migrations.RunPython(forget_impossible_dates, migrations.RunPython.noop),
        migrations.CreateModel(
            name="FormerDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Tag")),
                ("begins_on", models.DateField(verbose_name="erster Tag")),
                ("ends_on", models.DateField(verbose_name="letzter Tag")),
            ],
            options={
                "verbose_name": "entfallener Kalendereintrag",
                "verbose_name_plural": "entfallene Kalendereinträge",
                "ordering": ["event_id", "number"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="event",
            name="calendar_sequence",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="Fassung im Kalender"),
        ),
        migrations.AddField(
            model_name="slot",
            name="is_after_midnight",
            field=models.BooleanField(default=False, editable=False, verbose_name="beginnt nach Mitternacht"),
        ),
        migrations.AlterField(
            model_name="event",
            name="ends_on",
            field=models.DateField(
                blank=True,
                help_text="Leer: wie der erste Tag.",
                null=True,
                validators=[lernnetzwerk.text.dates.plausible],
                verbose_name="letzter Tag",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="registration_until",
            field=models.DateField(
                blank=True, null=True, validators=[lernnetzwerk.text.dates.plausible], verbose_name="Anmeldung bis"
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="starts_on",
            field=models.DateField(
                blank=True,
                help_text="Leer: auf der Seite steht „Datum nicht dokumentiert“.",
                null=True,
                validators=[lernnetzwerk.text.dates.plausible],
                verbose_name="erster Tag",
            ),
        ),
        migrations.AlterField(
            model_name="eventday",
            name="date",
            field=models.DateField(
                blank=True,
                help_text="Leer: nicht dokumentiert.",
                null=True,
                validators=[lernnetzwerk.text.dates.plausible],
                verbose_name="Datum",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("starts_on__isnull", True),
                        models.Q(
                            ("starts_on__gte", datetime.date(1990, 1, 1)),
                            ("starts_on__lte", datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("ends_on__isnull", True),
                        models.Q(
                            ("ends_on__gte", datetime.date(1990, 1, 1)), ("ends_on__lte", datetime.date(2100, 12, 31))
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("registration_until__isnull", True),
                        models.Q(
                            ("registration_until__gte", datetime.date(1990, 1, 1)),
                            ("registration_until__lte", datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                ),
                name="event_dates_are_plausible",
                violation_error_message="Bitte ein Datum zwischen 1990 und 2100 angeben.",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date__isnull", True),
                    models.Q(("date__gte", datetime.date(1990, 1, 1)), ("date__lte", datetime.date(2100, 12, 31))),
                    _connector="OR",
                ),
                name="event_day_is_plausible",
                violation_error_message="Bitte ein Datum zwischen 1990 und 2100 angeben.",
            ),
        ),
        migrations.AddField(
            model_name="formerday",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="former_days",
                to="events.event",
                verbose_name="Veranstaltung",
            ),
        ),
        migrations.AddConstraint(
            model_name="formerday",
            constraint=models.UniqueConstraint(
                fields=("event", "number"),
                name="former_day_is_kept_once",
                violation_error_message="Dieser Eintrag steht schon unter den entfallenen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="formerday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__gte", models.F("begins_on")),
                    models.Q(
                        ("begins_on__isnull", True),
                        models.Q(
                            ("begins_on__gte", datetime.date(1990, 1, 1)),
                            ("begins_on__lte", datetime.date(2100, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("ends_on__isnull", True),
                        models.Q(
                            ("ends_on__gte", datetime.date(1990, 1, 1)), ("ends_on__lte", datetime.date(2100, 12, 31))
                        ),
                        _connector="OR",
                    ),
                ),
                name="former_day_ends_after_it_begins",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
        ),
        migrations.RunPython(remember_calendars, migrations.RunPython.noop),
        migrations.RunPython(mark_nights, migrations.RunPython.noop),
    ]
