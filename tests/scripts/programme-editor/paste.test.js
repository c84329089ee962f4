import assert from "node:assert/strict"
import { test } from "node:test"
import { parseProgramme } from "../../../events/static/events/programme-editor/paste.js"

const DAYS = [
  { number: 1, label: "Tag 1", date: "2018-11-29" },
  { number: 2, label: "Tag 2", date: "2018-11-30" },
]

const rowsOf = (text, options) => parseProgramme(text, options).rows

// A line; then title, begin, duration, indent.
const LINES = [
  ["Was Kinder trägt", "Was Kinder trägt", "", null, 0],
  ["09:30 Was Kinder trägt", "Was Kinder trägt", "09:30", null, 0],
  ["9.30 Uhr Was Kinder trägt", "Was Kinder trägt", "09:30", null, 0],
  ["9:30 Uhr: Was Kinder trägt", "Was Kinder trägt", "09:30", null, 0],
  ["09:30\tWas Kinder trägt", "Was Kinder trägt", "09:30", null, 0],
  ["09:30 | Was Kinder trägt", "Was Kinder trägt", "09:30", null, 0],
  ["10:15-11:00 Was Kinder trägt", "Was Kinder trägt", "10:15", 45, 0],
  ["10:15–11:00 Was Kinder trägt", "Was Kinder trägt", "10:15", 45, 0],
  ["10.15 — 11.00 Uhr – Was Kinder trägt", "Was Kinder trägt", "10:15", 45, 0],
  ["10.15\u00a0bis\u202f11.00\u2009Uhr\tWas Kinder trägt", "Was Kinder trägt", "10:15", 45, 0],
  ["23:30–00:15 Was Kinder trägt", "Was Kinder trägt", "23:30", 45, 0],
  ["10:15–25:00 Was Kinder trägt", "Was Kinder trägt", "10:15", null, 0],
  ["10:15", "", "10:15", null, 0],
  ["24:00 Was Kinder trägt", "24:00 Was Kinder trägt", "", null, 0],
  ["9:60 Was Kinder trägt", "9:60 Was Kinder trägt", "", null, 0],
  ["2026 und danach", "2026 und danach", "", null, 0],
  ["2. Forum der Kommunen", "2. Forum der Kommunen", "", null, 0],
  ["Ort: Rathaus Musterstadt", "Ort: Rathaus Musterstadt", "", null, 0],
  ["Vortrag 12", "Vortrag 12", "", null, 0],
  ["Forum 2", "Forum 2", "", null, 0],
  ["TOP 1: Was Kinder trägt", "Was Kinder trägt", "", null, 0],
  ["1) Was Kinder trägt", "Was Kinder trägt", "", null, 0],
  ["1. 10.15 Uhr Was Kinder trägt", "Was Kinder trägt", "10:15", null, 0],
  ["\tWas Kinder trägt", "Was Kinder trägt", "", null, 1],
  ["  Was Kinder trägt", "Was Kinder trägt", "", null, 1],
  [" Was Kinder trägt", "Was Kinder trägt", "", null, 0],
  ["- Was Kinder trägt", "Was Kinder trägt", "", null, 1],
  ["•\tWas Kinder trägt", "Was Kinder trägt", "", null, 1],
  ["* Was Kinder trägt", "Was Kinder trägt", "", null, 1],
  ["Kinder\t\tund Eltern  ", "Kinder und Eltern", "", null, 0],
]

for (const [line, title, begins_at, duration, indent] of LINES)
  test(`the line ${JSON.stringify(line)} is read`, () => {
    const [{ values }] = rowsOf(line)

    assert.deepEqual(
      [values.title, values.begins_at, values.duration, values.indent],
      [title, begins_at, duration, indent],
    )
  })

// An invitation as it comes from Word: title, begin, end, kind and indent of each line.
const INVITATION = [
  ["03.12.2024, Rathaus Musterstadt", "03.12.2024, Rathaus Musterstadt", "", null, "talk", 0],
  ["10.00 Uhr – 10.30 Uhr Begrüßung", "Begrüßung", "10:00", 30, "welcome", 0],
  ["10:30 Uhr bis 11:15 Uhr\tFachvortrag: Was wirkt?", "Was wirkt?", "10:30", 45, "talk", 0],
  ["11.15 - 11.30 Kaffeepause", "Kaffeepause", "11:15", 15, "break", 0],
  ["11:30–12:15 Uhr Diskussion", "Diskussion", "11:30", 45, "discussion", 0],
  ["9 Uhr Ankommen und Kaffee", "Ankommen und Kaffee", "09:00", 240, "break", 0],
  ["13 – 14 Uhr Mittagessen", "Mittagessen", "13:00", 60, "break", 0],
  ["ab 14.00 Uhr Praxisforen", "Praxisforen", "14:00", 90, "forum_phase", 0],
  ["\tForum 1: Stadt Musterstadt", "Forum 1: Stadt Musterstadt", "", null, "forum", 1],
  ["\tForum 2: Kreis Muster", "Forum 2: Kreis Muster", "", null, "forum", 1],
  ["ca. 15.30 Uhr Ausblick", "Ausblick", "15:30", 30, "closing", 0],
  ["16 h Ende", "Ende", "16:00", null, "closing", 0],
  ["1.10 Einführung in das Thema", "Einführung in das Thema", "", null, "talk", 0],
  ["12:00 h – 13:00 h Imbiss", "Imbiss", "12:00", 60, "break", 0],
  ["14:00-15:30Uhr: Workshop", "Workshop", "14:00", 90, "workshop", 0],
]

