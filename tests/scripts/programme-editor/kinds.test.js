import assert from "node:assert/strict"
import { test } from "node:test"
import { guessKind } from "../../../events/static/events/programme-editor/kinds.js"

const KINDS = {
  "": "talk",
  "Was Kinder an Übergängen trägt": "talk",
  Mittagspause: "break",
  "Ankommen und Kaffee": "break",
  "Gemeinsames Mittagessen": "break",
  Vormittag: "talk",
  Forenphase: "forum_phase",
  Praxisforen: "forum_phase",
  "Zweite Forenrunde": "forum_phase",
  "Austausch in vier Foren": "forum_phase",
  "Praxisforum 3: Hamm": "forum",
  "Bericht aus dem Praxisforum Hamm": "forum",
  "Ergebnisse der Praxisforen": "talk",
  "Neues aus den Praxisforen": "talk",
  "Einführung in die Praxisforen": "talk",
  "Diskussion der Ergebnisse aus den Foren": "discussion",
  "Workshop: Netzwerke": "workshop",
  "Begrüßung und Grußwort": "welcome",
  ERÖFFNUNG: "welcome",
  Podiumsgespräch: "discussion",
  "Ausblick und Verabschiedung": "closing",
  "Ende der Veranstaltung": "closing",
  "Am Wochenende": "talk",
  Arbeitsgruppen: "forum_phase",
  "Parallele Workshops": "forum_phase",
  "AG 2": "forum",
  "Arbeitsgruppe Übergänge": "forum",
  "Ergebnisse aus den Arbeitsgruppen": "talk",
  "Bericht aus den Workshops": "talk",
  "Gemeinsames Abendessen": "break",
  "Begrüßung und Kaffee": "welcome",
  "Austausch im Plenum": "discussion",
  "Fazit des Tages": "closing",
  "Kinder in Essen": "talk",
}

for (const [title, kind] of Object.entries(KINDS))
  test(`„${title}“ is of the kind ${kind}`, () => {
    assert.equal(guessKind(title), kind)
  })
