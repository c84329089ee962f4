"""Europe/Berlin as a short VTIMEZONE (RFC 5545, 3.6.5): two rules, as the European Union has had them since 1996.

Before 1996 summer time ended in September; events are not older than 1990.
"""

from datetime import UTC, datetime, timedelta

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard

NAME = "Europe/Berlin"
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)
LAST_SUNDAY = {"freq": "yearly", "byday": "-1su"}


def berlin() -> Timezone:
    zone = Timezone()
    zone.add("tzid", NAME)
    zone.add_component(_change(TimezoneDaylight(), "CEST", "1981-03-29T02:00", {"bymonth": 3}))
    earlier = {"bymonth": 9, "until": datetime(1995, 9, 24, 1, tzinfo=UTC)}
    zone.add_component(_change(TimezoneStandard(), "CET", "1981-09-27T03:00", earlier))
    zone.add_component(_change(TimezoneStandard(), "CET", "1996-10-27T03:00", {"bymonth": 10}))
    return zone


def _change(component: TimezoneDaylight | TimezoneStandard, name: str, first: str, rule: dict) -> Component:
    """From `first` on, in local time before the change."""
    before, after = (WINTER, SUMMER) if name == "CEST" else (SUMMER, WINTER)
    component.add("tzname", name)
    component.add("dtstart", datetime.fromisoformat(first))
    component.add("rrule", {**LAST_SUNDAY, **rule})
    component.add("tzoffsetfrom", before)
    component.add("tzoffsetto", after)
    return component
