"""Municipalities by region (Regierungsbezirk) and district."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from practice.models import Municipality


@dataclass
class District:
    """A district with its municipalities, or the independent cities of a region, without a district."""

    district: Municipality | None
    municipalities: list[Municipality] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.district.name if self.district else "Kreisfreie Städte"

    @property
    def anchor(self) -> str:
        return self.district.slug if self.district else "kreisfrei"

    @property
    def number(self) -> int:
        return len(self.municipalities)

    @property
    def with_district(self) -> list[Municipality]:
        return [*([self.district] if self.district else []), *self.municipalities]

    @property
    def contributing(self) -> int:
        """How many of them have activity, the district itself included; needs `is_contributing` on each."""
        return sum(municipality.is_contributing for municipality in self.with_district)


@dataclass
class Region:
    code: str
    name: str
    cities: District = field(default_factory=lambda: District(None))
    districts: list[District] = field(default_factory=list)

    @property
    def groups(self) -> list[District]:
        return [*([self.cities] if self.cities.municipalities else []), *self.districts]

    @property
    def contributing(self) -> int:
        return sum(group.contributing for group in self.groups)


def by_region(municipalities: Iterable[Municipality], contributing: Container[int]) -> list[Region]:
    """Regions that have any, each with its independent cities and its districts, in the given order.

    `contributing` are the keys of municipalities with activity.
    """
    everyone = list(municipalities)
    for municipality in everyone:
        municipality.is_contributing = municipality.pk in contributing
    districts = {
        municipality.pk: District(municipality)
        for municipality in everyone
        if municipality.kind == Municipality.Kind.DISTRICT
    }
    regions = {code: Region(code, name) for code, name in Municipality.Region.choices}
    for municipality in everyone:
        if municipality.kind == Municipality.Kind.CITY:
            regions[municipality.region].cities.municipalities.append(municipality)
        elif municipality.kind == Municipality.Kind.DISTRICT:
            regions[municipality.region].districts.append(districts[municipality.pk])
        elif municipality.district_id in districts:
            districts[municipality.district_id].municipalities.append(municipality)
    return [region for region in regions.values() if region.groups]
