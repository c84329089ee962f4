"""Subtitles: what programs write is read as browsers show it, and stored so that player and transcript say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.subtitles.webvtt import Cue, normalised, parse
from tests.factories import SPOKEN


def vtt(*lines):
    return "\n".join(["WEBVTT", *lines, ""]).encode()


def said(data):
    """The voices and texts of the stored subtitles."""
    return [(cue.voice, cue.text) for cue in parse(normalised(data))]


def test_cues_are_read_with_times_plain_text_and_voice():
    assert parse(SPOKEN.encode()) == [
        Cue(1000, 4000, "Grüß Gott."),
        Cue(10_000, 12_000, "Bis bald & danke", "Ada"),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_header_notes_styles_names_and_settings_are_not_text(line_end):
    lines = [
        "WEBVTT Titel",
        "Kopf",
        "",
        "NOTE nur für uns",
        "",
        "STYLE",
        "::cue { color: red }",
        "",
        "REGION",
        "id:fred",
    ]
    lines += ["", "eins", "01:00:00.000 --> 01:00:01.500 align:start", "Erste &amp;", "Zeile&nbsp;3 &lt; 4", "", ""]
    data = b"\xef\xbb\xbf" + line_end.join(lines).encode()

    assert parse(data) == [Cue(3_600_000, 3_601_500, "Erste & Zeile 3 < 4")]
    assert b"01:00:00.000 --> 01:00:01.500 align:start\n" in normalised(data)


PLAYED = {
    "no empty line after the header": (
        "00:01.000 --> 00:03.000|A||00:04.000 --> 00:06.000|B",
        [(1, 3, "A"), (4, 6, "B")],
    ),
    "one digit for the hour": ("|0:00:01.000 --> 0:00:03.000|Hm.", [(1, 3, "Hm.")]),
    "no space at the arrow": ("|00:01.000-->00:03.000|Eng.", [(1, 3, "Eng.")]),
    "three digits for the hour": ("|123:00:01.000 --> 123:00:03.000|Lang.", [(442_801, 442_803, "Lang.")]),
    "no empty line between": ("|00:01.000 --> 00:02.000|a|00:03.000 --> 00:04.000|b", [(1, 2, "a"), (3, 4, "b")]),
    "out of order": ("|00:05.000 --> 00:06.000|2||00:04.000 --> 00:07.000|1", [(4, 7, "1"), (5, 6, "2")]),
    "no length": ("|00:01.000 --> 00:01.000|Hm.||00:02.000 --> 00:04.000|Ja.", [(1, 2, "Hm."), (2, 4, "Ja.")]),
    "no length and nothing after it": ("|00:01.000 --> 00:01.000|Allein.", [(1, 3, "Allein.")]),
    "from right to left": ("|00:01.000 --> 00:02.000|مرحبا (شكرا)", [(1, 2, "مرحبا (شكرا)")]),
    "an open tag": ("|00:01.000 --> 00:02.000|3 < 4||00:03.000 --> 00:04.000|5", [(1, 2, "3"), (3, 4, "5")]),
}


@pytest.mark.parametrize(("lines", "cues"), PLAYED.values(), ids=PLAYED)
def test_what_browsers_play_is_read_in_order_of_time(lines, cues):
    found = parse(normalised(vtt(*lines.split("|"))))

    assert [(cue.begin / 1000, cue.end / 1000, cue.text) for cue in found] == cues


VOICES = [
    "",
    "00:01.000 --> 00:03.000",
    "Leise: <v Berta Beispiel>Wer<i>?</i>",
    "<v.laut Max Muster>Ich.</v> Gelächter",
]


def test_each_voice_of_a_cue_says_its_own_words():
    assert said(vtt(*VOICES)) == [
        ("", "Leise:"),
        ("Berta Beispiel", "Wer?"),
        ("Max Muster", "Ich."),
        ("", "Gelächter"),
    ]


def test_a_name_before_a_colon_is_no_voice():
    assert said(vtt("", "1", "00:01.000 --> 00:03.000", "Berta Beispiel: Hallo")) == [("", "Berta Beispiel: Hallo")]


ROLLING = """
00:00:00.160 --> 00:00:02.470 align:start position:0%
 
guten<00:00:00.640><c> Morgen</c><00:00:01.040><c> und</c>

