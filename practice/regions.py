"""Municipalities as the state is organised: Regierungsbezirk, district, town."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from practice.models import Municipality


@dataclass
class District:
    """A district with its towns, or the free cities of a region, which belong to none."""

    district: Municipality | None
    towns: list[Municipality] = field(default_factory=list)

    @property
    def everyone(self) -> list[Municipality]:
        return [*([self.district] if self.district else []), *self.towns]

    @property
    def contributing(self) -> int:
        """How many of them brought in something, the district itself included; needs `contribution` on each."""
        return sum(town.contribution is not None for town in self.everyone)


@dataclass
class Region:
    code: str
    name: str
    cities: District = field(default_factory=lambda: District(None))
    districts: list[District] = field(default_factory=list)

    @property
    def groups(self) -> list[District]:
        return [*([self.cities] if self.cities.towns else []), *self.districts]

    @property
    def contributing(self) -> int:
        return sum(group.contributing for group in self.groups)


def by_region(municipalities: Iterable[Municipality]) -> list[Region]:
    """Regions that have any, each with its free cities and its districts with their members, in the given order."""
    everyone = list(municipalities)
    districts = {town.pk: District(town) for town in everyone if town.kind == Municipality.Kind.DISTRICT}
    regions = {code: Region(code, name) for code, name in Municipality.Region.choices}
    for town in everyone:
        if town.kind == Municipality.Kind.CITY:
            regions[town.region].cities.towns.append(town)
        elif town.kind == Municipality.Kind.DISTRICT:
            regions[town.region].districts.append(districts[town.pk])
        elif town.district_id in districts:
            districts[town.district_id].towns.append(town)
    return [region for region in regions.values() if region.groups]
