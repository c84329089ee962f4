"""The four people of the documented meeting, as the report names them."""

from speakers.models import Speaker

PEOPLE = {
    "marco-becker": {
        "first_name": "Marco",
        "last_name": "Becker",
        "organisation": "Ministerium für Kinder, Familie, Flüchtlinge und Integration des Landes NRW",
    },
    "matthias-knuth": {
        "academic_title": "Prof. Dr.",
        "first_name": "Matthias",
        "last_name": "Knuth",
        "unit": "Institut Arbeit und Qualifikation (IAQ)",
        "organisation": "Universität Duisburg-Essen",
    },
    "stephan-grohs": {
        "academic_title": "Prof. Dr.",
        "first_name": "Stephan",
        "last_name": "Grohs",
        "unit": "Lehrstuhl für Politikwissenschaft",
        "organisation": "Deutsche Universität für Verwaltungswissenschaften Speyer",
    },
    "kai-marquardsen": {
        "academic_title": "Prof. Dr.",
        "first_name": "Kai",
        "last_name": "Marquardsen",
        "unit": "Lehrgebiet „Armut und soziale Ungleichheit im Kontext der Sozialen Arbeit“",
        "organisation": "Fachhochschule Kiel",
    },
}


def load_people() -> dict[str, Speaker]:
    return {slug: Speaker.objects.get_or_create(slug=slug, defaults=fields)[0] for slug, fields in PEOPLE.items()}