test("every line of an invitation from Word is read", () => {
  const rows = rowsOf(INVITATION.map(([line]) => line).join("\r\n"), { days: DAYS })

  assert.deepEqual(
    rows.map(({ values: { title, begins_at, duration, kind, indent } }) => [title, begins_at, duration, kind, indent]),
    INVITATION.map(([, ...values]) => values),
  )
  assert.deepEqual(
    rows.map(({ values }) => values.pasted?.doubts ?? []).filter(doubts => doubts.length),
    [
      ["Diesen Tag hat das Treffen nicht."],
      ["Beginnt vor der Zeile darüber."],
      ["„1.10“ ist als Nummer gelesen."],
      ["Beginnt vor der Zeile darüber."],
    ],
  )
})

test("each line is a row whose kind follows from its title, and blank lines are none", () => {
  const rows = rowsOf("09:30 Ankommen\r\n\r\n10:00 Begrüßung\n \t \n\tPraxisforum Hamm\n")

  assert.deepEqual(
    rows.map(({ values }) => [values.title, values.kind, values.indent]),
    [
      ["Ankommen", "break", 0],
      ["Begrüßung", "welcome", 0],
      ["Praxisforum Hamm", "forum", 1],
    ],
  )
})

test("a number is that of a list where a neighbour stands near it", () => {
  const titles = text => rowsOf(text).map(({ values }) => values.title)

  assert.deepEqual(titles("1. Begrüßung\n2. Forum der Kommunen\n3. Ausblick"), [
    "Begrüßung",
    "Forum der Kommunen",
    "Ausblick",
  ])
  assert.deepEqual(titles("Begrüßung\n2. Forum der Kommunen\nAusblick"), [
    "Begrüßung",
    "2. Forum der Kommunen",
    "Ausblick",
  ])
  assert.deepEqual(titles("I. Begrüßung\nII. Ausblick"), ["Begrüßung", "Ausblick"])
})

test("a line that names a day of the event is no row, and leads to that day", () => {
  const { rows, unknownDays } = parseProgramme(
    "Donnerstag, 29. November 2018, 10 – 17 Uhr\n10:00 Begrüßung\nFreitag, 30.11.\n9:00 Impuls\nSamstag, 1.12.\n9:00 Ausflug",
    { days: DAYS },
  )

  assert.deepEqual(
    rows.map(({ day, values }) => [day, values.title]),
    [
      [1, "Begrüßung"],
      [2, "Impuls"],
      [2, "Samstag, 1.12."],
      [2, "Ausflug"],
    ],
  )
  assert.deepEqual(unknownDays, ["Samstag, 1.12."])
})

test("a missing end is the next begin of the same day", () => {
  const rows = rowsOf("Tag 1\n10:00 Eins\n11:00 Zwei\nTag 2\n12:00 Drei\nTag 3\n13:00 Vier", { days: DAYS })

  assert.deepEqual(
    rows.map(({ values }) => [values.title, values.duration, values.pasted?.notes]),
    [
      ["Eins", 60, ["Ende wie der nächste Beginn."]],
      ["Zwei", null, []],
      ["Drei", null, []],
      ["Tag 3", null, []],
      ["Vier", null, []],
    ],
  )
})

test("an end alone begins where the row above ends", () => {
  const rows = rowsOf("10:00–11:00 Eins\nbis 12 Uhr Zwei\nEins ohne Zeit\nbis 11 Uhr Drei")

  assert.deepEqual(
    rows.map(({ values }) => [values.title, values.begins_at, values.duration]),
    [
      ["Eins", "10:00", 60],
      ["Zwei", "11:00", 60],
      ["Eins ohne Zeit", "", null],
      ["Drei", "", null],
    ],
  )
  assert.deepEqual(rows[3].values.pasted.doubts, ["Nur das Ende ist genannt: Bitte den Beginn ergänzen."])
})

const structure = text =>
  rowsOf(text).map(({ values: { title, kind, indent, is_parallel } }) => [title, kind, indent, is_parallel])

