import assert from "node:assert/strict"
import { test } from "node:test"
import { guessKind } from "../../../events/static/events/programme-editor/kinds.js"
import { parseProgramme } from "../../../events/static/events/programme-editor/paste.js"

const FACTOR = 8 // of the longer input; a quadratic parser needs 64 times as long
const MOST = 30
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

function milliseconds(parse, text) {
  const begin = performance.now()
  parse(text)
  return performance.now() - begin
}

function growsWithItsInput(parse, begin, piece, size) {
  const [short, long] = [size, size * FACTOR].map(length => begin + piece.repeat(length / piece.length))
  let [bestOfShort, bestOfLong] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let attempt = 0; attempt < 20; attempt++) {
    bestOfShort = Math.min(bestOfShort, milliseconds(parse, short))
    bestOfLong = Math.min(bestOfLong, milliseconds(parse, long))
    if (bestOfLong < bestOfShort * MOST) return true
  }
  return false
}

for (const begin of ["", "09:30", "09:30–", "a"]) {
  test(`the time of a paste that begins with "${begin}" grows no faster than its length`, () => {
    for (const parse of [parseProgramme, guessKind])
      assert.deepEqual(
        PIECES.filter(piece => !growsWithItsInput(parse, begin, piece, 10_000)),
        [],
      )
  })
}

test("a quadratic parser is noticed", () => {
  const quadratic = text => [...text].map(char => text.lastIndexOf(`${char}!`))

  assert.equal(growsWithItsInput(quadratic, "", "a", 250), false)
})
