"""Twenty invented documents, beside the demo content: slide sets, sessions, practice examples and a recording."""

from datetime import date

from practice.models import Municipality
from tests.factories import (
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_film,
    make_read_file,
    make_session,
    make_speaker,
    make_track,
    make_visible_session,
    rewrite,
)

SANCTIONS = (
    "Titelfolie",
    "Rechtskreise im Überblick: SGB II, SGB III, SGB VIII",
    "Sanktionen im U25-Bereich: Was Jobcenter dürfen und was nicht",
    "Wirkungen von Leistungskürzungen auf junge Erwachsene unter 25 Jahren",
    "Förderung nach § 16h SGB II: schwer zu erreichende junge Menschen",
)
SPOKEN = (
    "WEBVTT\n\n00:00:05.000 --> 00:00:09.000\nWillkommen zum Vortrag über Familiengrundschulzentren.\n\n"
    "00:12:30.000 --> 00:12:38.000\nEntscheidend ist die Elternbegleitung am Übergang.\n\n"
    "00:20:00.000 --> 00:20:08.000\nWir nennen das den Sozialraumlotsen.\n"
)
# Title, towns, and what the example says.
EXAMPLES = (
    ("Schulsozialarbeit mit dem Bildungspaket", "luenen", "Schulsozialarbeiter:innen beraten zu Bildung und Teilhabe."),
    ("Präventionsketten im Quartier", "hamm", "Die Präventionskette beginnt im Stadtteil und verbindet zwölf Träger."),
    ("Babybegrüßungsdienst", "dortmund", "Willkommensbesuche nach der Geburt durch die Frühen Hilfen."),
    ("Wohnungslosigkeit junger Menschen", "bielefeld", "Notschlafstelle und Streetwork für Jugendliche ohne Obdach."),
    ("Ein Amt für Kinder, Jugend und Familie", "bottrop", "Zusammenlegung von Jugend- und Schulverwaltungsamt."),
    ("Familienbüro im Rathaus", "muenster", "Eine Anlaufstelle für alle Anträge; Öffnungszeiten auch samstags."),
    ("Sprachförderung in der Offenen Ganztagsschule", "gelsenkirchen", "Deutsch lernen, mit Ehrenamtlichen."),
    ("Schwimmen lernen für alle", "herne", "Schwimmkurse in den Ferien, bezahlt aus dem Teilhabebudget."),
)  # fmt: skip
# Title and slides of further slide sets.
DECKS = (
    ("Monitoring kommunaler Prävention", ("Kennzahlen", "Kinderarmutsquote nach Stadtteilen", "Wirkung")),
    ("Datenschutz in Netzwerken", ("Sozialdatenschutz", "Schweigepflichtsentbindung: Muster und Fallstricke")),
    ("Gesunde Ernährung in Kitas", ("Frühstücksbüfett", "Zahngesundheit und Zuckerverzicht")),
    ("Übergangsmanagement Schule–Beruf", ("Ausbildungsplätze für Geflüchtete", "Arbeits- und Sozialverwaltung")),
    ("Elternchancen", ("Elternbegleiterinnen in Familienzentren", "Väterarbeit")),
)  # fmt: skip
SESSIONS = (
    ("Kinderschutz und Frühwarnsysteme", "Meldungen nach § 8a SGB VIII"),
    ("Haushaltskonsolidierung und freiwillige Leistungen", "Wie Kämmerer über Prävention denken"),
    ("Inklusion im Sportverein", "Barrierefreie Turnhallen und Übungsleiter*innen"),
)


def make_documents() -> None:
    event = make_event(title="Sanktionen und junge Menschen", starts_on=date(2019, 5, 8), ends_on=date(2019, 5, 8))
    knuth = make_speaker(first_name="Regine", last_name="Wüllenweber-Großkopf", organisation="Hochschule Musterhausen")
    talk = make_visible_session(event, title="Wenn das Amt kürzt")
    make_appearance(talk, knuth, academic_title="Prof. Dr.")
    make_attachment(
        session=talk, title="Folien zur Kürzung", stored_file=make_read_file(*SANCTIONS, name="kuerzung.pdf")
    )
    film = make_film(title="Mitschnitt: Zentren für Familien", session=talk)
    make_track(film, SPOKEN)
    for title, town, summary in EXAMPLES:
        make_example([Municipality.objects.get(slug=town)], title=title, summary=summary)
    for title, slides in DECKS:
        make_attachment(title=title, stored_file=make_read_file(*slides, name="deck.pdf"))
    for title, subtitle in SESSIONS:
        make_session(event, title=title, subtitle=subtitle)
    make_visible_session(event, title="Schlusswort zum Fachtag")
    rewrite(event, summary="Ein Fachtag über Leistungskürzungen.")