test("what is said to be parallel is subordinate to a phase", () => {
  assert.deepEqual(structure("13:00 Angebote (parallel)\nAG 1: Frühe Hilfen\nStadtteilspaziergang\n15:00 Ausblick"), [
    ["Angebote", "forum_phase", 0, true],
    ["Frühe Hilfen", "forum", 1, false],
    ["Stadtteilspaziergang", "forum", 1, false],
    ["Ausblick", "closing", 0, false],
  ])
})

test("a line that says nothing but parallel is a phase without a title", () => {
  assert.deepEqual(
    structure("13 – 14 Uhr (parallel)\nAG 1 (Raum 1): Kita und Amt\nAG 2: Frühe Hilfen\n15:00 Ausblick"),
    [
      ["", "forum_phase", 0, true],
      ["Kita und Amt", "forum", 1, false],
      ["Frühe Hilfen", "forum", 1, false],
      ["Ausblick", "closing", 0, false],
    ],
  )
})

test("forums that begin at the same time get a phase", () => {
  assert.deepEqual(structure("13:00 Workshop 1: Kita und Schule\n13:00 Workshop 2: Kita und Sport\n15:00 Ausblick"), [
    ["", "forum_phase", 0, true],
    ["Kita und Schule", "workshop", 1, false],
    ["Kita und Sport", "workshop", 1, false],
    ["Ausblick", "closing", 0, false],
  ])
})

test("an agenda whose lines are all indented has no subordinate rows", () => {
  assert.deepEqual(
    structure("- 10:00 Begrüßung\n- 11:00 Ausblick").map(([, , indent]) => indent),
    [0, 0],
  )
})

test("a time, a person and a room on lines of their own belong to their row", () => {
  const [{ values, divided }, ...others] = rowsOf(
    "10:00 – 11:00 Uhr\nWas wirkt?\nProf. Dr. Kai Probe\nFH Musterstadt\nRaum: Saal 2",
  )

  assert.deepEqual([values.begins_at, values.duration, values.room, others], ["10:00", 60, "Saal 2", []])
  assert.deepEqual(
    divided.people.map(({ line }) => line),
    ["Prof. Dr. Kai Probe, FH Musterstadt"],
  )
})

test("an end before its begin is in doubt", () => {
  const [{ values }] = rowsOf("10:15–09:30 Eins")

  assert.deepEqual(values.pasted.doubts, ["Das Ende liegt vor dem Beginn: Geht das über Mitternacht?"])
})

test("a line without a time among timed ones is in doubt", () => {
  const rows = rowsOf("10:00 Eins\nAnmeldeschluss ist Freitag\n11:00 Zwei")

  assert.deepEqual(rows[1].values.pasted.doubts, ["Ohne Uhrzeit: Gehört das zur Zeile darüber?"])
})

test("a row that reads as it was written has nothing to confirm", () => {
  assert.equal(rowsOf("Begrüßung\nAusblick")[0].values.pasted, null)
})

test("a title is cut where the field ends, and the row is in doubt", () => {
  const [{ values }] = rowsOf(`10:00 ${"x".repeat(300)}`)

  assert.equal(values.title, "x".repeat(250))
  assert.deepEqual(values.pasted.doubts, ["Der Titel ist gekürzt."])
})

test("nothing but blank lines is no row", () => {
  assert.deepEqual(rowsOf(" \n\t\n"), [])
})

test("only as many rows are read as the programme has room for", () => {
  const { rows, left } = parseProgramme("Eins\nZwei\nDrei\nVier\nFünf\nSechs\nSieben", { most: 3 })

  assert.deepEqual([rows.length, left], [3, 4])
})

test("what stands beyond the longest text is not read", () => {
  const { rows, isCut } = parseProgramme(`Eins\n${"x\n".repeat(200_000)}`, { most: 1 })

  assert.deepEqual([rows.length, isCut], [1, true])
})

// Four times as much text takes about four times as long; sixteen times as long would be the square.
const HOSTILE = [
  "1.",
  "((",
  "„",
  "ca.",
  "10.00-",
  "a, ",
  " und ",
  " mit Dr. ",
  "durch A ",
  "Prof.: ",
  "aus foren ",
  "Kreis A, ",
]
const [SHORT, LONG] = [95, 380]

test("the work grows with the length of a paste, whatever is in it", () => {
  const work = length => {
    const text = HOSTILE.map(part => part.repeat(length).slice(0, length)).join("\n")
    const begin = process.cpuUsage().user
    parseProgramme(text)
    return process.cpuUsage().user - begin
  }
  for (let round = 0; round < 10; round++) work(LONG)
  const spent = { [SHORT]: 0, [LONG]: 0 }

  for (let round = 0; round < 40; round++) for (const length of [SHORT, LONG]) spent[length] += work(length)

  assert.ok(spent[LONG] < 8 * spent[SHORT], JSON.stringify(spent))
})
