// Whole agendas as offices write them, with invented names, and what becomes of them once the server has answered.

import assert from "node:assert/strict"
import { test } from "node:test"
import { answersTo, fragmentsOf, matchedValues } from "../../../events/static/events/programme-editor/matches.js"
import { parseProgramme } from "../../../events/static/events/programme-editor/paste.js"

const DAYS = [
  { number: 1, label: "Tag 1", date: "2018-11-29" },
  { number: 2, label: "Tag 2", date: "2018-11-30" },
]
const TOWNS = ["Hamm", "Bielefeld", "Lünen", "Unna", "Kreis Warendorf"]

// As the server answers: every line has a name, towns are known with and without "Stadt".
const personOf = line => ({ speaker: null, namesakes: 0, academic_title: "", first_name: "", last_name: line })
const townOf = text => {
  const name = text.replace(/^Stadt /, "")
  return TOWNS.includes(name) ? { pk: TOWNS.indexOf(name) + 1, name } : null
}

function rowsOf(text) {
  const { rows } = parseProgramme(text, { days: DAYS })
  const fragments = fragmentsOf(rows.flatMap(({ divided }) => divided ?? []))
  const named = rows.flatMap(({ divided }) => divided?.people ?? []).map(({ line }) => line)
  const people = fragments.people.map(line => (named.includes(line) ? personOf(line) : null))
  const answers = answersTo(fragments, { people, municipalities: fragments.municipalities.map(townOf) })
  const matched = ({ values, divided }) => ({
    ...values,
    ...(divided ? matchedValues(values, divided, answers) : {}),
  })
  return rows.map(row => ({ day: row.day, appearances: [], municipalities: [], ...matched(row) }))
}

const inWords = ({ day, begins_at, duration, indent, kind, is_parallel, title, room, appearances, municipalities }) =>
  [
    `${day ?? "-"} ${begins_at || "--:--"} ${duration ?? "-"}${indent ? " >" : ""} ${kind}${is_parallel ? " parallel" : ""}: ${title}`,
    room && `Raum ${room}`,
    ...appearances.map(({ role, last_name }) => `${role} ${last_name}`),
    ...municipalities.map(({ name }) => `Kommune ${name}`),
  ]
    .filter(Boolean)
    .join(" | ")

const doubtsOf = rows => rows.flatMap(({ title, pasted }) => (pasted?.doubts ?? []).map(doubt => `${title}: ${doubt}`))

test("an agenda of two days", () => {
  const rows = rowsOf(`Programm
Donnerstag, 29. November 2018
10.00 Uhr\tAnkommen und Kaffee
10.30 Uhr – 10.45 Uhr\tBegrüßung durch Bürgermeisterin Berta Beispiel, Stadt Hamm
10.45 Uhr\tVortrag: Was Kinder stark macht, Prof. Dr. Xaver Ypsilon (FH Musterstadt)
11.30 Uhr\tPodiumsdiskussion: Wer macht was?
\tMit: Dr. Anna Muster (LWL), Bert Beispiel (LVR) und Carla Probe, Kreis Warendorf
\tModeration: Dora Exempel
12.30 – 13.30 Uhr\tMittagessen
13.30 Uhr\tArbeitsgruppen (parallel)
AG 1 (Raum 1): Präventionsketten in der Großstadt, Stadt Bielefeld, Moderation: Emil Muster, LVR
AG 2 (Raum 2): Frühe Hilfen auf dem Land, Kreis Warendorf, Moderation: Dr. Anna Muster, LWL
AG 3 (Großer Saal): Übergang Schule – Beruf, Kreis Muster, Moderation: N.N.
15.30 Uhr\tErgebnisse aus den Arbeitsgruppen
ab 18.30 Uhr\tGemeinsames Abendessen
Freitag, 30. November 2018
9 Uhr\tImpuls: Armut sehen – Dr. Fritz Probe, Universität Musterstadt
9.45 Uhr\tMarktplatz der Kommunen
ca. 12.30 Uhr\tEnde der Veranstaltung`)

  assert.deepEqual(rows.map(inWords), [
    "1 10:00 30 break: Ankommen und Kaffee",
    "1 10:30 15 welcome: Begrüßung | welcome Berta Beispiel (Bürgermeisterin), Stadt Hamm",
    "1 10:45 45 talk: Was Kinder stark macht | talk Prof. Dr. Xaver Ypsilon (FH Musterstadt)",
    "1 11:30 60 discussion: Wer macht was? | panel Dr. Anna Muster (LWL) | panel Bert Beispiel (LVR) | panel Carla Probe, Kreis Warendorf | chair Dora Exempel",
    "1 12:30 60 break: Mittagessen",
    "1 13:30 120 forum_phase parallel: Arbeitsgruppen",
    "1 --:-- - > forum: Präventionsketten in der Großstadt | Raum Raum 1 | chair Emil Muster, LVR | Kommune Bielefeld",
    "1 --:-- - > forum: Frühe Hilfen auf dem Land | Raum Raum 2 | chair Dr. Anna Muster, LWL | Kommune Kreis Warendorf",
    "1 --:-- - > forum: Übergang Schule – Beruf, Kreis Muster, Moderation: N.N. | Raum Großer Saal",
    "1 15:30 180 talk: Ergebnisse aus den Arbeitsgruppen",
    "1 18:30 - break: Gemeinsames Abendessen",
    "2 09:00 45 talk: Armut sehen | talk Dr. Fritz Probe, Universität Musterstadt",
    "2 09:45 165 talk: Marktplatz der Kommunen",
    "2 12:30 - closing: Ende der Veranstaltung",
  ])
  assert.deepEqual(doubtsOf(rows), [
    "Übergang Schule – Beruf, Kreis Muster, Moderation: N.N.: „Kreis Muster“ steht noch im Titel.",
    "Übergang Schule – Beruf, Kreis Muster, Moderation: N.N.: „Moderation: N.N.“ steht noch im Titel.",
  ])
})

