from datetime import UTC, datetime, time, timedelta

from django.db import migrations, models
from django.utils import timezone

DAY = 24 * 60


def remember_nights(apps, schema_editor):
    """Store how long released programmes of last days go on after midnight, as `Event.remember_night` does."""
    released = models.F("day__event__current_release")
    slots = apps.get_model("events", "Slot").objects.filter(
        programme=released, day__date=models.F("day__event__ends_on"), day__event__precision="day", parent=None
    )
    days = {}
    for slot in slots.exclude(status="cancelled").exclude(begins_at=None).select_related("day"):
        begins = slot.begins_at.hour * 60 + slot.begins_at.minute + DAY * slot.is_after_midnight
        ends = None if slot.duration is None else begins + slot.duration
        days.setdefault((slot.day.event_id, slot.day.date), []).append((begins, ends))
    for (event, day), spans in days.items():
        _begins, last = max(spans, key=lambda span: span[0])
        minutes = max(ends for _, ends in spans if ends is not None) if last is not None else 0
        if minutes > DAY:
            shown = datetime.combine(day, time.min) + timedelta(minutes=minutes)
            until = timezone.make_aware(shown, timezone.get_default_timezone()).astimezone(UTC)
            apps.get_model("events", "Event").objects.filter(pk=event).update(runs_until=until)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0018_plain_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="runs_until",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="läuft in der Nacht bis"),
        ),
        migrations.RunPython(remember_nights, migrations.RunPython.noop),
    ]
