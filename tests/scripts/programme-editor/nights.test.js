import assert from "node:assert/strict"
import { test } from "node:test"
import {
  ask,
  goOnUntil,
  nightQuestion,
  openQuestion,
  settle,
} from "../../../events/static/events/programme-editor/nights.js"

test("an end before the begin is asked about, any other is not", () => {
  const asked = "Ende 13:30 liegt vor 14:00. Geht der Punkt über Mitternacht?"

  assert.equal(nightQuestion({ begins_at: "14:00" }, "13:30"), asked)
  for (const end of ["14:00", "15:00", "", "1"]) assert.equal(nightQuestion({ begins_at: "14:00" }, end), "")
  assert.equal(nightQuestion({ begins_at: "" }, "13:30"), "")
})

test("a question stays open until it is settled, and changes nothing", () => {
  const row = { begins_at: "22:30", duration: 45 }

  ask(row, "Wirklich?")

  assert.equal(openQuestion(row), "Wirklich?")
  assert.equal(row.duration, 45)
  settle(row)
  assert.equal(openQuestion(row), "")
})

test("with yes the row lasts until the next day", () => {
  const row = { begins_at: "22:30", duration: null }
  ask(row, "Wirklich?")

  goOnUntil(row, "01:00")

  assert.equal(row.duration, 150)
  assert.equal(openQuestion(row), "")
})
