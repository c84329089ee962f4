import assert from "node:assert/strict"
import { test } from "node:test"
import {
  appendRow,
  confirmRows,
  duplicate,
  indent,
  insertRow,
  insertRows,
  moveDown,
  moveTo,
  moveUp,
  outdent,
  remove,
  shiftBegins,
  takeBack,
} from "../../../events/static/events/programme-editor/moves.js"
import { linesOf, programmeOf, select } from "./samples.js"

// What is done to which row of which programme, and the programme then; null where nothing may change.
const MOVES = [
  [moveUp, "Zwei", ["Eins", "Zwei"], ["Zwei", "Eins"]],
  [moveUp, "Eins", ["Eins", "Zwei"], null],
  [moveUp, "Phase", ["Eins", "Phase", "- Hamm"], ["Phase", "- Hamm", "Eins"]],
  [moveUp, "Eins", ["Phase", "- Hamm", "- Bonn", "Eins"], ["Eins", "Phase", "- Hamm", "- Bonn"]],
  [moveUp, "Bonn", ["Phase", "- Hamm", "- Bonn"], ["Phase", "- Bonn", "- Hamm"]],
  [moveUp, "Hamm", ["Phase", "- Hamm", "- Bonn"], null],
  [moveUp, "Zwei", ["Eins", "# Tag 2", "Zwei"], ["Eins", "Zwei", "# Tag 2"]],
  [moveDown, "Eins", ["Eins", "Zwei"], ["Zwei", "Eins"]],
  [moveDown, "Zwei", ["Eins", "Zwei"], null],
  [moveDown, "Phase", ["Phase", "- Hamm", "Eins"], ["Eins", "Phase", "- Hamm"]],
  [moveDown, "Eins", ["Eins", "Phase", "- Hamm", "Zwei"], ["Phase", "- Hamm", "Eins", "Zwei"]],
  [moveDown, "Hamm", ["Phase", "- Hamm", "- Bonn"], ["Phase", "- Bonn", "- Hamm"]],
  [moveDown, "Bonn", ["Phase", "- Hamm", "- Bonn", "Eins"], null],
  [moveDown, "Bonn", ["Phase", "- Bonn", "# Tag 2", "Eins"], null],
  [moveDown, "Eins", ["Eins", "# Tag 2", "Zwei"], ["# Tag 2", "Eins", "Zwei"]],
  [indent, "Hamm", ["Phase", "Hamm"], ["Phase", "- Hamm"]],
  [indent, "Runde", ["Phase", "Runde", "- Hamm"], ["Phase", "- Runde", "- Hamm"]],
  [indent, "Eins", ["Eins"], null],
  [indent, "Zwei", ["Eins", "# Tag 2", "Zwei"], null],
  [indent, "Hamm", ["Phase", "- Hamm"], null],
  [outdent, "Hamm", ["Phase", "- Hamm", "- Bonn"], ["Phase", "Hamm", "- Bonn"]],
  [outdent, "Phase", ["Phase"], null],
  [insertRow, "Eins", ["Eins", "Zwei"], ["Eins", "", "Zwei"]],
  [insertRow, "Phase", ["Phase", "- Hamm", "Zwei"], ["Phase", "- Hamm", "", "Zwei"]],
  [insertRow, "Hamm", ["Phase", "- Hamm", "- Bonn"], ["Phase", "- Hamm", "- ", "- Bonn"]],
  [insertRow, "", ["Eins", "# Tag 2", "Zwei"], ["Eins", "# Tag 2", "Zwei", ""]],
  [insertRow, "", ["# Tag 2"], ["", "# Tag 2"]],
  [duplicate, "Eins", ["Eins", "Zwei"], ["Eins", "Eins", "Zwei"]],
  [duplicate, "Phase", ["Phase", "- Hamm", "Zwei"], ["Phase", "- Hamm", "Phase", "Zwei"]],
  [remove, "Eins", ["Eins", "Zwei"], ["Zwei"]],
  [remove, "Phase", ["Phase", "- Hamm", "Zwei"], ["Zwei"]],
  [remove, "Hamm", ["Phase", "- Hamm", "- Bonn"], ["Phase", "- Bonn"]],
]

