"""Formatted text: hostile markup is harmless in forms and in rows stored without cleaning.

Pasted text must give the same markup as typed text.
"""

import re
from pathlib import Path

import nh3
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from events.models import Event
from lernnetzwerk.pages.models import Page
from lernnetzwerk.text.extent import pieces
from lernnetzwerk.text.richtext import RichTextField, clean
from tests.administration import address, fill, sign_in
from tests.factories import (
    DRAFT,
    make_event,
    make_example,
    make_page,
    make_visible_session,
    make_visible_speaker,
    rewrite,
)

HOSTILE = {
    "script": ('<p>a</p><script>alert("canary")</script>', "<p>a</p>"),
    "script in pieces": ("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"),
    "javascript:": ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
    "JAVASCRIPT:": ('<a href=" JaVaScRiPt:alert(1)">a</a>', "<a>a</a>"),
    "java tab script:": ('<a href="java\tscript:alert(1)">a</a>', "<a>a</a>"),
    "java newline script:": ('<a href="java\nscript:alert(1)">a</a>', "<a>a</a>"),
    "java entity script:": ('<a href="java&#x09;script:alert(1)">a</a>', "<a>a</a>"),
    "control sign before": ('<a href="\x01javascript:alert(1)">a</a>', "<a>a</a>"),
    "vbscript:": ('<a href="vbscript:alert(1)">a</a>', "<a>a</a>"),
    "data: link": ('<a href="data:text/html,<script>alert(1)</script>">a</a>', "<a>a</a>"),
    "data: picture": ('<img src="data:image/svg+xml,<svg onload=alert(1)>">', ""),
    "remote picture": ('<p>a<img src="https://fremd.example/zaehlpixel.png" alt="b"></p>', "<p>a</p>"),
    "picture with onerror": ('<img src=x onerror="alert(1)">', ""),
    "onclick": ('<p onclick="alert(1)">a</p>', "<p>a</p>"),
    "onmouseover": (
        '<a href="https://ort.example/" onmouseover=alert(1)>a</a>',
        '<a href="https://ort.example/">a</a>',
    ),
    "style attribute": ('<p style="background:url(https://fremd.example/)">a</p>', "<p>a</p>"),
    "style element": ("<style>body{background:url(https://fremd.example/)}</style>", ""),
    "class and id": ('<p class="site-header" id="inhalt">a</p>', "<p>a</p>"),
    "svg": ('<svg onload="alert(1)"><animate onbegin="alert(1)"></animate></svg>', ""),
    "svg with script": ("<svg><script>alert(1)</script></svg>", ""),
    "math and style": ('<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">', ""),
    "math and svg": ('<math><annotation-xml encoding="text/html"><svg/onload=alert(1)>', ""),
    "noscript": ('<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>', '&lt;p title=""&gt;'),
    "template": ("<template><script>alert(1)</script></template>", ""),
    "comment": ("<!--><img src=x onerror=alert(1)>-->", "--&gt;"),
    "conditional comment": ("<!--[if IE]><script>alert(1)</script><![endif]-->", ""),
    "iframe": ('<iframe src="https://fremd.example/"></iframe>', ""),
    "iframe with srcdoc": ('<iframe srcdoc="<script>alert(1)</script>"></iframe>', ""),
    "object": ('<object data="https://fremd.example/x.swf"></object>', ""),
    "embed": ('<embed src="https://fremd.example/x.swf">', ""),
    "form": ('<form action="https://fremd.example/"><input name="a"><button>b</button></form>', "b"),
    "base": ('<base href="https://fremd.example/">', ""),
    "meta": ('<meta http-equiv="refresh" content="0;url=https://fremd.example/">', ""),
    "link": ('<link rel="stylesheet" href="https://fremd.example/x.css">', ""),
    "video": ('<video src="https://fremd.example/x.mp4" autoplay></video>', ""),
    "unclosed": ("</div></main></body><p>a", "<p>a</p>"),
    "srcset": ('<picture><source srcset="https://fremd.example/x.webp"></picture>', ""),
}
hostile = pytest.mark.parametrize(("html", "left"), HOSTILE.values(), ids=HOSTILE)


@hostile
def test_cleaning_removes_all_active_content(html, left):
    assert clean(html) == left


@hostile
def test_a_form_cleans_text_before_it_is_stored(html, left):
    field = Event._meta.get_field("review")

    assert field.clean(html, Event()) == left


@hostile
def test_a_page_cleans_text_that_was_stored_unclean(html, left):
    assert Template("{% load richtext %}{{ text|richtext }}").render(Context({"text": html})) == left


