"""Municipalities and practice examples for search engines (schema.org: AdministrativeArea, CreativeWork)."""

from django.utils import timezone

from lernnetzwerk.text.structured_data import known, site_address
from practice.models import Municipality, PracticeExample


def municipality_data(municipality: Municipality) -> dict:
    """`identifier` is the official key of the municipality (AGS)."""
    key = known(type="PropertyValue", propertyID="AGS", value=municipality.key) if municipality.key else None
    return known(
        type="AdministrativeArea",
        name=municipality.name,
        url=site_address(municipality.get_absolute_url()),
        identifier=key,
    )


def example_data(example: PracticeExample) -> dict:
    published = example.published_from
    return known(
        type="CreativeWork",
        name=example.title,
        url=site_address(example.get_absolute_url()),
        abstract=example.summary,
        inLanguage="de",
        datePublished=timezone.localdate(published).isoformat() if published else None,
        about=[topic.name for topic in example.topics.all()],
        contentLocation=[municipality_data(one) for one in example.municipalities.all()],
    )
