// The programme as it is being edited, the current row, and what can be undone.

import { takeIdentity } from "./reconciliation.js"
import { completeRow, isDay, sentValues } from "./rows.js"

const MOST_UNDONE = 50

/** Dispatches "change" when `changed()` is called. */
export class Programme extends EventTarget {
  current = null
  #days
  #entries = []
  #snapshots = []
  #lastKey = 0

  constructor(days) {
    super()
    this.#days = days.length ? days : [{ number: 1, label: "Tag 1" }]
  }

  /** Replaces all rows; `keys` are for the rows in their order, which get new ones otherwise, and keep their doubts. */
  load(rows, keys = []) {
    const doubtful = new Map(this.rows.filter(row => row.pasted?.doubts.length).map(row => [row.key, row.pasted]))
    this.#entries = this.#days.flatMap(day => [
      { ...day, key: this.#newKey() },
      ...rows.filter(row => row.day === day.number).map(row => this.newRow(row)),
    ])
    this.rows.forEach((row, place) => {
      row.key = keys[place] ?? row.key
      row.pasted = doubtful.get(keys[place]) ?? null
    })
    this.current = null
  }

  newRow(values = {}) {
    return { ...completeRow(values), key: this.#newKey() }
  }

  #newKey() {
    return ++this.#lastKey
  }

  /** Days and rows in their order; a row belongs to the day above it. */
  get entries() {
    return this.#entries
  }

  get rows() {
    return this.#entries.filter(entry => !isDay(entry))
  }

  /** The rows as the server knows them. */
  get values() {
    let day = 1
    const values = []
    for (const entry of this.#entries) {
      if (isDay(entry)) day = entry.number
      else values.push({ ...sentValues(entry), day })
    }
    return values
  }

  get content() {
    return JSON.stringify(this.values)
  }

  indexOf(entry) {
    return this.#entries.indexOf(entry)
  }

  /** The number of a row as it is shown, from 1. */
  numberOf(row) {
    return this.rows.indexOf(row) + 1
  }

  /** The day that a row belongs to. */
  dayOf(row) {
    return this.#entries.slice(0, this.indexOf(row)).findLast(isDay)
  }

  /** The index behind the last row of the day with this number. */
  endOfDay(number) {
    const begin = this.#entries.findIndex(entry => isDay(entry) && entry.number === number)
    const next = this.#entries.findIndex((entry, place) => place > begin && isDay(entry))
    return next < 0 ? this.#entries.length : next
  }

  /** A row with its subordinate rows. */
  block(row) {
    const begin = this.indexOf(row)
    let end = begin + 1
    if (!row.indent) while (end < this.#entries.length && this.#entries[end].indent) end++
    return this.#entries.slice(begin, end)
  }

  /** The rows after `row` on the same day. */
  laterOnDay(row) {
    const after = this.#entries.slice(this.indexOf(row) + 1)
    const end = after.findIndex(isDay)
    return end < 0 ? after : after.slice(0, end)
  }

  /** Removes `count` entries at `index` and inserts `added` there. */
  replace(index, count, ...added) {
    this.#entries.splice(index, count, ...added)
  }

  changed() {
    this.dispatchEvent(new Event("change"))
  }

  /** Records the present state; call it before each change that can be undone. */
  remember() {
    this.#snapshots.push(JSON.stringify(this.#entries))
    if (this.#snapshots.length > MOST_UNDONE) this.#snapshots.shift()
  }

  /** Whether there was something to undo; the entries are new objects then. */
  undo() {
    if (!this.#snapshots.length) return false
    this.#entries = JSON.parse(this.#snapshots.pop())
    this.current = null
    return true
  }

  /** Rows that were sent with `keys` get the identity of what was stored, also where they come back by undoing. */
  takeIdentities(keys, storedRows) {
    const stored = new Map(keys.map((key, place) => [key, storedRows[place]]))
    const take = entries =>
      entries.filter(row => stored.has(row.key)).forEach(row => takeIdentity(row, stored.get(row.key)))
    take(this.#entries)
    this.#snapshots = this.#snapshots.map(text => {
      const entries = JSON.parse(text)
      take(entries)
      return JSON.stringify(entries)
    })
  }
}
