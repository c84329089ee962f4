import assert from "node:assert/strict"
import { test } from "node:test"
import {
  durationBetween,
  endOf,
  shiftTime,
  timeReader,
  toMinutes,
  toTime,
} from "../../../events/static/events/programme-editor/times.js"

const PATTERN = "^([01]?[0-9]|2[0-3])(?:[.:]([0-5][0-9]))?(?: Uhr)?$"

test("minutes are counted from midnight", () => {
  const minutes = { "00:00": 0, "09:30": 570, "23:59": 1439, "": null, "9:3": null, "halb zehn": null }

  for (const [time, expected] of Object.entries(minutes)) assert.equal(toMinutes(time), expected, time)
})

test("minutes become a time with two digits each, after midnight that of the next day", () => {
  assert.deepEqual([0, 65, 570, 1439, 1440, 1500].map(toTime), ["00:00", "01:05", "09:30", "23:59", "00:00", "01:00"])
})

test("an end before the begin is on the next day", () => {
  assert.equal(durationBetween(600, 645), 45)
  assert.equal(durationBetween(1410, 30), 60)
})

test("a time is shifted beyond midnight in both directions", () => {
  assert.equal(shiftTime("10:15", 10), "10:25")
  assert.equal(shiftTime("00:10", -20), "23:50")
  assert.equal(shiftTime("23:50", 20), "00:10")
})

test("a row ends where its begin and its duration are known", () => {
  const ends = [
    ["10:15", 45, "11:00"],
    ["10:15", 0, "10:15"],
    ["23:30", 60, "00:30"],
    ["10:15", null, ""],
    ["10:15", "", ""],
    ["", 45, ""],
    ["10:", 45, ""],
  ]

  for (const [begins_at, duration, end] of ends) assert.equal(endOf({ begins_at, duration }), end)
})

test("a time is read by the pattern, without regard to spaces around it and to case", () => {
  const read = timeReader(PATTERN)
  const times = {
    9: "09:00",
    "9.30": "09:30",
    " 14:05 ": "14:05",
    "7 uhr": "07:00",
    24: null,
    "9:60": null,
    neun: null,
  }

  for (const [typed, time] of Object.entries(times)) assert.equal(read(typed), time, typed)
})