for (const [move, title, before, after] of MOVES)
  test(`${move.name} at „${title}“ of ${before.join(", ")}${after ? "" : " changes nothing"}`, () => {
    const programme = programmeOf(...before)
    select(programme, title)

    const result = move(programme)

    assert.deepEqual(linesOf(programme), after ?? before)
    assert.equal(Boolean(result), Boolean(after))
    assert.equal(programme.undo(), Boolean(after))
    assert.deepEqual(linesOf(programme), before)
  })

// Which row is dropped where.
const DROPS = [
  ["Drei", "Eins", ["Eins", "Zwei", "Drei"], ["Drei", "Eins", "Zwei"]],
  ["Eins", "Drei", ["Eins", "Zwei", "Drei"], ["Zwei", "Eins", "Drei"]],
  ["Eins", "Hamm", ["Eins", "Phase", "- Hamm"], ["Phase", "- Eins", "- Hamm"]],
  ["Hamm", "Eins", ["Eins", "Phase", "- Hamm"], ["Hamm", "Eins", "Phase"]],
  ["Phase", "Eins", ["Eins", "Phase", "- Hamm"], ["Phase", "- Hamm", "Eins"]],
  ["Runde", "Hamm", ["Phase", "- Hamm", "Runde", "- Bonn"], ["Phase", "- Runde", "- Bonn", "- Hamm"]],
  ["Phase", "Hamm", ["Phase", "- Hamm"], null],
  ["Eins", "Eins", ["Eins", "Zwei"], null],
  ["Eins", "Hamm", ["- Hamm", "Eins"], ["Eins", "- Hamm"]],
  ["Hamm", "Tag 2", ["Phase", "- Hamm", "# Tag 2", "Eins"], ["Phase", "# Tag 2", "Hamm", "Eins"]],
]

for (const [title, target, before, after] of DROPS)
  test(`„${title}“ is dropped on „${target}“ of ${before.join(", ")}`, () => {
    const programme = programmeOf(...before)
    const row = select(programme, title)

    const isMoved = moveTo(
      programme,
      row,
      programme.entries.find(entry => (entry.label ?? entry.title) === target),
    )

    assert.equal(isMoved, Boolean(after))
    assert.deepEqual(linesOf(programme), after ?? before)
    assert.ok(programme.rows.every(each => [0, 1].includes(each.indent)))
    assert.equal(programme.undo(), Boolean(after))
  })

test("a new row begins when the current one ends", () => {
  const programme = programmeOf("Eins")
  Object.assign(select(programme, "Eins"), { begins_at: "10:15", duration: 45 })

  assert.equal(insertRow(programme).begins_at, "11:00")
})

test("an indented row is not parallel any more, and its parent is named", () => {
  const programme = programmeOf("Phase", "- Hamm", "Bonn")
  select(programme, "Bonn").is_parallel = true

  assert.equal(indent(programme).title, "Phase")
  assert.equal(programme.current.is_parallel, false)
})

test("a copy is a new session with appearances of its own", () => {
  const programme = programmeOf("Eins")
  const appearances = [{ pk: 5, speaker: 3, last_name: "Beispiel" }]
  const original = Object.assign(select(programme, "Eins"), {
    session: 7,
    seen: "a",
    name: "Eins",
    appearances,
    room: "Saal",
  })

  const { key, ...copy } = duplicate(programme)

  assert.notEqual(key, original.key)
  assert.deepEqual(
    { session: copy.session, seen: copy.seen, name: copy.name, appearances: copy.appearances, room: copy.room },
    {
      session: null,
      seen: "",
      name: "",
      appearances: [{ pk: null, speaker: 3, last_name: "Beispiel" }],
      room: "Saal",
    },
  )
  assert.deepEqual(original.appearances, appearances)
})

