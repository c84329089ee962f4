import assert from "node:assert/strict"
import { test } from "node:test"
import { completeRow, contentOf } from "../../../events/static/events/programme-editor/rows.js"
import { SaveRecord } from "../../../events/static/events/programme-editor/save-record.js"

const stateOf = (...titles) => ({
  seen_at: `moment of ${titles}`,
  rows: titles.map(title => completeRow({ title, day: 1 })),
  unplaced: [{ session: 1 }, { session: 2 }],
})

test("what was accepted is saved, and nothing else", () => {
  const record = new SaveRecord(stateOf())
  const state = stateOf("Eins")

  record.accept(state)

  assert.equal(record.isSaved(contentOf(state.rows)), true)
  assert.equal(record.isSaved(contentOf(stateOf("Zwei").rows)), false)
  assert.equal(record.seenAt, "moment of Eins")
})

test("a save that succeeds forgets the errors and the attempts before it", () => {
  const record = new SaveRecord(stateOf())
  record.errors = { 0: ["Titel: fehlt."] }
  record.addUnanswered([1], stateOf("Eins").rows)

  record.accept(stateOf("Zwei"))

  assert.deepEqual(record.errors, {})
  assert.equal(record.recogniseUnanswered(stateOf("Eins")), null)
})

test("any of several unanswered attempts is recognised in what is stored", () => {
  const record = new SaveRecord(stateOf())
  record.addUnanswered([1], stateOf("Eins").rows)
  record.addUnanswered([1, 2], stateOf("Eins", "Zwei").rows)

  assert.deepEqual(record.recogniseUnanswered(stateOf("Eins")), [1])
  assert.equal(record.seenAt, "moment of Eins")
  assert.equal(record.recogniseUnanswered(stateOf("Eins", "Zwei")), null)
})

test("what somebody else has stored is no attempt, and the version stays", () => {
  const record = new SaveRecord(stateOf("Alt"))
  record.addUnanswered([1], stateOf("Eins").rows)

  assert.equal(record.recogniseUnanswered(stateOf("Fremd")), null)
  assert.equal(record.seenAt, "moment of Alt")
})

test("a session that was placed is not unplaced any more", () => {
  const record = new SaveRecord(stateOf())

  record.place(1)

  assert.deepEqual(record.unplaced, [{ session: 2 }])
})

test("the next save can replace another version", () => {
  const record = new SaveRecord(stateOf("Alt"))

  record.basedOn("later")

  assert.equal(record.seenAt, "later")
})
