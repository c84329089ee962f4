"""Invented people with invented bodies: names that nobody carries, at places that are on no map."""

from typing import TypedDict

from events.demo.samples.prose import prose
from speakers.models import Speaker


class Person(TypedDict, total=False):
    academic_title: str
    first_name: str
    last_name: str
    unit: str
    organisation: str
    place: str
    biography: str


PEOPLE: dict[str, Person] = {
    "anke-morgenstieg": {
        "first_name": "Anke",
        "last_name": "Morgenstieg",
        "unit": "Koordinierungsstelle",
        "organisation": "Landesbüro Präventionsketten (Beispiel)",
        "biography": "Anke Morgenstieg ist erfunden. Sie begrüßt auf Beispieltreffen und kennt alle beim Namen.",
    },
    "selma-tannenwiek": {
        "first_name": "Selma",
        "last_name": "Tannenwiek",
        "unit": "Koordinierungsstelle",
        "organisation": "Landesbüro Präventionsketten (Beispiel)",
        "biography": "Selma Tannenwiek ist erfunden. Sie moderiert, schreibt mit und achtet auf die Pausen.",
    },
    "miriam-auenfels": {
        "academic_title": "Prof. Dr.",
        "first_name": "Miriam",
        "last_name": "Auenfels",
        "unit": "Fachgebiet Kindheitsforschung",
        "organisation": "Hochschule Beispielstadt",
        "biography": "Miriam Auenfels ist erfunden. In den Beispielen forscht sie dazu, was Kindern bei einem "
        "Wechsel Halt gibt, und fragt die Kinder selbst.",
    },
    "levin-sandbrueckner": {
        "academic_title": "Dr.",
        "first_name": "Levin",
        "last_name": "Sandbrückner",
        "organisation": "Institut für kommunale Bildung",
        "place": "Beispielstadt",
        "biography": "Levin Sandbrückner ist erfunden. Er rechnet gern, misstraut aber jeder Zahl ohne Geschichte.",
    },
    "imogen-thistlewick": {
        "academic_title": "Prof.",
        "first_name": "Imogen",
        "last_name": "Thistlewick",
        "unit": "School of Social Policy",
        "organisation": "University of Samplebridge",
        "biography": "Imogen Thistlewick ist erfunden, ihre Universität auch. Sie trägt auf Englisch vor.",
    },
    "jonas-aehrenfeld": {
        "first_name": "Jonas",
        "last_name": "Ährenfeld",
        "unit": "Sozialplanung",
        "organisation": "Kreis Musterland",
    },
    "tilda-weidenhag": {
        "academic_title": "Dr. med.",
        "first_name": "Tilda",
        "last_name": "Weidenhag",
        "unit": "Kinder- und Jugendgesundheitsdienst",
        "organisation": "Gesundheitsamt Beispielstadt",
        "biography": "Tilda Weidenhag ist erfunden. In den Beispielen ist sie Kinderärztin und wechselte von der "
        "Klinik ins Gesundheitsamt.",
    },
    "bruno-kornblumer": {
        "first_name": "Bruno",
        "last_name": "Kornblumer",
        "unit": "Team Familie",
        "organisation": "Jobcenter Musterhausen",
    },
    "derya-lindenquell": {
        "first_name": "Derya",
        "last_name": "Lindenquell",
        "unit": "Koordination Präventionskette (Beispiel)",
    },
    "henrike-birkenzaun": {
        "first_name": "Henrike",
        "last_name": "Birkenzaun",
        "unit": "Netzwerk Frühe Hilfen (Beispiel)",
    },
    "ines-apfelhain": {
        "first_name": "Ines",
        "last_name": "Apfelhain",
        "unit": "Fachstelle Übergang Kita und Grundschule (Beispiel)",
        "biography": "Ines Apfelhain ist erfunden. An ihr lässt sich sehen, dass eine Person im Lauf der Jahre für "
        "verschiedene Häuser spricht.",
    },
    "emre-nordquell": {
        "first_name": "Emre",
        "last_name": "Nordquell",
        "unit": "Fachstelle Bildung und Teilhabe (Beispiel)",
    },
}


def load_people() -> dict[str, Speaker]:
    return {name: _person(name, **fields) for name, fields in PEOPLE.items()}


def _person(name: str, biography: str = "", **fields: str) -> Speaker:
    return Speaker.objects.create(slug=f"beispiel-{name}", is_sample=True, biography=prose(biography), **fields)