@pytest.mark.parametrize(
    ("model", "left"),
    [
        (Event, "<h3>a</h3><h3>b</h3><h3>c</h3><h4>d</h4><h4>e</h4>"),
        (Page, "<h2>a</h2><h2>b</h2><h3>c</h3><h3>d</h3><h3>e</h3>"),
    ],
)
def test_headings_become_the_nearest_below_those_of_the_page(model, left):
    name = {Event: "review", Page: "body"}[model]

    assert model._meta.get_field(name).clean("<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5>", model()) == left


@pytest.mark.django_db
def test_every_page_with_formatted_text_cleans_it(client):
    html = '<p>vor</p><script>alert("canary")</script><img src="https://fremd.example/"><p onclick="canary()">nach</p>'
    event = rewrite(make_event(starts_on="2098-01-01"), description=html, review=html, directions=html)
    session = rewrite(make_visible_session(event), abstract=html, results=html)
    example = rewrite(
        make_example(), starting_point=html, approach=html, outcome=html, pitfalls=html, prerequisites=html,
        transferability=html,
    )  # fmt: skip
    speaker = rewrite(make_visible_speaker(), biography=html)
    page = rewrite(make_page(), body=html)

    drawn = {}
    for instance in (event, session, example, speaker, page):
        text = client.get(instance.get_absolute_url()).content.decode()
        drawn[type(instance).__name__] = text.count("<p>vor</p>")
        assert "canary" not in text, instance
        assert "fremd.example" not in text, instance
        assert "onclick" not in text, instance

    assert drawn == {"Event": 5, "Session": 2, "PracticeExample": 6, "Speaker": 1, "Page": 1}


HOSTILE_WORDS = '"><script>alert("canary")</script><img src=x>'


@pytest.mark.django_db
def test_plain_text_is_shown_as_text_everywhere(client):
    """Titles, names and summaries are escaped on every page."""
    from tests.factories import (
        make_appearance,
        make_attachment,
        make_municipality,
        make_series,
        make_speaker,
        make_topic,
    )

    word = HOSTILE_WORDS
    municipality, topic = (
        make_municipality(name=word, slug="ort"),
        make_topic(name=word, description=word, slug="thema"),
    )
    example = make_example([municipality], [topic], title=word, summary=word, contact_function=word, slug="beispiel")
    series = make_series(name=word, slug="reihe")
    event = make_event(
        [topic], title=word, motto=word, venue=word, summary=word, state_programme=word, series=series,
        host=municipality, slug="treffen",
    )  # fmt: skip
    session = make_visible_session(
        event,
        title=word,
        subtitle=word,
        municipalities=[municipality],
        examples=[example],
        topics=[topic],
        slug="beitrag",
    )
    speaker = make_speaker(academic_title=word, last_name=word, organisation=word, slug="speaker")
    make_appearance(session, speaker)
    attachment = make_attachment(session=session, title=word)
    page = make_page(title=word)

    addresses = [
        instance.get_absolute_url()
        for instance in (municipality, topic, example, event, session, speaker, attachment, page)
    ]
    lists = ["/", "/veranstaltungen/", "/materialien/", "/personen/", "/kommunen/", "/praxis/", "/themen/"]
    for path in [*addresses, *lists]:
        text = client.get(path).content.decode()
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
        assert "&lt;script&gt;alert(„canary“)" in text, path


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ein <strong>Satz</strong> mit <em>Betonung</em>.</p>",
        "<h3>Überschrift</h3><h4>Zwischenüberschrift</h4>",
        "<ul><li><p>eins</p></li></ul><ol><li><p>zwei</p></li></ol>",
        "<blockquote><p>Zitat</p></blockquote>",
        "<p>Zeile<br>Zeile</p>",
    ],
)
def test_formats_of_the_editor_are_kept(html):
    assert clean(html) == html


@pytest.mark.parametrize("link", ["https://ort.example/a?b=c", "http://ort.example", "mailto:a@ort.example", "tel:+49"])
def test_valid_links_are_kept(link):
    assert f'href="{link}"' in clean(f'<p><a href="{link}">dorthin</a></p>')


def test_a_link_within_the_site_is_kept():
    assert 'href="/praxis/hamm/"' in clean('<a href="/praxis/hamm/">dorthin</a>')


@given(st.text())
def test_plain_characters_never_become_markup(text):
    cleaned = clean(nh3.clean_text(text))

    assert re.search(r"<[a-zA-Z]", cleaned) is None


@given(st.text(alphabet="<>/=\"' \t\nabcimgsrponxhetyl:&#;!-"))
def test_cleaning_is_idempotent(html):
    assert clean(clean(html)) == clean(html)


