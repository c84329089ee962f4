from django.db import migrations

TERMS = (
    ("BuT", "Bildung und Teilhabe", "Bildungs- und Teilhabepaket", "Bildungspaket"),
    ("ALG II", "Arbeitslosengeld II", "Bürgergeld", "Hartz IV"),
    ("ASD", "Allgemeiner Sozialer Dienst"),
    ("KSD", "Kommunaler Sozialer Dienst"),
    ("KiTa", "Kindertagesstätte", "Kindertageseinrichtung", "Kindergarten"),
    ("OGS", "Offene Ganztagsschule", "Offener Ganztag"),
    ("JC", "Jobcenter"),
    ("BA", "Bundesagentur für Arbeit", "Arbeitsagentur", "Agentur für Arbeit"),
    ("HzE", "Hilfen zur Erziehung"),
    ("SPFH", "Sozialpädagogische Familienhilfe"),
    ("KiJuFö", "Kinder- und Jugendförderung"),
    ("JHA", "Jugendhilfeausschuss"),
    ("ÖGD", "Öffentlicher Gesundheitsdienst", "Gesundheitsamt"),
    ("SGB", "Sozialgesetzbuch"),
    ("KJHG", "Kinder- und Jugendhilfegesetz", "SGB VIII"),
    ("BTHG", "Bundesteilhabegesetz"),
    ("KiBiz", "Kinderbildungsgesetz"),
    ("NRW", "Nordrhein-Westfalen"),
    ("U25", "unter 25 Jahren", "unter 25-Jährige"),
    ("UMA", "unbegleitete minderjährige Ausländer", "unbegleitete minderjährige Flüchtlinge"),
    ("KoSt", "Koordinierungsstelle"),
    ("LVR", "Landschaftsverband Rheinland"),
    ("LWL", "Landschaftsverband Westfalen-Lippe"),
    ("KeKiz", "Kein Kind zurücklassen"),
    ("IAQ", "Institut Arbeit und Qualifikation"),
    ("Jugendamt", "Amt für Jugend"),
    ("Netzwerk Frühe Hilfen", "NFH"),
    ("Lernnetzwerktreffen", "LNT"),
    ("Alleinerziehende", "Ein-Eltern-Familie"),
    ("Migration", "Zuwanderung", "Zugewanderte"),
)


def create(apps, schema_editor):
    synonyms = apps.get_model("search", "Synonyms").objects.using(schema_editor.connection.alias)
    for terms in TERMS:
        synonyms.get_or_create(terms="\n".join(terms))


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
