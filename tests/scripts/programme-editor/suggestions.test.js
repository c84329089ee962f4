import assert from "node:assert/strict"
import { test } from "node:test"
import { Suggestions } from "../../../events/static/events/programme-editor/suggestions.js"

const HAMM = { label: "Hamm", hint: "" }
const BONN = { label: "Bonn", hint: "" }

function offering(found, text, mayCreate = false) {
  const suggestions = new Suggestions(mayCreate)
  suggestions.offer(found, text)
  return suggestions
}

test("the first suggestion is active", () => {
  const suggestions = offering([HAMM, BONN], "m")

  assert.deepEqual([suggestions.active, suggestions.chosen("m")], [0, HAMM])
})

test("where nothing is found nothing is active and nothing chosen", () => {
  const suggestions = offering([], "x")

  assert.deepEqual([suggestions.offered, suggestions.active, suggestions.chosen("x")], [[], -1, undefined])
})

test("creating comes last, and first where nothing is found", () => {
  const labels = found => offering(found, "Ada", true).offered.map(each => each.label)

  assert.deepEqual(labels([HAMM]), ["Hamm", "Neu anlegen: Ada"])
  assert.deepEqual(labels([]), ["Neu anlegen: Ada"])
  assert.equal(offering([], "Ada", true).chosen("Ada").create, "Ada")
})

test("nothing is created from an empty text", () => {
  const suggestions = offering([], "", true)

  assert.deepEqual([suggestions.offered, suggestions.chosen("")], [[], undefined])
})

test("arrows go round in both directions", () => {
  const suggestions = offering([HAMM, BONN], "m")
  const places = [1, 1, -1].map(by => {
    suggestions.step(by)
    return suggestions.active
  })

  assert.deepEqual(places, [1, 0, 1])
  assert.equal(suggestions.chosen("m"), BONN)
})

test("in a closed list Enter creates what was typed, where that is allowed", () => {
  const appearances = offering([HAMM], "Ada", true)
  const municipalities = offering([HAMM], "Ada")
  appearances.deactivate()
  municipalities.deactivate()

  assert.deepEqual(appearances.chosen("Ada"), { create: "Ada" })
  assert.equal(municipalities.chosen("Ada"), undefined)
})
