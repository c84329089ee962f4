import assert from "node:assert/strict"
import { test } from "node:test"
import {
  fingerprint,
  matchNewRows,
  takeIdentity,
  takeMarks,
} from "../../../events/static/events/programme-editor/reconciliation.js"
import { completeRow } from "../../../events/static/events/programme-editor/rows.js"

const appearance = (last_name, values = {}) => ({
  pk: null,
  speaker: null,
  role: "talk",
  academic_title: "",
  first_name: "",
  last_name,
  unit: "",
  organisation: "",
  place: "",
  ...values,
})
const row = values => completeRow({ day: 1, ...values })

test("a row and what the server makes of it have the same fingerprint", () => {
  const sent = row({
    title: " Vortrag ",
    room: "Saal ",
    appearances: [appearance("Beispiel")],
    municipalities: [{ pk: 2 }, { pk: 1 }],
  })
  const stored = row({
    title: "Vortrag",
    room: "Saal",
    appearances: [appearance("Beispiel", { pk: 5, speaker: 3 })],
    municipalities: [
      { pk: 1, name: "Hamm" },
      { pk: 2, name: "Lünen" },
    ],
    session: 7,
    seen: "a",
    name: "Vortrag",
  })

  assert.equal(fingerprint([sent]), fingerprint([stored]))
})

const DIFFERENCES = {
  kind: "forum",
  title: "Anderes",
  indent: 1,
  is_parallel: true,
  day: 2,
  begins_at: "10:15",
  duration: 45,
  day_part: "Am Nachmittag",
  room: "Saal",
  status: "provisional",
  appearances: [appearance("Beispiel")],
  municipalities: [{ pk: 1 }],
}

for (const [name, value] of Object.entries(DIFFERENCES))
  test(`another ${name} is another fingerprint`, () => {
    assert.notEqual(fingerprint([row({ [name]: value })]), fingerprint([row({})]))
  })

test("new people get the appearance of the same name, known ones keep theirs", () => {
  const mine = row({ appearances: [appearance("Neu"), appearance("Alt", { pk: 1, speaker: 1 }), appearance("Später")] })
  const appearances = [appearance("Neu", { pk: 8, speaker: 9 }), appearance("Alt", { pk: 2, speaker: 2 })]

  takeIdentity(mine, row({ session: 7, seen: "a", appearances }))

  assert.deepEqual([mine.session, mine.seen], [7, "a"])
  assert.deepEqual(
    mine.appearances.map(each => [each.last_name, each.pk, each.speaker]),
    [
      ["Neu", 8, 9],
      ["Alt", 1, 1],
      ["Später", null, null],
    ],
  )
})

test("new rows become the stored sessions that read the same, each only once", () => {
  const mine = [row({ title: "A" }), row({ title: "A" }), row({ title: "B" }), row({ title: "C", session: 3 })]
  const state = {
    rows: [row({ title: "A", session: 1, seen: "a" }), row({ title: "C", session: 3, seen: "c" }), row({ title: "B" })],
    unplaced: [row({ title: "B", session: 2, seen: "b" })],
  }

  matchNewRows(mine, state)

  assert.deepEqual(
    mine.map(each => [each.session, each.seen]),
    [
      [1, "a"],
      [null, ""],
      [2, "b"],
      [3, ""],
    ],
  )
})

test("a session that is in a row is not taken for another", () => {
  const mine = [row({ title: "A", session: 1 }), row({ title: "A" })]

  matchNewRows(mine, { rows: [row({ title: "A", session: 1, seen: "a" })], unplaced: [] })

  assert.equal(mine[1].session, null)
})

test("marks are those of the stored sessions, also of those in no row", () => {
  const mine = [
    row({ session: 1, seen: "old" }),
    row({ session: 2, seen: "old" }),
    row({ session: 9, seen: "old" }),
    row({}),
  ]

  takeMarks(mine, { rows: [row({ session: 1, seen: "a" })], unplaced: [row({ session: 2, seen: "b" })] })

  assert.deepEqual(
    mine.map(each => each.seen),
    ["a", "b", "old", ""],
  )
})
