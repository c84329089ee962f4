// Reads a programme copied from a mail, a document or a table.

import { guessKind } from "./kinds.js"
import { durationBetween, toMinutes } from "./times.js"

const LONGEST_TITLE = 250
const INDENTED = /^(\t|\s{2,}|\s*[-•*–]\s)/
const TIMED = /^(\d{1,2})[.:](\d{2})(?:\s*(?:[-–—]|bis)\s*(\d{1,2})[.:](\d{2}))?(?:\s*Uhr)?[\s:|–-]*(.*)$/

/** One `{ title, begins_at, duration, kind, indent }` for each line of `text` that is not blank. */
export const parseProgramme = text =>
  text
    .split(/\r?\n/)
    .filter(line => line.trim())
    .map(parseLine)

function parseLine(line) {
  const text = line
    .replace(/^[\s\-•*–]+/, "")
    .replace(/\t+/g, " ")
    .trim()
  const { begins_at, duration, rest } = parseTimes(text)
  const title = rest.slice(0, LONGEST_TITLE)
  return { title, begins_at, duration, kind: guessKind(title), indent: INDENTED.test(line) ? 1 : 0 }
}

function parseTimes(text) {
  const [, hour, minute, endHour, endMinute, rest] = TIMED.exec(text) ?? []
  const begins_at = timeOfDay(hour, minute)
  if (!begins_at) return { begins_at: "", duration: null, rest: text }
  const end = timeOfDay(endHour, endMinute)
  return { begins_at, duration: end ? durationBetween(toMinutes(begins_at), toMinutes(end)) : null, rest }
}

const timeOfDay = (hour, minute) => (hour < 24 && minute < 60 ? `${hour.padStart(2, "0")}:${minute}` : "")
