import assert from "node:assert/strict"
import { test } from "node:test"
import { Programme } from "../../../events/static/events/programme-editor/programme.js"
import { linesOf, programmeOf, select } from "./samples.js"

const titles = rows => rows.map(row => row.title)

test("a meeting without days has one", () => {
  const programme = new Programme([])

  programme.load([])

  assert.deepEqual(
    programme.entries.map(day => day.label),
    ["Tag 1"],
  )
})

test("rows are listed below their days, and know the day they are below when they are sent", () => {
  const programme = programmeOf("Eins", "# Tag 2", "Zwei")
  const [one] = programme.rows
  programme.replace(1, 1)
  programme.replace(2, 0, one)

  assert.deepEqual(linesOf(programme), ["# Tag 2", "Eins", "Zwei"])
  assert.deepEqual(
    programme.values.map(row => [row.title, row.day]),
    [
      ["Eins", 2],
      ["Zwei", 2],
    ],
  )
})

test("the key of a row is not sent", () => {
  assert.equal("key" in programmeOf("Eins").values[0], false)
})

test("what a row was pasted from is not sent, and stays at a row with the same key only while it is in doubt", () => {
  const programme = programmeOf("Eins", "Zwei")
  const [one, two] = programme.rows
  one.pasted = { text: "Eins", notes: [], doubts: ["?"] }
  two.pasted = { text: "Zwei", notes: [], doubts: [] }

  const { values } = programme
  programme.load(values, [one.key, two.key])

  assert.equal("pasted" in values[0], false)
  assert.deepEqual(
    programme.rows.map(row => row.pasted),
    [one.pasted, null],
  )
})

test("new rows share no list", () => {
  const programme = new Programme([])

  assert.notEqual(programme.newRow().appearances, programme.newRow().appearances)
})

test("every entry has a key of its own, and keys may be given to rows", () => {
  const programme = programmeOf("Eins", "Zwei")
  const given = programme.rows.map(row => row.key)

  programme.load(programme.values, given)

  assert.deepEqual(
    programme.rows.map(row => row.key),
    given,
  )
  assert.equal(new Set(programme.entries.map(entry => entry.key)).size, 3)
})

test("a row has the subordinate rows up to the next other one or the next day", () => {
  const programme = programmeOf("Phase", "- Hamm", "- Lünen", "Pause", "Phase 2", "- Bonn", "# Tag 2", "- Köln")
  const block = title => titles(programme.block(select(programme, title)))

  assert.deepEqual(block("Phase"), ["Phase", "Hamm", "Lünen"])
  assert.deepEqual(block("Hamm"), ["Hamm"])
  assert.deepEqual(block("Pause"), ["Pause"])
  assert.deepEqual(block("Phase 2"), ["Phase 2", "Bonn"])
})

test("later rows are those of the same day", () => {
  const programme = programmeOf("Eins", "Zwei", "- Drei", "# Tag 2", "Vier")
  const later = title => titles(programme.laterOnDay(select(programme, title)))

  assert.deepEqual([later("Eins"), later("Drei"), later("Vier")], [["Zwei", "Drei"], [], []])
})

test("days have no number", () => {
  const programme = programmeOf("Eins", "# Tag 2", "Zwei")

  assert.deepEqual(
    programme.rows.map(row => programme.numberOf(row)),
    [1, 2],
  )
})

test("undoing goes back step by step, to the keys and people of then", () => {
  const programme = programmeOf("Eins")
  const [row] = programme.rows
  programme.remember()
  row.appearances.push({ last_name: "Beispiel" })
  programme.remember()
  programme.replace(1, 1)

  assert.equal(programme.undo(), true)
  assert.deepEqual(programme.rows, [row])
  assert.equal(programme.undo(), true)
  assert.deepEqual(programme.rows[0].appearances, [])
  assert.equal(programme.undo(), false)
})

test("after undoing no row is current", () => {
  const programme = programmeOf("Eins")
  select(programme, "Eins")
  programme.remember()

  programme.undo()

  assert.equal(programme.current, null)
})

test("fifty steps can be undone", () => {
  const programme = programmeOf("0")
  const [row] = programme.rows
  for (let step = 1; step <= 60; step++) {
    programme.remember()
    row.title = String(step)
  }

  let undone = 0
  while (programme.undo()) undone++

  assert.deepEqual([undone, programme.rows[0].title], [50, "10"])
})

test("stored rows lend their identity to rows that were moved, and to those that come back by undoing", () => {
  const programme = programmeOf("Eins", "Zwei")
  const keys = programme.rows.map(row => row.key)
  programme.remember()
  programme.replace(1, 2, programme.rows[1])
  programme.replace(2, 0, programme.newRow({ title: "Drei" }))
  const stored = [
    { session: 7, seen: "a", appearances: [] },
    { session: 8, seen: "b", appearances: [] },
  ]

  programme.takeIdentities(keys, stored)

  const sessions = () => programme.rows.map(row => [row.title, row.session, row.seen])
  assert.deepEqual(sessions(), [
    ["Zwei", 8, "b"],
    ["Drei", null, ""],
  ])
  programme.undo()
  assert.deepEqual(sessions(), [
    ["Eins", 7, "a"],
    ["Zwei", 8, "b"],
  ])
})

test("listeners hear of a change", () => {
  const programme = programmeOf("Eins")
  let heard = 0
  programme.addEventListener("change", () => heard++)

  programme.changed()

  assert.equal(heard, 1)
})
