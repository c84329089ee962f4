import assert from "node:assert/strict"
import { test } from "node:test"
import { guessKind } from "../../../events/static/events/programme-editor/kinds.js"
import { parseProgramme } from "../../../events/static/events/programme-editor/paste.js"

const FACTOR = 30
const MOST = 10 // times as long for one text as for thirty short ones; a quadratic parser needs 30 times as long
const PIECES = [
  " ",
  "\t",
  "\n",
  "-",
  "9",
  "9:",
  "09:30 a\n",
  "• a\n",
  "a ",
  "–",
  "|",
  ":",
  "Uhr ",
  "(",
  "A",
  "\u00a0",
  ".",
]

function milliseconds(parse, text, times) {
  const begin = performance.now()
  for (let time = 0; time < times; time++) parse(text)
  return performance.now() - begin
}

function growsWithItsInput(parse, begin, piece, size) {
  const [short, long] = [size, size * FACTOR].map(length => begin + piece.repeat(length / piece.length))
  parse(long) // compiled from now on
  let [bestOfShort, bestOfLong] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let attempt = 0; attempt < 10; attempt++) {
    bestOfShort = Math.min(bestOfShort, milliseconds(parse, short, FACTOR))
    bestOfLong = Math.min(bestOfLong, milliseconds(parse, long, 1))
    if (bestOfLong < bestOfShort * MOST) return true
  }
  return false
}

for (const begin of ["", "09:30", "09:30–", "a"]) {
  test(`the time of a paste that begins with "${begin}" grows no faster than its length`, () => {
    for (const parse of [parseProgramme, guessKind])
      assert.deepEqual(
        PIECES.filter(piece => !growsWithItsInput(parse, begin, piece, 1_000)),
        [],
      )
  })
}

test("a quadratic parser is noticed", () => {
  const quadratic = text => [...text].map(char => text.lastIndexOf(`${char}!`))

  assert.equal(growsWithItsInput(quadratic, "", "a", 300), false)
})