00:00:02.470 --> 00:00:02.480 align:start position:0%
guten Morgen und
 

00:00:02.480 --> 00:00:05.030 align:start position:0%
guten Morgen und
herzlich<00:00:03.040><c> willkommen</c><00:00:03.680><c> zum</c>

00:00:05.030 --> 00:00:05.040 align:start position:0%
herzlich willkommen zum
 

00:00:05.040 --> 00:00:08.000 align:start position:0%
herzlich willkommen zum
Lernnetzwerk<00:00:06.000><c> der</c><00:00:06.500><c> Kommunen</c>
"""  # noqa: W293


def test_rolling_captions_say_each_line_once():
    assert parse(normalised(vtt("Kind: captions", "Language: de", ROLLING))) == [
        Cue(160, 2480, "guten Morgen und"),
        Cue(2480, 5040, "herzlich willkommen zum"),
        Cue(5040, 8000, "Lernnetzwerk der Kommunen"),
    ]


def test_a_word_said_twice_is_not_rolling():
    lines = [
        line
        for n in range(1, 9)
        for line in ("", f"00:0{n}.000 --> 00:0{n}.900", ("Ja.", "Ja.", "Nein.", "Gut.")[n % 4])
    ]

    assert len(said(vtt(*lines))) == 8


SUBRIP = "1\n00:00:01,000 --> 00:00:03,000\n<i>Guten</i> Morgen & 3 < 4.\n\n2\n0:00:04,000 --> 0:00:06,000\nJa.\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_subrip_is_converted(line_end):
    data = SUBRIP.replace("\n", line_end).encode()

    assert said(data) == [("", "Guten Morgen & 3 < 4."), ("", "Ja.")]
    assert normalised(data).startswith(
        b"WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<i>Guten</i> Morgen &amp; 3 &lt; 4.\n"
    )


NO_TIMES = "sind keine Zeiten. Richtig ist etwa „01:02:03.000 --> 01:02:05.000“."


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "In der Datei steht kein Untertitel mit Zeiten wie „00:01.000 --> 00:04.000“."),
        (["", "Nur Text"], "In der Datei steht kein Untertitel mit Zeiten wie „00:01.000 --> 00:04.000“."),
        (
            ["", "1,5 --> 00:02.000", "x"],
            f"Zeile 3: „1,5 --> 00:02.000“ {NO_TIMES} Vor den Tausendsteln steht ein Punkt.",
        ),
        (
            ["", "00:61.000 --> 01:02.000"],
            f"Zeile 3: „00:61.000 --> 01:02.000“ {NO_TIMES}",
        ),
        (
            ["", f"{'9' * 5000}:00:01.000 --> 00:02.000", "x"],
            f"Zeile 3: „{'9' * 40}“ {NO_TIMES}",
        ),
        (
            ["", "00:02.000 --> 00:01.000", "x"],
            "Der Untertitel, der bei 00:00:02.000 beginnt, endet vor seinem Beginn.",
        ),
    ],
)
def test_a_mistake_in_subtitles_is_named_with_its_line(lines, sentence):
    with pytest.raises(RefusedError) as refused:
        parse(vtt(*lines))

    assert str(refused.value) == sentence


def written(milliseconds):
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


@given(st.lists(st.integers(0, 359_999_999), min_size=2, max_size=20, unique=True).map(sorted))
def test_times_are_stored_as_they_were_written(moments):
    pairs = list(zip(moments[::2], moments[1::2], strict=False))
    lines = [line for begin, end in pairs for line in ("", f"{written(begin)} --> {written(end)}", f"Text {begin}")]

    assert [(cue.begin, cue.end) for cue in parse(normalised(vtt(*lines)))] == pairs


PIECES = [
    "\n",
    "\n\n",
    "00:01.000 --> 00:02.000",
    "0:00:03,5 --> 4",
    "1",
    "<v A>",
    "</v>",
    "&lt;",
    "<",
    "NOTE",
    "STYLE",
    "Ja.",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join))
def test_what_is_stored_is_read_as_what_was_uploaded(text):
    data = b"WEBVTT\n\n" + text.encode("utf-8", "replace")
    try:
        stored = normalised(data)
    except RefusedError:
        return

    assert parse(stored) == parse(data)
    assert normalised(stored) == stored
