import assert from "node:assert/strict"
import { test } from "node:test"
import { isOnlyTime, readTimes } from "../../../events/static/events/programme-editor/pasted-times.js"
import { toTime } from "../../../events/static/events/programme-editor/times.js"

// A line; then begin, end and what is left of the line.
const READ = [
  ["10.00 Uhr – 10.30 Uhr Begrüßung", "10:00", "10:30", "Begrüßung"],
  ["10:00-10:30 Begrüßung", "10:00", "10:30", "Begrüßung"],
  ["10.00 — 10.30 Uhr – Begrüßung", "10:00", "10:30", "Begrüßung"],
  ["10.00 − 10.30: Begrüßung", "10:00", "10:30", "Begrüßung"],
  ["10.00 bis 10.30 Begrüßung", "10:00", "10:30", "Begrüßung"],
  ["10:30 Uhr bis 11:15 Uhr Was wirkt?", "10:30", "11:15", "Was wirkt?"],
  ["von 10 bis 12 Uhr Arbeitsgruppen", "10:00", "12:00", "Arbeitsgruppen"],
  ["(10:00 – 10:30) Begrüßung", "10:00", "10:30", "Begrüßung"],
  ["13 – 14 Uhr Mittagessen", "13:00", "14:00", "Mittagessen"],
  ["9.30-10 Ankommen", "09:30", "10:00", "Ankommen"],
  ["12:00 h – 13:00 h Imbiss", "12:00", "13:00", "Imbiss"],
  ["14:00-15:30Uhr: Workshop", "14:00", "15:30", "Workshop"],
  ["20.00–24.00 Uhr Ausklang", "20:00", "00:00", "Ausklang"],
  ["9 Uhr Ankommen", "09:00", "", "Ankommen"],
  ["9 Uhr 30 Ankommen", "09:30", "", "Ankommen"],
  ["9 Uhr 30 Jahre Lernnetzwerk", "09:00", "", "30 Jahre Lernnetzwerk"],
  ["0930 Uhr Ankommen", "09:30", "", "Ankommen"],
  ["9.30", "09:30", "", ""],
  ["10:00:00 Begrüßung", "10:00", "", "Begrüßung"],
  ["ab 14.00 Uhr Praxisforen", "14:00", "", "Praxisforen"],
  ["ab ca. 14 Uhr Praxisforen", "14:00", "", "Praxisforen"],
  ["ca. 15.30 Uhr Ausblick", "15:30", "", "Ausblick"],
  ["um 12 Mittagessen", "12:00", "", "Mittagessen"],
  ["16 h Ende", "16:00", "", "Ende"],
  ["bis 16 Uhr Ausklang", "", "16:00", "Ausklang"],
  ["10.00 – 2. Forum", "10:00", "", "2. Forum"],
  ["10.00 – 3 Kommunen berichten", "10:00", "", "3 Kommunen berichten"],
  ["Begrüßung (10.00 – 10.30 Uhr)", "10:00", "10:30", "Begrüßung"],
  ["Ende gegen 16.00 Uhr", "16:00", "", "Ende"],
]

const NO_TIMES = [
  "3.12.",
  "03.12.2024, Rathaus Musterstadt",
  "30. November 2018",
  "Freitag, 30.11.2018",
  "10 Jahre Lernnetzwerk",
  "2. Forum der Kommunen",
  "2026 und danach",
  "ab 14 Jahren",
  "ca. 15 Kommunen berichten",
  "von 0 bis 6: Frühe Hilfen",
  "9.50 Euro für jedes Kind",
  "2 h Diskussion",
  "Betreuung von 7 bis 19 Uhr",
]

const shown = minutes => (minutes === null ? "" : toTime(minutes))

for (const [line, begin, end, rest] of READ)
  test(`„${line}“ begins and ends`, () => {
    const times = readTimes(line)

    assert.deepEqual([shown(times.begin), shown(times.end), times.rest], [begin, end, rest])
  })

test("dates, numbers and durations are no times", () => {
  for (const line of NO_TIMES) {
    const { begin, end, rest, wrong } = readTimes(line)
    assert.deepEqual([begin, end, rest, wrong], [null, null, line, ""], line)
  }
})

test("what looks like a time and cannot be one is named", () => {
  const wrong = ["24:00 Ende", "9:60 Ende", "10:15–25:00 Ende", "1.10 Einführung"].map(line => readTimes(line).wrong)

  assert.deepEqual(wrong, ["24:00", "9:60", "25:00", "1.10"])
})

test("minutes in brackets are the duration", () => {
  const times = ["10.00 Uhr (30 Min.) Impuls", "10.00 Uhr Impuls (30 Minuten)"].map(readTimes)

  assert.deepEqual(
    times.map(({ minutes, rest }) => [minutes, rest]),
    [
      [30, "Impuls"],
      [30, "Impuls"],
    ],
  )
})

test("a line may be nothing but a time", () => {
  assert.deepEqual(["10.00 – 17.00 Uhr", "10.00 Uhr Begrüßung", "Begrüßung"].map(isOnlyTime), [true, false, false])
})