test("after a removal the next row is current, or the one before", () => {
  const next = (title, ...lines) => {
    const programme = programmeOf(...lines)
    select(programme, title)
    const result = remove(programme)
    assert.equal(programme.current, null)
    return result.next?.title
  }

  assert.equal(next("Eins", "Eins", "Zwei", "Drei"), "Zwei")
  assert.equal(next("Zwei", "Eins", "Zwei", "# Tag 2"), "Eins")
  assert.equal(next("Eins", "Eins", "# Tag 2", "Zwei"), "Zwei")
  assert.equal(next("Eins", "Eins"), undefined)
})

test("inserted rows follow a row with content, and replace an empty one", () => {
  const insert = (...lines) => {
    const programme = programmeOf(...lines)
    insertRows(programme, programme.rows[0], [
      { values: { title: "A", indent: 1 }, day: null },
      { values: { title: "B", indent: 1 }, day: null },
    ])
    return linesOf(programme)
  }

  assert.deepEqual(insert("Eins", "Zwei"), ["Eins", "- A", "- B", "Zwei"])
  assert.deepEqual(insert("", "Zwei"), ["A", "B", "Zwei"])
})

test("a row with people is not empty", () => {
  const programme = programmeOf("")
  programme.rows[0].appearances.push({ last_name: "Beispiel" })

  insertRows(programme, programme.rows[0], [{ values: { title: "A" }, day: null }])

  assert.deepEqual(linesOf(programme), ["", "A"])
})

test("inserted rows of another day become its last ones, and all of them are undone together", () => {
  const programme = programmeOf("", "# Tag 2", "Eins", "# Tag 3", "Zwei")

  const made = insertRows(programme, programme.rows[0], [
    { values: { title: "A" }, day: 2 },
    { values: { title: "B", indent: 1 }, day: 3 },
    { values: { title: "C" }, day: 2 },
  ])

  assert.deepEqual(linesOf(programme), ["# Tag 2", "Eins", "A", "C", "# Tag 3", "Zwei", "- B"])
  assert.deepEqual(
    made.map(row => row.title),
    ["A", "B", "C"],
  )
  programme.undo()
  assert.deepEqual(linesOf(programme), ["", "# Tag 2", "Eins", "# Tag 3", "Zwei"])
})

const pastedRow = () => {
  const programme = programmeOf("Was wirkt?")
  const [row] = programme.rows
  const appearances = [{ last_name: "Muster", isGuess: true }]
  const pasted = { text: "10 Uhr Was wirkt?, Dr. Muster", notes: [], doubts: ["?"] }
  Object.assign(row, { begins_at: "10:00", duration: 30, kind: "forum", room: "Saal", appearances, pasted })
  return { programme, row }
}

test("what was read from a pasted row is taken back to its text, and that can be undone", () => {
  const { programme, row } = pastedRow()
  const before = structuredClone(row)

  takeBack(programme, row)

  const { title, begins_at, duration, kind, room, appearances, pasted } = row
  assert.deepEqual(
    { title, begins_at, duration, kind, room, appearances, pasted },
    {
      title: "10 Uhr Was wirkt?, Dr. Muster",
      begins_at: "",
      duration: null,
      kind: "talk",
      room: "",
      appearances: [],
      pasted: null,
    },
  )
  programme.undo()
  assert.deepEqual(programme.rows[0], before)
})

test("confirming a pasted row confirms its new people", () => {
  const { programme, row } = pastedRow()

  confirmRows(programme, [row])

  assert.deepEqual([row.pasted, row.appearances, row.room], [null, [{ last_name: "Muster" }], "Saal"])
})

test("an appended row is the last one", () => {
  const programme = programmeOf("Eins", "# Tag 2")

  appendRow(programme, { title: "Zwei", session: 9 })

  assert.deepEqual(linesOf(programme), ["Eins", "# Tag 2", "Zwei"])
  assert.equal(programme.rows[1].session, 9)
})

test("begins are shifted together, and that can be undone", () => {
  const programme = programmeOf("Eins", "Zwei")
  const begins = () => programme.rows.map(row => row.begins_at)
  programme.rows[0].begins_at = "10:15"
  programme.rows[1].begins_at = "23:55"

  shiftBegins(programme, programme.rows, 10)

  assert.deepEqual(begins(), ["10:25", "00:05"])
  programme.undo()
  assert.deepEqual(begins(), ["10:15", "23:55"])
})
