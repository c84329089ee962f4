"""Municipalities as the state is organised: Regierungsbezirk, district, town."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from practice.models import Municipality


@dataclass
class Region:
    code: str
    name: str
    cities: list[Municipality] = field(default_factory=list)
    districts: list[tuple[Municipality, list[Municipality]]] = field(default_factory=list)


def by_region(municipalities: Iterable[Municipality]) -> list[Region]:
    """Regions that have any, each with its free cities and its districts with their members, in the given order."""
    everyone = list(municipalities)
    members: dict[int, list[Municipality]] = {
        town.pk: [] for town in everyone if town.kind == Municipality.Kind.DISTRICT
    }
    for town in everyone:
        if town.district_id in members:
            members[town.district_id].append(town)
    regions = {code: Region(code, name) for code, name in Municipality.Region.choices}
    for town in everyone:
        if town.kind == Municipality.Kind.CITY:
            regions[town.region].cities.append(town)
        if town.kind == Municipality.Kind.DISTRICT:
            regions[town.region].districts.append((town, members[town.pk]))
    return [region for region in regions.values() if region.cities or region.districts]
