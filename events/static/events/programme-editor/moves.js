// Changes of the order, the indent and the number of rows. Each can be undone.

import { isDay } from "./rows.js"
import { endOf, shiftTime } from "./times.js"

const LONGEST_TITLE = 250

/** A new row after the current one, or at the end; it begins when the current one ends. */
export function insertRow(programme) {
  const { current, entries } = programme
  programme.remember()
  const row = programme.newRow({ indent: current?.indent ?? 0, begins_at: current ? endOf(current) : "" })
  programme.replace(programme.indexOf(entryBeforeNew(current, entries, programme)) + 1, 0, row)
  return row
}

function entryBeforeNew(current, entries, programme) {
  if (current) return programme.block(current).at(-1)
  return entries.every(isDay) ? entries[0] : entries.at(-1)
}

/** Whether the current row could move above its predecessor. */
export function moveUp(programme) {
  const { current, entries } = programme
  const part = programme.block(current)
  const begin = programme.indexOf(current)
  let target = begin - 1
  if (target < 1 || (current.indent && !entries[target].indent)) return false
  if (!current.indent) while (entries[target].indent) target--
  programme.remember()
  programme.replace(begin, part.length)
  programme.replace(target, 0, ...part)
  return true
}

/** Whether the current row could move below its successor. */
export function moveDown(programme) {
  const { current, entries } = programme
  const part = programme.block(current)
  const begin = programme.indexOf(current)
  const next = entries[begin + part.length]
  if (!next || (current.indent && !next.indent)) return false
  const step = isDay(next) ? 1 : programme.block(next).length
  programme.remember()
  programme.replace(begin, part.length)
  programme.replace(begin + step, 0, ...part)
  return true
}

/** Makes the current row subordinate; returns the row that it belongs to then, or null where there is none. */
export function indent(programme) {
  const { current, entries } = programme
  const above = entries[programme.indexOf(current) - 1]
  if (current.indent || !above || isDay(above)) return null
  programme.remember()
  current.indent = 1
  current.is_parallel = false
  return entries.slice(0, programme.indexOf(current)).findLast(row => !row.indent)
}

/** Whether the current row was subordinate. */
export function outdent(programme) {
  if (!programme.current.indent) return false
  programme.remember()
  programme.current.indent = 0
  return true
}

/** A copy of the current row after its subordinate rows, as a new session. */
export function duplicate(programme) {
  const { current } = programme
  programme.remember()
  const copy = programme.newRow({
    ...structuredClone(current),
    session: null,
    seen: "",
    name: "",
    pasted: null,
    appearances: current.appearances.map(appearance => ({ ...appearance, pk: null })),
  })
  programme.replace(programme.indexOf(programme.block(current).at(-1)) + 1, 0, copy)
  return copy
}

/** Removes the current row and its subordinate rows: `{ removed, next }`, `next` the row to go on with, if any. */
export function remove(programme) {
  const { current } = programme
  programme.remember()
  const removed = programme.block(current)
  const place = programme.indexOf(current)
  programme.replace(place, removed.length)
  programme.current = null
  const isRow = entry => !isDay(entry)
  const next = programme.entries.slice(place).find(isRow) ?? programme.entries.slice(0, place).findLast(isRow)
  return { removed, next }
}

/** Moves `row` with its subordinate rows before `target`, or to the top of the day that is `target`. */
export function moveTo(programme, row, target) {
  const part = programme.block(row)
  if (part.includes(target)) return false
  programme.remember()
  programme.replace(programme.indexOf(row), part.length)
  programme.replace(programme.indexOf(target) + (isDay(target) ? 1 : 0), 0, ...part)
  const above = programme.entries[programme.indexOf(row) - 1]
  if (part.length === 1) row.indent = isDay(above) || isDay(target) ? 0 : target.indent
  else if (target.indent) for (const moved of part) moved.indent = 1
  return true
}

const isEmpty = row => !row.title && !row.session && !row.appearances.length

/**
 * New rows after `row`, or in its place where it is still empty. Each of `pasted` is `{ values, day }`, `day` the number
 * of the day where it goes to, as the last one, or null for the place of `row`.
 */
export function insertRows(programme, row, pasted) {
  programme.remember()
  const made = pasted.map(({ values }) => programme.newRow(values))
  const here = programme.dayOf(row).number
  const days = new Map([[here, []]])
  pasted.forEach(({ day }, index) => {
    const number = day ?? here
    days.set(number, [...(days.get(number) ?? []), made[index]])
  })
  for (const [number, rows] of days) if (number !== here) placeRows(programme, programme.endOfDay(number), 0, rows)
  const place = programme.indexOf(row)
  placeRows(programme, isEmpty(row) ? place : place + 1, isEmpty(row) ? 1 : 0, days.get(here))
  return made
}

// Nothing is subordinate to a day.
function placeRows(programme, place, count, rows) {
  const first = rows.findIndex(row => !row.indent)
  if (isDay(programme.entries[place - 1]))
    for (const row of rows.slice(0, first < 0 ? rows.length : first)) row.indent = 0
  programme.replace(place, count, ...rows)
}

/** The text of a pasted row as its title, without anything that was read from it. */
export function takeBack(programme, row) {
  programme.remember()
  const { text } = row.pasted
  const plain = { begins_at: "", duration: null, room: "", is_parallel: false, appearances: [], municipalities: [] }
  Object.assign(row, plain, { title: text.slice(0, LONGEST_TITLE), kind: "talk", pasted: null })
}

/** What was read from pasted rows is right. */
export function confirmRows(programme, rows) {
  programme.remember()
  for (const row of rows) {
    row.pasted = null
    row.appearances = row.appearances.map(({ isGuess, ...appearance }) => appearance)
  }
}

/** A session that is in no row becomes the last one. */
export function appendRow(programme, values) {
  programme.remember()
  const row = programme.newRow(values)
  programme.replace(programme.entries.length, 0, row)
  return row
}

export function shiftBegins(programme, rows, minutes) {
  programme.remember()
  for (const row of rows) row.begins_at = shiftTime(row.begins_at, minutes)
}
