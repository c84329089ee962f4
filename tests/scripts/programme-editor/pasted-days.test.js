import assert from "node:assert/strict"
import { test } from "node:test"
import { findDay, readDay } from "../../../events/static/events/programme-editor/pasted-days.js"

const DATED = [
  { number: 1, label: "Tag 1", date: "2018-11-29" },
  { number: 2, label: "Tag 2", date: "2018-11-30" },
]
const UNDATED = DATED.map(day => ({ ...day, date: "" }))

// A line; then the number of the day of DATED that it names, 0 for none of them, and what is left of the line.
const LINES = [
  ["Freitag, 30. November 2018", 2, ""],
  ["Fr. 30.11.", 2, ""],
  ["Fr, 30.11.18: Abschluss", 2, "Abschluss"],
  ["am 30. Nov. 2018", 2, ""],
  ["2018-11-30", 2, ""],
  ["30.11. 10.00 Begrüßung", 2, "10.00 Begrüßung"],
  ["Freitag", 2, ""],
  ["Tag 2", 2, ""],
  ["2. Tag – Vertiefung", 2, "Vertiefung"],
  ["Zweiter Tag", 2, ""],
  ["Tag 2 (30.11.)", 2, ""],
  ["Donnerstag, 29. November 2018, 10.00 – 17.00 Uhr", 1, "10.00 – 17.00 Uhr"],
  ["03.12.2024, Rathaus Musterstadt", 0, "Rathaus Musterstadt"],
  ["30.11.2019", 0, ""],
  ["Sonntag", 0, ""],
  ["Tag 3", 0, ""],
]

const NO_DAYS = [
  "2. Forum",
  "2. Mailand-Reise",
  "Tag der Familie",
  "Freitags-Runde",
  "Freitag für alle",
  "10 Jahre Lernnetzwerk",
  "31.13. ist kein Tag",
  "29.–30. November 2018",
  "29.11. – 30.11.2018",
  "29. und 30. November 2018",
]

for (const [line, number, rest] of LINES)
  test(`„${line}“ names a day`, () => {
    const named = readDay(line)

    assert.deepEqual([findDay(named, DATED, null)?.number ?? 0, named.rest], [number, rest])
  })

test("other lines name no day", () => {
  for (const line of NO_DAYS) assert.equal(readDay(line), null, line)
})

test("where days have no date, each date is the next day", () => {
  const [first, second] = [readDay("29.11.2018"), readDay("30.11.2018")]

  assert.equal(findDay(first, UNDATED, null).number, 1)
  assert.equal(findDay(second, UNDATED, 1).number, 2)
  assert.equal(findDay(second, UNDATED, 2), null)
})
