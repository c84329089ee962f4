// Reads a programme copied from a mail, a document or a table.

import { guessKind, hasKind } from "./kinds.js"
import { itemsOf } from "./pasted-items.js"
import { linesOf } from "./pasted-lines.js"
import { divide, titleOf } from "./pasted-parts.js"
import { isOrganisation } from "./pasted-people.js"
import { completeEnds, nest } from "./pasted-structure.js"
import { readLabel, readRoom, saysParallel } from "./pasted-titles.js"
import { toTime } from "./times.js"

const PROSE = 400
const LONGEST_BREAK = 150
const NO_TOPIC = /^(?:(?:Stadt|Kreis|Gemeinde|Städteregion) \S+|\S+)$/
const ROLES = { welcome: "welcome", discussion: "panel" }
/** The sentence about a title that was longer than its field. */
export const IS_CUT = "Der Titel ist gekürzt."
export const LONGEST_TITLE = 250
const NOBODY = new Set()

/**
 * The rows of a pasted text: `{ rows, left, unknownDays, isCut }`. Each row is `{ values, day, divided }`: the values of
 * a new row with `pasted`, what it was read from; the number of its day, null for that of the row where it was pasted;
 * and what the server is still to be asked about. `left` counts lines beyond the `most` rows, `unknownDays` are lines.
 */
export function parseProgramme(text, { days = [], most = 200 } = {}) {
  const { lines, isCut } = linesOf(text)
  const { items, unknownDays } = itemsOf(lines.slice(0, most * 2), days)
  const read = items.map(readItem).reduce(attach, [])
  markUntimed(read)
  const nested = completeEnds(nest(read))
  const left = Math.max(0, nested.length - most) + Math.max(0, lines.length - most * 2)
  return { rows: nested.slice(0, most).map(rowOf), left, unknownDays, isCut }
}

function readItem(item) {
  if (item.isDay) return { ...item, kind: "talk", divided: null, isParallel: false, room: "" }
  const label = labelOf(item.text)
  if (label.rest.length > PROSE) return proseOf(item, label.rest)
  const kind = label.kind || guessKind(label.rest.slice(0, LONGEST_TITLE))
  const divided = divide(label.rest, ROLES[kind] ?? "talk")
  const beside = label.besides.split(/[,;]\s?/).filter(Boolean)
  const room = divided.room || beside.map(readRoom).find(Boolean) || ""
  const isParallel = divided.isParallel || beside.some(saysParallel)
  const isAlone = !divided.parts.length && !label.label
  const read = {
    ...item,
    kind,
    label: label.label,
    room,
    isParallel,
    isAlone,
    hasKind: label.kind || hasKind(label.rest),
  }
  return withTitle(read, label.rest, divided)
}

// A whole paragraph is no line of a programme.
const proseOf = (item, text) => ({
  ...item,
  kind: "talk",
  title: text,
  divided: null,
  isParallel: false,
  room: "",
  hasKind: true,
})

function labelOf(text) {
  const label = readLabel(text)
  const isBeside = label.besides.split(/[,;]\s?/).every(part => !part || readRoom(part) || saysParallel(part))
  if (!isBeside) return { ...label, besides: "", rest: `${label.label} (${label.besides}): ${label.rest}`, label: "" }
  if (!label.rest) return { ...label, rest: text, label: "", besides: "" }
  if (label.kind === "talk" || !label.label) return label
  return NO_TOPIC.test(label.rest) ? { ...label, rest: `${label.label}: ${label.rest}` } : label
}

// Until the server has answered, people stay in the title; a break has none.
function withTitle(item, text, divided) {
  if (item.kind === "break" && divided.people.length) return { ...item, title: text, divided: null, isAlone: false }
  const { title, doubts } = titleOf(divided.parts, NOBODY, NOBODY)
  const asks = divided.people.length || divided.parts.some(part => part.towns.length || part.line)
  const shown = divided.people.length ? text : title
  const isOpen = asks && item.kind !== "break"
  return {
    ...item,
    title: shown,
    divided: isOpen ? divided : null,
    doubts: [...item.doubts, ...(isOpen ? [] : doubts.map(stays))],
  }
}

/** The sentence about a part of a title that was not understood. */
export const stays = text => `„${text}“ steht noch im Titel.`

// A line that is only a person or a room belongs to the one above.
function attach(items, item) {
  const above = items.at(-1)
  const isBelow = above && above.day === item.day && !above.isDay && above.kind !== "break"
  if (isBelow && item.begin === null && takeAffiliation(above, item)) return items
  if (!isBelow || item.begin !== null || !item.isAlone) {
    items.push(item.isAlone && !item.divided ? { ...item, title: item.text, room: "" } : item)
    return items
  }
  above.room ||= item.room
  above.isParallel ||= item.isParallel
  above.source += ` / ${item.source}`
  const role = ROLES[above.kind] ?? "talk"
  const people = (item.divided?.people ?? []).map(person => (person.role === "talk" ? { ...person, role } : person))
  if (people.length) {
    above.divided ??= divide(above.title, role)
    above.divided = { ...above.divided, people: [...above.divided.people, ...people] }
    above.title = [above.title, item.title].filter(Boolean).join(", ")
  }
  return items
}

// "FH Musterstadt" below "Prof. Dr. Kai Beispiel".
function takeAffiliation(above, item) {
  const person = above.divided?.people.at(-1)
  if (!person || /[,(]/.test(person.line) || item.label || !isOrganisation(item.title)) return false
  person.line += `, ${item.title}`
  above.source += ` / ${item.source}`
  above.title += `, ${item.title}`
  return true
}

function markUntimed(items) {
  const timed = items.filter(item => item.begin !== null)
  if (timed.length < 2) return
  for (const item of items)
    if (
      item.begin === null &&
      item.end === null &&
      !item.isIndented &&
      !item.hasKind &&
      !item.isDay &&
      !item.wasNumbered
    )
      item.isUntimed = true
}

function rowOf(item) {
  const { source, day, divided, kind, room, isParallel, indent } = item
  const longest = kind === "break" ? LONGEST_BREAK : LONGEST_TITLE
  const title = item.title.slice(0, longest)
  const doubts = [...item.doubts]
  if (title !== item.title && !divided) doubts.push(IS_CUT)
  if (item.isUntimed && !indent) doubts.push("Ohne Uhrzeit: Gehört das zur Zeile darüber?")
  const isRead = title !== source || item.notes.length || doubts.length
  const values = {
    title,
    kind,
    indent,
    room,
    is_parallel: isParallel,
    begins_at: item.begin === null ? "" : toTime(item.begin),
    duration: item.minutes,
    pasted: isRead ? { text: source, notes: item.notes, doubts } : null,
  }
  return { values, day, divided }
}
