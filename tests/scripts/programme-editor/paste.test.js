import assert from "node:assert/strict"
import { test } from "node:test"
import { parseProgramme } from "../../../events/static/events/programme-editor/paste.js"

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
  ["10.15 bis 11.00 Uhr\tWas Kinder trägt", "Was Kinder trägt", "10:15", 45, 0],
  ["23:30–00:15 Was Kinder trägt", "Was Kinder trägt", "23:30", 45, 0],
  ["10:15–25:00 Was Kinder trägt", "Was Kinder trägt", "10:15", null, 0],
  ["10:15", "", "10:15", null, 0],
  ["24:00 Was Kinder trägt", "24:00 Was Kinder trägt", "", null, 0],
  ["9:60 Was Kinder trägt", "9:60 Was Kinder trägt", "", null, 0],
  ["2026 und danach", "2026 und danach", "", null, 0],
  ["\tWas Kinder trägt", "Was Kinder trägt", "", null, 1],
  ["  Was Kinder trägt", "Was Kinder trägt", "", null, 1],
  [" Was Kinder trägt", "Was Kinder trägt", "", null, 0],
  ["- Was Kinder trägt", "Was Kinder trägt", "", null, 1],
  ["• 11:00 Was Kinder trägt", "Was Kinder trägt", "11:00", null, 1],
  ["* Was Kinder trägt", "Was Kinder trägt", "", null, 1],
  ["Kinder\t\tund Eltern  ", "Kinder und Eltern", "", null, 0],
]

for (const [line, title, begins_at, duration, indent] of LINES)
  test(`the line ${JSON.stringify(line)} is read`, () => {
    const kind = "talk"

    assert.deepEqual(parseProgramme(line), [{ title, begins_at, duration, kind, indent }])
  })

test("each line is a row whose kind follows from its title, and blank lines are none", () => {
  const rows = parseProgramme("09:30 Ankommen\r\n\r\n10:00 Begrüßung\n \t \n\tPraxisforum Hamm\n")

  assert.deepEqual(
    rows.map(row => [row.title, row.kind, row.indent]),
    [
      ["Ankommen", "break", 0],
      ["Begrüßung", "welcome", 0],
      ["Praxisforum Hamm", "forum", 1],
    ],
  )
})

test("a title is cut where the field ends", () => {
  const [row] = parseProgramme(`10:00 ${"x".repeat(300)}`)

  assert.equal(row.title, "x".repeat(250))
})

test("nothing but blank lines is no row", () => {
  assert.deepEqual(parseProgramme(" \n\t\n"), [])
})