def test_every_formatted_field_is_sanitized():
    """A TextField rendered with `|richtext` would be stored raw; a RichTextField without it would show its source."""
    fields = {
        f"{model._meta.label}.{field.name}": field.sanitize
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, RichTextField)
    }

    assert len(fields) == 14
    assert all(fields.values())


# --- what a word processor leaves behind ------------------------------------------------------------------------------

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>Rückblick Hamm</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]-->
<xml><w:LatentStyles DefLockedState="false"><w:LsdException Locked="false">Normal 0 21 false</w:LsdException></xml>
<style><!-- p.MsoNormal {mso-style-unhide:no; margin:0cm; font-family:"Calibri",sans-serif;} --></style></head>
<body lang=DE style='tab-interval:35.4pt'><!--StartFragment-->
<h3 style='mso-list:none'><a name="_Toc4711"></a><span style='color:windowtext'>Vormittag<o:p></o:p></span></h3>
<p class=MsoNormal style='mso-margin-top-alt:auto'><font face="Calibri" size=3>Frau <st1:PersonName
w:st="on">Weber</st1:PersonName>
aus <b style='mso-bidi-font-weight:normal'>Hamm</b>&nbsp;&nbsp; sprach&nbsp; &nbsp;&uuml;ber <i
style='mso-bidi-font-style:normal'>fr&uuml;he Hilfen</i>.<o:p></o:p></font></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Besuchsdienst<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span><![endif]>Babytasche<o:p></o:p></p>
<p class=MsoNormal><a href="https://www.hamm.de/"><span class=MsoHyperlink>Stadt Hamm</span></a><o:p></o:p></p>
<p class=MsoNormal><b><o:p>&nbsp;</o:p></b></p><h4><br></h4>
<!--EndFragment--></body></html>"""


def saved(html: str) -> str:
    return Event._meta.get_field("review").clean(html, Event())


def test_pasted_word_text_becomes_clean():
    assert re.sub(r">\s+<", "><", saved(WORD)).strip() == (
        "<h3>Vormittag</h3>"
        "<p>Frau Weber\naus <strong>Hamm</strong> sprach über <em>frühe Hilfen</em>.</p>"
        "<ul><li><p>Besuchsdienst</p></li><li><p>Babytasche</p></li></ul>"
        '<p><a href="https://www.hamm.de/">Stadt Hamm</a></p>'
    )


@pytest.mark.parametrize(
    ("pasted", "left"),
    [
        ("<p>·&nbsp;&nbsp; eins</p><p>·&nbsp;&nbsp; zwei</p>", "<ul><li><p>eins</p></li><li><p>zwei</p></li></ul>"),
        ("<p>• a</p><p>Text</p><p>• b</p>", "<ul><li><p>a</p></li></ul><p>Text</p><ul><li><p>b</p></li></ul>"),
        ("<p>1.&nbsp;&nbsp; eins</p><p>2.&nbsp;&nbsp; zwei</p>", "<ol><li><p>eins</p></li><li><p>zwei</p></li></ol>"),
        ("<p>o&nbsp;&nbsp; eins</p>", "<ul><li><p>eins</p></li></ul>"),
        ("<p>§ 16 SGB II</p>", "<p>§ 16 SGB II</p>"),
        ("<p>§&nbsp;16 SGB II</p>", "<p>§&nbsp;16 SGB II</p>"),
        ("<p>3. Mai 2018</p>", "<p>3. Mai 2018</p>"),
        ("<p>3.&nbsp;Mai 2018</p>", "<p>3.&nbsp;Mai 2018</p>"),
        ("<p>– aber nicht so</p>", "<p>– aber nicht so</p>"),
        ("<p>Nr.&nbsp;5 und z.&nbsp;B.</p>", "<p>Nr.&nbsp;5 und z.&nbsp;B.</p>"),
        ("<p>2.&nbsp;&nbsp; zwei</p>", '<ol start="2"><li><p>zwei</p></li></ol>'),
        (
            "<p>1.&nbsp;&nbsp; eins</p><p>Text</p><p>2.&nbsp;&nbsp; zwei</p>",
            '<ol><li><p>eins</p></li></ol><p>Text</p><ol start="2"><li><p>zwei</p></li></ol>',
        ),
        (
            "<p>·&nbsp;&nbsp; eins</p><p>o&nbsp;&nbsp; zwei</p><p>§&nbsp;&nbsp; drei</p><p>·&nbsp;&nbsp; vier</p>",
            "<ul><li><p>eins</p><ul><li><p>zwei</p><ul><li><p>drei</p></li></ul></li></ul></li><li><p>vier</p></li></ul>",
        ),
        (
            "<p>1)&nbsp;&nbsp; eins</p><p>a)&nbsp;&nbsp; zwei</p><p>b)&nbsp;&nbsp; drei</p><p>2)&nbsp;&nbsp; c</p>",
            '<ol><li><p>eins</p><ol type="a"><li><p>zwei</p></li><li><p>drei</p></li></ol></li><li><p>c</p></li></ol>',
        ),
        (
            "<p>a)&nbsp;&nbsp; a</p><p>i.&nbsp;&nbsp; i</p><p>ii.&nbsp;&nbsp; j</p><p>b)&nbsp;&nbsp; b</p>",
            '<ol type="a"><li><p>a</p><ol type="i"><li><p>i</p></li><li><p>j</p></li></ol></li><li><p>b</p></li></ol>',
        ),
        (
            "<p>1.&nbsp;&nbsp; a</p><p>iv)&nbsp;&nbsp; b</p><p>v)&nbsp;&nbsp; c</p>",
            '<ol><li><p>a</p><ol start="4" type="i"><li><p>b</p></li><li><p>c</p></li></ol></li></ol>',
        ),
        (
            "<p>h)&nbsp;&nbsp; a</p><p>i)&nbsp;&nbsp; b</p><p>j)&nbsp;&nbsp; c</p>",
            '<ol start="8" type="a"><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ol>',
        ),
        ("<p>ix.&nbsp;so</p><p>ixi)&nbsp;&nbsp; so</p>", "<p>ix.&nbsp;so</p><p>ixi) so</p>"),
        ("<p>·&nbsp;&nbsp; a</p><p>1.&nbsp;&nbsp; b</p>", "<ul><li><p>a</p></li></ul><ol><li><p>b</p></li></ol>"),
        ("<p>a)&nbsp;so</p><p>z.&nbsp;B.&nbsp;so</p>", "<p>a)&nbsp;so</p><p>z.&nbsp;B.&nbsp;so</p>"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td></td></tr></table>", "<p>a | b</p><p>c</p>"),
        ("<table><tr><th>a<th>b<th>c<tr><td>d<td>&nbsp;<td>f</table>g", "<p>a | b | c</p><p>d | – | f</p>g"),
        ("<tr><td><p>a</p></td><td><h2>b</h2></td></tr>", "<p>a | b</p>"),
        ("<tr><td><p>a</p><p>b</p></td><td>c</td></tr>", "<p>a<br>b | c</p>"),
        ("<tr><td><div>a</div></td><td><p>b</p><p></p><p>c</p></td><td></td></tr>", "<p>a | b<br>c | –</p>"),
        ("<tr><td>a<p>b</p></td><td><div><p>c</p><p>d</p></div></td></tr>", "<p>a<br>b | c<br>d</p>"),
        ("<tr><td><p>a</p><p>b</p></td><td> </td></tr>", "<p>a</p><p>b</p>"),
        ("<tr><td><h3>a</h3><p>b</p></td><td>c</td></tr>", "<h3>a</h3><p>b</p><p>c</p>"),
        ("<tr><td><ul><li>a</li></ul></td><td>c</td></tr>", "<ul><li>a</li></ul><p>c</p>"),
        (f"<tr><td>{'<p>a</p>' * 7}</td><td>c</td></tr>", f"{'<p>a</p>' * 7}<p>c</p>"),
        ("<td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td>", "<p>a | b</p><p>c</p>"),
        ("<p>&nbsp;</p><p><br></p><p> </p>", ""),
        ("<p>a</p><p></p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a<strong> </strong>b</p>", "<p>a b</p>"),
        ("<ul><li><p></p></li><li><p>a</p></li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<blockquote><p>&nbsp;</p></blockquote>", ""),
        ("<p>&nbsp; a &nbsp;</p>", "<p>a</p>"),
        ('<p>a <a href="https://ort.example/"></a>b</p>', "<p>a b</p>"),
        ("<B>a</B> <I class=x>b</I>", "<strong>a</strong> <em>b</em>"),
        ("a <xml>nie zu Ende", "a nie zu Ende"),
        ("İİİİ<XML>weg</XML>b", "İİİİb"),
        ("<p>Zeile<br>Zeile</p>", "<p>Zeile<br>Zeile</p>"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
    ],
)  # fmt: skip
def test_pasted_clutter_is_removed_and_content_is_kept(pasted, left):
    assert saved(pasted) == left
    assert saved(left) == left


PASTED = Path(__file__).with_name("pasted")


@pytest.mark.parametrize("name", ["tabelle-ueberschriften-links", "word-liste"])
def test_pasted_structure_is_kept(name):
    assert saved((PASTED / f"{name}.html").read_text()) == (PASTED / f"{name}.stored.html").read_text().strip()


@pytest.mark.parametrize("html", [html for html, _left in HOSTILE.values()])
def test_tidying_does_not_bypass_the_allowlist(html):
    for hidden in (html, f"<p>· {html}</p>", f"<p>1.&nbsp;&nbsp;{html}", f"<xml>{html}</xml>", f"<b {html}>{html}</b>"):
        assert clean(saved(hidden)) == saved(hidden)


@given(st.text(alphabet="<>/=\"'pbix ml\u00a0·&;1.) "))
def test_saving_is_idempotent(html):
    once = saved(html)

    assert saved(once) == once
    assert clean(once) == once


PIECES = ["· ", "1.", "o", "\u00a0", " ", "<br>", "a", "<b>a</b>", "<b> </b>", "<i></i>", "<a href=/></a>"]
FRAMES = ["<p>{}</p>", "<h3>{}</h3>", "<ul><li>{}</li></ul>", "<ol><li><p>{}</p></li></ol>", "{}"]


@given(st.lists(st.tuples(st.sampled_from(FRAMES), st.lists(st.sampled_from(PIECES)))))
def test_tidying_is_idempotent(parts):
    once = saved("".join(frame.format("".join(pieces)) for frame, pieces in parts))

    assert saved(once) == once


TOO_LONG = "Der Text ist zu lang: {} Zeichen mit seinen Formatierungen, höchstens 100.000."
EXCESSIVE = {
    "long": ("x" * 100_001, TOO_LONG.format("100.001")),
    "deep": ("<div>" * 51, "zu tief verschachtelt"),
    "deep after closed elements": ("<b></b><p>" * 99 + "<q>" * 51, "zu tief verschachtelt"),
    "closed elsewhere": ("<b></i>" * 51, "zu tief verschachtelt"),
    "many": ("<p>a" * 6_001, "zu viele Absätze"),
    "many after tidying": ("<p>· a" * 2_900, "zu viele Absätze"),
    "long after cleaning": ("<p>" + "".join(f"<em a={n}>" for n in range(49)) + "<p>x" * 1_000, "zu lang"),
    "two hundred and fifty thousand elements": ("<div>" * 250_000, "zu lang"),
}


@pytest.mark.parametrize(("html", "complaint"), EXCESSIVE.values(), ids=EXCESSIVE)
def test_excessive_text_is_refused(html, complaint):
    with pytest.raises(ValidationError, match=complaint):
        saved(html)


@pytest.mark.parametrize(
    "html",
    [
        "x" * 100_000,
        "<p>a" * 1_500,
        "<ul><li><p>a" * 25,
        "<p>a<br/>b</p>" * 2_000,
        "<!--[if x]>" + "<w:x/>" * 99 + "-->",
    ],
)
def test_ample_text_is_accepted(html):
    assert saved(saved(html)) == saved(html)


@pytest.mark.parametrize("html", ["<div>" * 250_000, "<b>" * 300_000, "".join(f"<em a={n}>" for n in range(9_000))])
def test_pages_and_forms_parse_excessive_text_in_short_pieces(html):
    assert max(piece.count("<") for piece in pieces(html)) <= 400
    assert "".join(pieces(html)) == html


def test_excessive_text_of_another_origin_keeps_its_formats():
    html = '<h3>a</h3><p><strong>b</strong> <a href="https://ort.example/">c</a></p>' * 2_000

    assert clean(html) == html
    assert clean(f"{html}<script>x</script>") == html


@pytest.mark.django_db
def test_a_refused_text_stays_on_the_form(client):
    event = make_event(**DRAFT)
    sign_in(client, "redaktion")

    page = fill(client, address(event), review=f"<p>Der Anfang</p>{'<div>' * 60}<p>Das Ende</p>")

    assert page.context["adminform"].form.errors.keys() == {"review"}
    assert "zu tief verschachtelt" in page.content.decode()
    assert "&lt;p&gt;Der Anfang&lt;/p&gt;&lt;p&gt;Das Ende&lt;/p&gt;" in page.content.decode()


def test_the_editor_gets_cleaned_text():
    """The editor's script renders the value of the form as markup."""
    field = Event._meta.get_field("description").formfield()

    assert field.prepare_value("<p>a<img src=x onerror=alert(1)></p>") == "<p>a</p>"
    assert field.prepare_value(None) is None
