"""The parser of lines about a speaker: titles, names and organisation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lernnetzwerk.slugs.german import german_slug, german_words
from speakers.names import NameLine, parse, without_titles


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Prof. Dr. Kai Marquardsen, FH Kiel", ("Prof. Dr.", "Kai", "Marquardsen", "", "FH Kiel")),
        (
            "Prof. Dr. Stephan Grohs, Lehrstuhl für Politik, Universität Speyer",
            ("Prof. Dr.", "Stephan", "Grohs", "Lehrstuhl für Politik", "Universität Speyer"),
        ),
        (
            "Matthias Knuth, Institut Arbeit (IAQ), Uni Essen",
            ("", "Matthias", "Knuth", "Institut Arbeit (IAQ)", "Uni Essen"),
        ),
        ("Ada Beispiel (Amt, Stadt Hamm)", ("", "Ada", "Beispiel", "Amt", "Stadt Hamm")),
        ("Anna von der Heide", ("", "Anna", "von der Heide", "", "")),
        ("Dr.-Ing. h.c. Karl-Heinz Müller (Stadt Hamm)", ("Dr.-Ing. h.c.", "Karl-Heinz", "Müller", "", "Stadt Hamm")),
        ("Frau Dipl.-Päd. Ute Klein – Jobcenter Lünen", ("Dipl.-Päd.", "Ute", "Klein", "", "Jobcenter Lünen")),
        ("Jun.-Prof. Dr. phil. Mia Lang", ("Jun.-Prof. Dr. phil.", "Mia", "Lang", "", "")),
        ("Hans Peter Weber", ("", "Hans Peter", "Weber", "", "")),
        ("van Gogh", ("", "", "van Gogh", "", "")),
        ("Şahin", ("", "", "Şahin", "", "")),
        ("Dr.", ("", "", "Dr.", "", "")),
        ("  ", ("", "", "", "", "")),
    ],
)
def test_a_line_is_parsed(line, expected):
    assert parse(line) == NameLine(*expected)


# line, title, first name, last name, organisation, slug, name in file names
WHOLE = [
    ("Prof.in Dr.in Anna Beispiel, Universität Köln", "Prof.in Dr.in|Anna|Beispiel|Universität Köln", "anna-beispiel"),
    ("Dr.in Anna Beispiel, Stadt Hamm", "Dr.in|Anna|Beispiel|Stadt Hamm", "anna-beispiel"),
    ("Anna Beispiel M.Sc., Stadt Hamm", "M.Sc.|Anna|Beispiel|Stadt Hamm", "anna-beispiel"),
    ("Anna Beispiel, M.A., Stadt Hamm", "M.A.|Anna|Beispiel|Stadt Hamm", "anna-beispiel"),
    ("Dr. rer. nat. habil. Max Muster", "Dr. rer. nat. habil.|Max|Muster|", "max-muster"),
    ("Maria in der Schmitten, Kreis Unna", "|Maria|in der Schmitten|Kreis Unna", "maria-in-der-schmitten"),
    ("Jan op den Camp", "|Jan|op den Camp|", "jan-op-den-camp"),
    ("Klaus aus dem Bruch", "|Klaus|aus dem Bruch|", "klaus-aus-dem-bruch"),
    ("Jan ten Brink", "|Jan|ten Brink|", "jan-ten-brink"),
    ("Seán O'Neill", "|Seán|O'Neill|", "sean-oneill"),
    ("Karl Müller-Lüdenscheidt", "|Karl|Müller-Lüdenscheidt|", "karl-mueller-luedenscheidt"),
    ("Suharto", "||Suharto|", "suharto"),
    ("Ayşe Yıldırım", "|Ayşe|Yıldırım|", "ayse-yildirim"),
    ("İlknur Işık", "|İlknur|Işık|", "ilknur-isik"),
    ("Łukasz Błaszczyk", "|Łukasz|Błaszczyk|", "lukasz-blaszczyk"),
    ("Øystein Sæther", "|Øystein|Sæther|", "oystein-saether"),
    ("Đorđe Đukić", "|Đorđe|Đukić|", "dorde-dukic"),
    ("Мария Иванова", "|Мария|Иванова|", "mariya-ivanova"),
    ("محمد الأمين", "|محمد|الأمين|", "mhmd-alamyn"),
]


@pytest.mark.parametrize(("line", "parts", "slug"), WHOLE)
def test_a_name_keeps_its_letters_in_address_and_files(line, parts, slug):
    name = parse(line)

    assert "|".join([name.academic_title, name.first_name, name.last_name, name.organisation]) == parts
    assert german_slug(f"{name.first_name} {name.last_name}") == slug
    in_files = german_words(name.last_name)
    assert in_files
    assert slug.endswith(in_files.lower())


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Beispiel, Anna, Stadt Hamm", "|Anna|Beispiel|Stadt Hamm"),
        ("von der Heide, Dr. Anna M.Sc. (Stadt Hamm)", "Dr. M.Sc.|Anna|von der Heide|Stadt Hamm"),
        ("Müller-Lüdenscheidt, Karl-Heinz", "|Karl-Heinz|Müller-Lüdenscheidt|"),
        ("Beispiel, Stadt Hamm", "||Beispiel|Stadt Hamm"),
        ("Beispiel, Jugendamt", "||Beispiel|Jugendamt"),
        ("Beispiel, IAQ", "||Beispiel|IAQ"),
        ("Dr. Beispiel, Hamm", "Dr.||Beispiel|Hamm"),
        ("Frau Beispiel, Hamm", "||Beispiel|Hamm"),
        ("Prof. Dr. habil. Max Muster", "Prof. Dr. habil.|Max|Muster|"),
        ("apl. Prof. Dr. Dr. h. c. mult. Eva Alt", "apl. Prof. Dr. Dr. h.c. mult.|Eva|Alt|"),
        ("Dr.rer.nat. Max Muster", "Dr.rer.nat.|Max|Muster|"),
        ("Dipl.-Soz.päd. (FH) Anna Beispiel (Stadt Hamm)", "Dipl.-Soz.päd. (FH)|Anna|Beispiel|Stadt Hamm"),
        ("Dipl. Päd. Anna Beispiel", "Dipl. Päd.|Anna|Beispiel|"),
        ("Anna Beispiel M. A., Stadt Hamm", "M. A.|Anna|Beispiel|Stadt Hamm"),
        ("Anna Beispiel, Ph.D., Universität Köln", "Ph.D.|Anna|Beispiel|Universität Köln"),
        ("B.A. Anna Beispiel", "B.A.|Anna|Beispiel|"),
        ("OB'in Anna Beispiel", "OB'in|Anna|Beispiel|"),
        ("RA Max Muster", "RA|Max|Muster|"),
        ("M. A. Schmidt", "|M. A.|Schmidt|"),
        ("E. Schmidt", "|E.|Schmidt|"),
        ("Yo-Yo Ma", "|Yo-Yo|Ma|"),
        ("Al Gore", "|Al|Gore|"),
        ("Robert De Niro", "|Robert|De Niro|"),
        ("Von der Leyen", "||Von der Leyen|"),
        ("Tarek al-Wazir", "|Tarek|al-Wazir|"),
        ("Hans Herr", "|Hans|Herr|"),
        ("Herrn Prof. Dr. Hans Herr", "Prof. Dr.|Hans|Herr|"),
        ("Anna Mu\u0308ller", "|Anna|M\u00fcller|"),
        (f"Anna Beispiel, {'x' * 1000}", f"|Anna|Beispiel|{'x' * 285}"),
    ],
)
def test_titles_particles_and_lists_are_understood(line, parts):
    name = parse(line)

    assert "|".join([name.academic_title, name.first_name, name.last_name, name.organisation]) == parts


def test_titles_are_no_words_of_a_search():
    assert without_titles("Prof.in Dr.in Anna Beispiel M.Sc. med PD") == "Anna Beispiel"
    assert without_titles("Muster Ma Em Hum") == "Muster Ma Em Hum"


@given(st.text(max_size=300))
def test_any_line_can_be_parsed(line):
    parse(line)
