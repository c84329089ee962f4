"""Context of the page of a speaker, collected from their appearances."""

from collections.abc import Collection
from itertools import groupby
from typing import Any

from speakers.models import Speaker
from speakers.structured_data import speaker_data


def speaker_page(speaker: Speaker) -> dict:
    appearances = list(speaker.appearances.published().for_speaker_page())
    sessions = {appearance.session: None for appearance in appearances}  # each once, in order
    municipalities = {municipality for session in sessions for municipality in session.municipalities.all()}
    lead = _description(len(appearances), [session.event.year for session in sessions if session.event.year])
    return {
        "section": "speakers",
        "speaker": speaker,
        "data": speaker_data(speaker),
        "lead": lead,
        "description": ". ".join(filter(None, [speaker.affiliation, lead])),
        "appearances": appearances,
        "attachments": [one for session in sessions for one in session.public_attachments if not one.absence],
        "subjects": _subjects(municipalities, {topic for session in sessions for topic in session.topics.all()}),
    }


def _subjects(municipalities: Collection[Any], topics: Collection[Any]) -> list[tuple[str, list[Any]]]:
    """Municipalities, and the topics of each kind in order, each group with its heading."""
    groups = (
        [("Kommunen", sorted(municipalities, key=lambda municipality: municipality.sort_name))]
        if municipalities
        else []
    )
    kinds = {topic.kind: topic.get_kind_display() for topic in topics}
    ordered = sorted(topics, key=lambda topic: topic.sort_name)
    return groups + [(kinds[kind], list(group)) for kind, group in groupby(ordered, key=lambda topic: topic.kind)]


def _description(appearances: int, years: list[int]) -> str:
    """`3 Beiträge im Lernnetzwerk, 2018 bis 2024`."""
    number = f"{appearances} {'Beitrag' if appearances == 1 else 'Beiträge'} im Lernnetzwerk"
    if not years:
        return number
    span = str(years[0]) if min(years) == max(years) else f"{min(years)} bis {max(years)}"
    return f"{number}, {span}"
