import assert from "node:assert/strict"
import { test } from "node:test"
import { answersTo, fragmentsOf, matchedValues } from "../../../events/static/events/programme-editor/matches.js"
import { divide } from "../../../events/static/events/programme-editor/pasted-parts.js"

const ADA = {
  speaker: 7,
  namesakes: 1,
  academic_title: "Dr.",
  first_name: "Ada",
  last_name: "Muster",
  unit: "",
  organisation: "LWL",
  place: "",
}
const NEW = { ...ADA, speaker: null, namesakes: 0 }
const HAMM = { pk: 3, name: "Hamm" }

function matched(text, person, municipality = null) {
  const divided = divide(text, "talk")
  const fragments = fragmentsOf([divided])
  const people = fragments.people.map(() => person)
  const municipalities = fragments.municipalities.map(name => (name === "Hamm" ? municipality : null))
  return matchedValues({ title: text, pasted: null }, divided, answersTo(fragments, { people, municipalities }))
}

test("each text is asked about once", () => {
  const divided = ["Eins, Hamm, Dr. Ada Muster", "Zwei, Hamm, Dr. Ada Muster"].map(text => divide(text, "talk"))

  assert.deepEqual(fragmentsOf(divided), { people: ["Dr. Ada Muster"], municipalities: ["Hamm"] })
})

test("the server is asked about a bounded number of texts of a bounded length", () => {
  const lines = Array.from({ length: 700 }, (_, number) => ({ line: `Dr. Ada Muster ${number}` }))

  const { people } = fragmentsOf([{ people: [{ line: `Dr. ${"x".repeat(300)}` }, ...lines], parts: [] }])

  assert.deepEqual([people.length, people[0]], [600, "Dr. Ada Muster 0"])
})

test("a known person and a known municipality leave the title", () => {
  const { title, appearances, municipalities, pasted } = matched("Was wirkt?, Hamm, Dr. Ada Muster", ADA, HAMM)

  const { namesakes, ...person } = ADA
  assert.deepEqual([title, municipalities, pasted.doubts], ["Was wirkt?", [HAMM], []])
  assert.deepEqual(appearances, [{ pk: null, role: "talk", ...person }])
})

test("somebody new is a guess, and an unknown municipality stays in the title", () => {
  const { title, appearances, municipalities } = matched("Was wirkt?, Hamm, Dr. Ada Muster", NEW)

  assert.deepEqual([title, municipalities], ["Was wirkt?, Hamm", []])
  assert.deepEqual([appearances[0].isGuess, "namesakes" in appearances[0]], [true, false])
})

test("of several people with one name the editor is told", () => {
  const { pasted } = matched("Was wirkt?, Dr. Ada Muster", { ...NEW, namesakes: 2 })

  assert.deepEqual(pasted.doubts, ["Im Verzeichnis steht „Dr. Ada Muster“ mehrmals: Bitte wählen."])
})

test("a line in which the server finds no name stays in the title", () => {
  const { title, appearances, pasted } = matched("Was wirkt?, Dr. Ada Muster", null)

  assert.deepEqual([title, appearances], ["Was wirkt?, Dr. Ada Muster", []])
  assert.deepEqual(pasted.doubts, ["„Dr. Ada Muster“ steht noch im Titel."])
})

test("nobody stands twice in one role", () => {
  assert.equal(matched("Was wirkt?, Dr. Ada Muster und Dr. Ada Muster", ADA).appearances.length, 1)
})