test("a table from a document, with headings", () => {
  const rows = rowsOf(`Zeit\tTitel\tReferent/in\tOrt
09:00-09:30\tAnkommen\t\tFoyer
09:30-10:00\tEröffnung und Grußwort\tLandrat Gustav Muster, Kreis Unna\tGroßer Sitzungssaal
10:00-11:00\tFachvortrag „Aufwachsen, aber wie?“\tProf.in Dr.in Hanna Beispiel, Hochschule Musterstadt\tGroßer Sitzungssaal
11:00-12:30\tWorkshop 1: Familienbüros\tIda Muster und Jan Probe, Stadt Hamm\tRaum 1.12
11:00-12:30\tWorkshop 2: Lotsendienste\tKlara Exempel (Kreis Warendorf)\tRaum 1.14
12:30-13:15\tMittagsimbiss\t\tKantine
13:15\tFazit\tModeration: Lena Muster\tGroßer Sitzungssaal`)

  assert.deepEqual(rows.map(inWords), [
    "- 09:00 30 break: Ankommen | Raum Foyer",
    "- 09:30 30 welcome: Eröffnung und Grußwort | Raum Großer Sitzungssaal | welcome Gustav Muster (Landrat), Kreis Unna",
    "- 10:00 60 talk: Aufwachsen, aber wie? | Raum Großer Sitzungssaal | talk Prof.in Dr.in Hanna Beispiel, Hochschule Musterstadt",
    "- 11:00 90 forum_phase parallel: ",
    "- 11:00 90 > workshop: Familienbüros | Raum Raum 1.12 | talk Ida Muster, Stadt Hamm | talk Jan Probe, Stadt Hamm",
    "- 11:00 90 > workshop: Lotsendienste | Raum Raum 1.14 | talk Klara Exempel (Kreis Warendorf)",
    "- 12:30 45 break: Mittagsimbiss | Raum Kantine",
    "- 13:15 - closing: Fazit | Raum Großer Sitzungssaal | chair Lena Muster",
  ])
  assert.deepEqual(doubtsOf(rows), [])
})

test("a table without headings", () => {
  const rows = rowsOf(
    "9.30 Uhr\tWas wirkt?\tAda Muster\tRaum 3\n\tWas fehlt?\tBert Probe\tRaum 4\n10.30 Uhr\tKaffeepause\n11 Uhr\tAusblick",
  )

  assert.deepEqual(rows.map(inWords), [
    "- 09:30 60 talk: Was wirkt? | Raum Raum 3 | talk Ada Muster",
    "- --:-- - > talk: Was fehlt? | Raum Raum 4 | talk Bert Probe",
    "- 10:30 30 break: Kaffeepause",
    "- 11:00 - closing: Ausblick",
  ])
})

test("a numbered agenda without times", () => {
  const rows = rowsOf(`Tagesordnung

1.\tBegrüßung
2.\tBericht der Koordinierungsstelle
Marie Muster, Koordinierungsstelle Kommunale Präventionsketten
3.\tAustausch in Kleingruppen
\t•\tWas läuft?
\t•\tWas fehlt?
4.\tVerschiedenes`)

  assert.deepEqual(rows.map(inWords), [
    "- --:-- - welcome: Begrüßung",
    "- --:-- - talk: Bericht der Koordinierungsstelle | talk Marie Muster, Koordinierungsstelle Kommunale Präventionsketten",
    "- --:-- - forum_phase: Austausch in Kleingruppen",
    "- --:-- - > forum: Was läuft?",
    "- --:-- - > forum: Was fehlt?",
    "- --:-- - talk: Verschiedenes",
  ])
})

test("an agenda from a mail, with dashes and municipalities before their topics", () => {
  const rows = rowsOf(`– 09:30 Uhr: Einlass & Registrierung
– 10:00 Uhr: Grußwort – Ministerin Nora Muster
– 10:15 Uhr: Keynote – „10 Jahre Lernnetzwerk“ (Prof. Dr. Otto Probe, TU Musterstadt)
– 11:00 Uhr: 2. Forum der Kommunen
– 11:45 Uhr: Pause (15 Min.)
– 12:00 Uhr: Praxisforen (zeitgleich)
   1) Hamm: Bildungsbegleiter und die Umsetzung des Bildungs- und Teilhabepaketes
   2) Bielefeld: JUGENDberufsagentur
   3) Lünen: Kooperation zwischen Jugendhilfe und Jobcenter. Das Case-Management in Lünen
– 14 Uhr: Ausklang`)

  assert.deepEqual(rows.map(inWords), [
    "- 09:30 30 break: Einlass & Registrierung",
    "- 10:00 15 welcome: Grußwort | welcome Nora Muster (Ministerin)",
    "- 10:15 45 talk: 10 Jahre Lernnetzwerk | talk Prof. Dr. Otto Probe, TU Musterstadt",
    "- 11:00 45 forum: 2. Forum der Kommunen",
    "- 11:45 15 break: Pause",
    "- 12:00 120 forum_phase parallel: Praxisforen",
    "- --:-- - > forum: Bildungsbegleiter und die Umsetzung des Bildungs- und Teilhabepaketes | Kommune Hamm",
    "- --:-- - > forum: JUGENDberufsagentur | Kommune Bielefeld",
    "- --:-- - > forum: Kooperation zwischen Jugendhilfe und Jobcenter. Das Case-Management in Lünen | Kommune Lünen",
    "- 14:00 - break: Ausklang",
  ])
})
