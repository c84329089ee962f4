from datetime import timedelta
from itertools import pairwise

from django.db import migrations, models


def remember_days(apps, schema_editor):
    """Store the days of events whose days do not follow each other, as `Event.remember_days` does."""
    dates = {}
    for event, day in apps.get_model("events", "EventDay").objects.exclude(date=None).values_list("event", "date"):
        dates.setdefault(event, []).append(day)
    for event, days in dates.items():
        days.sort()
        if any(later - day > timedelta(days=1) for day, later in pairwise(days)):
            separate = " ".join(map(str, days))
            apps.get_model("events", "Event").objects.filter(pk=event).update(separate_days=separate)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0014_folded_titles"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="separate_days",
            field=models.TextField(blank=True, editable=False, verbose_name="einzelne Tage"),
        ),
        migrations.RunPython(remember_days, migrations.RunPython.noop),
    ]
