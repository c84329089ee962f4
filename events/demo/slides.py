"""What stands on the pages in place of the two lectures' slides: what the report says of them, and what it does not."""

Page = tuple[str, str]

PAGES: dict[str, tuple[Page, ...]] = {
    "aktivieren-oder-befaehigen": (
        (
            "Warum hier ein Platzhalter steht",
            "Die Folien dieses Vortrags liegen nicht vor, nur ein Bericht über das Treffen.",
        ),
        ("Zwei Gesetze", "Der Vortrag ging von SGB II und SGB III aus. Wie er sie darstellte, ist nicht überliefert."),
        ("Zwei Häuser", "Gefragt war nach Jobcentern und Arbeitsagenturen. Was die Folien zeigten, wissen wir nicht."),
        ("Wo es hakt", "Der Bericht nennt Widersprüche in den Regeln selbst. Welche genau, ist nicht überliefert."),
        (
            "Wo es sich reibt",
            "Mit Jugendhilfe, Gesundheitsförderung und Stadtentwicklung. Mehr dazu ist nicht bekannt.",
        ),
        ("Was zu tun wäre", "Empfehlungen standen am Schluss. An ihrer Stelle steht dieser Satz als Platzhalter."),
        ("Wenn sich die Folien finden", "Dann ersetzt die Redaktion diese Datei; die Adresse der Seite bleibt gleich."),
    ),
    "collaborative-governance": (
        ("Kein Original", "Auch diese Seiten sind ein Platzhalter. Die echten Folien liegen dem Portal nicht vor."),
        (
            "Die Ausgangsfrage",
            "Wie kommen verschiedene Denkweisen ins Gespräch? So fragt der Bericht, nicht die Folie.",
        ),
        ("Der Ansatz", "Als eine Antwort nennt der Bericht „Collaborative Governance“. Die Folien dazu fehlen."),
        ("Das Gespräch danach", "Im Plenum wurde weiter gesprochen. Was gesagt wurde, ist nicht überliefert."),
        (
            "Zum Ausprobieren",
            "Blättern, Suchen, Zitieren und Herunterladen gehen mit einem Platzhalter wie mit Folien.",
        ),
    ),
}
