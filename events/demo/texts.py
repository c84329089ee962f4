"""Our sentences about the documented meeting."""

SUMMARY = (
    "Nach welchen Regeln arbeiten Jobcenter, Arbeitsagentur und Sozialamt – und wie finden Jugendhilfe und "
    "Sozialverwaltung im Alltag zueinander?"
)

REVIEW = """
<p>Wer Präventionsketten knüpft, trifft früher oder später auf Ämter, die in der Jugendhilfe den Ruf haben,
durchzugreifen. Dieses Treffen nahm deren Blick ein: Was leitet Fachkräfte in der Arbeits- und Sozialverwaltung,
wenn Menschen vor ihnen sitzen? Gesucht war kein Urteil, sondern ein klarer Blick auf die Regeln, denen sie folgen.</p>
<p>Für die Kommunen hängt daran eine handfeste Frage. Eine wertschätzende, armutssensible Haltung lässt sich wünschen,
aber was, wenn der Wunsch nicht reicht? Gesucht wurde nach Wegen neben der Fortbildung, damit strenge Auflagen nicht
einreißen, was die Jugendhilfe mit jungen Menschen an Selbstständigkeit aufbaut – und nach Brücken, auf denen Berufe
und Häuser zusammenarbeiten.</p>
"""

ABSTRACTS = {
    "aktivieren-oder-befaehigen": """
<p>Ein Überblick aus der Sicht von SGB II und SGB III: Welche Logik haben die Rechtskreise, welche die Häuser, die sie
anwenden? Wo geraten beide in Widerspruch zu sich selbst, wo reiben sie sich an Jugendhilfe, Gesundheitsförderung und
Stadtentwicklung? Der Vortrag schloss mit Empfehlungen für das Handeln vor Ort.</p>""",
    "collaborative-governance": """
<p>Wie lassen sich die Denkweisen von SGB II und III mit denen der anderen vermitteln, die für das Aufwachsen von
Kindern und Jugendlichen wichtig sind? Eine Antwort des Vortrags war der Ansatz „Collaborative Governance“.</p>""",
    "diskussion-im-plenum": "<p>Den vorgestellten Ansatz besprach der Referent mit allen Teilnehmenden.</p>",
    "praxisforen": "<p>Drei Kommunen zeigten, was bei ihnen schon läuft; jede und jeder wählte ein Forum.</p>",
    "bildung-und-teilhabe": """
<p>Wie wird das Bildungs- und Teilhabepaket zu einem Teil der Präventionskette? Der Vortrag prüfte, welchen Spielraum
Kommunen haben: damit mehr Familien die Leistungen nutzen, damit niemand dadurch gezeichnet wird und damit die
Leistungen in größere Angebote der Teilhabe hineinwachsen. Für Fragen und Gespräch blieb viel Zeit.</p>""",
}

RESULTS = {
    "bildung-und-teilhabe": """
<p>Grundlage waren Ergebnisse der Evaluation, fachlich eingeordnet. Daraus folgten Hinweise, wie Kommunen deren
Empfehlungen ausschöpfen können, zum Beispiel:</p>
<ul>
<li>Verfahren konkludent gestalten, sodass weniger eigens beantragt werden muss,</li>
<li>die Bearbeitung bei spezialisierten Stellen bündeln.</li>
</ul>""",
}
