"""The three practice examples of the documented meeting; more than their titles is not known of them."""

from typing import Any

from lernnetzwerk.visibility.models import publish
from practice.models import Municipality, PracticeExample, Topic

EXAMPLES: dict[str, dict[str, Any]] = {
    "hamm": {
        "title": "Bildungsbegleiter und die Umsetzung des Bildungs- und Teilhabepaketes",
        "summary": "Wie Hamm mit Bildungsbegleitern arbeitet und das Bildungs- und Teilhabepaket in die Praxis bringt.",
        "topics": ["Bildung und Teilhabe", "Schule"],
    },
    "bielefeld": {
        "title": "JUGENDberufsagentur",
        "summary": "Das Bielefelder Angebot für junge Menschen auf dem Weg in Ausbildung und Arbeit.",
        "topics": ["Übergang Schule und Beruf", "Arbeit und Soziales", "Junge Menschen"],
    },
    "luenen": {
        "title": "Kooperation zwischen Jugendhilfe und Jobcenter. Das Case-Management in Lünen",
        "summary": "Jugendhilfe und Jobcenter arbeiten in Lünen zusammen; das Mittel dazu ist ein Case-Management.",
        "topics": ["Arbeit und Soziales", "Kinder- und Jugendhilfe", "SGB II"],
    },
}


def load_examples(topics: dict[str, Topic]) -> dict[str, PracticeExample]:
    """By the slug of the town that showed them."""
    examples = {}
    for town, fields in EXAMPLES.items():
        example, is_new = PracticeExample.objects.get_or_create(
            title=fields["title"], defaults={"summary": fields["summary"]}
        )
        if is_new:
            example.municipalities.add(Municipality.objects.get(slug=town))
            example.topics.set(topics[name] for name in fields["topics"])
            publish([example])
        examples[town] = example
    return examples
