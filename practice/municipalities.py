"""The municipalities and districts of North Rhine-Westphalia, read from practice/data/nrw-kommunen.csv."""

import csv
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from lernnetzwerk.slugs.german import german_slug
from practice.models import Municipality

FILE = Path(__file__).parent / "data" / "nrw-kommunen.csv"
KINDS = {label: kind for kind, label in Municipality.Kind.choices}


@transaction.atomic
def load_municipalities() -> int:
    """Creates missing municipalities by their key and returns how many; existing ones stay unchanged."""
    known = dict(Municipality.objects.values_list("key", "pk"))
    with FILE.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter=";") if row["ags"] not in known]
    for row in rows:
        if row["art"] == "Kreis":
            _create(row, None)
    districts = {district.name: district for district in Municipality.objects.filter(kind=Municipality.Kind.DISTRICT)}
    for row in rows:
        if row["art"] != "Kreis":
            _create(row, districts[row["kreis"]] if row["kreis"] else None)
    return len(rows)


def _create(row: dict[str, str], district: Municipality | None) -> None:
    Municipality.objects.create(
        key=row["ags"],
        name=row["name"],
        kind=KINDS[row["art"]],
        district=district,
        region=german_slug(row["regierungsbezirk"]),
        inhabitants=int(row["einwohner"] or 0) or None,  # one row of the source has 0 for a missing number
        latitude=Decimal(row["breite"]) if row["breite"] else None,
        longitude=Decimal(row["laenge"]) if row["laenge"] else None,
    )
