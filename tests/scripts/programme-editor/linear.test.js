import assert from "node:assert/strict"
import { test } from "node:test"
import { guessKind } from "../../../events/static/events/programme-editor/kinds.js"
import { parseProgramme } from "../../../events/static/events/programme-editor/paste.js"

const FACTOR = 30
const MOST = 10 // times as long for one text as for thirty short ones; a quadratic parser needs 30 times as long
const isSmall = found => found < MOST
const isLarge = found => found >= MOST
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

/** How many times as long it takes, at the best of at most ten attempts; enough when it is below MOST. */
function ratio(parse, begin, piece, size, isEnough) {
  const [short, long] = [size, size * FACTOR].map(length => begin + piece.repeat(length / piece.length))
  parse(long) // compiled from now on
  let [ofShort, ofLong] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let attempt = 0; attempt < 10 && !isEnough(ofLong / ofShort); attempt++) {
    ofShort = Math.min(ofShort, milliseconds(parse, short, FACTOR))
    ofLong = Math.min(ofLong, milliseconds(parse, long, 1))
  }
  return ofLong / ofShort
}

for (const begin of ["", "09:30", "09:30–", "a"]) {
  test(`the time of a paste that begins with "${begin}" grows no faster than its length`, () => {
    for (const parse of [parseProgramme, guessKind])
      assert.deepEqual(
        PIECES.filter(piece => ratio(parse, begin, piece, 1_000, isSmall) >= MOST),
        [],
      )
  })
}

test("a quadratic parser is noticed", () => {
  const quadratic = text => [...text].map(char => text.lastIndexOf(`${char}!`))

  assert.ok(ratio(quadratic, "", "a", 200, isLarge) >= MOST)
})
