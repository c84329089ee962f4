"""Speakers for search engines (schema.org: Person)."""

from lernnetzwerk.text.structured_data import known, site_address
from speakers.models import Speaker


def speaker_data(speaker: Speaker) -> dict:
    return known(
        type="Person",
        name=speaker.full_name,
        honorificPrefix=speaker.academic_title,
        givenName=speaker.first_name,
        familyName=speaker.last_name,
        url=site_address(speaker.get_absolute_url()),
        affiliation=known(type="Organization", name=speaker.organisation) if speaker.organisation else None,
    )
