// The list of days and rows on the page.

import { element } from "./dom.js"
import { setStatus } from "./messages.js"
import { choices, list } from "./page.js"
import { rowElement } from "./row.js"
import { displayName, isDay } from "./rows.js"
import { programme } from "./state.js"

const elements = new WeakMap()
const listeners = []

/** Lets `handle` be called with the row and the event; to be called before the rows are first shown. */
export const listenInRows = (type, handle) => listeners.push([type, handle])

export const elementOf = entry => elements.get(entry)

/** The control of a row by the name of its value, such as "title". */
export const controlOf = (row, name) => elementOf(row).querySelector(`[data-name=${name}]`)

export const entryAt = target => {
  const within = target.closest?.(".row, .programme-editor__day")
  return programme.entries.find(entry => elementOf(entry) === within)
}

/** Shows all entries in their order. */
export function renderList() {
  const focused = document.activeElement
  list.replaceChildren(...programme.entries.map(entry => elements.get(entry) ?? makeElement(entry)))
  updateRows()
  if (list.contains(focused)) focused.focus({ preventScroll: true })
  markCurrent()
  programme.changed()
}

function makeElement(entry) {
  const made = isDay(entry) ? dayElement(entry) : rowElement(entry)
  elements.set(entry, made)
  if (!isDay(entry)) for (const [type, handle] of listeners) made.addEventListener(type, event => handle(entry, event))
  return made
}

const dayElement = day =>
  element("li", { class: "programme-editor__day", "aria-label": day.label }, element("h2", {}, day.label))

export const updateRows = () => programme.rows.forEach(updateRow)

/** What its kind and its neighbours make of a row; no element is moved, so this is safe while a field loses the focus. */
export function updateRow(row) {
  const shown = elementOf(row)
  const number = programme.numberOf(row)
  const name = displayName(row, choices.kinds)
  shown.classList.toggle("row--under", row.indent > 0)
  shown.classList.toggle("row--break", row.kind === "break")
  shown.classList.toggle("row--timed", Boolean(row.begins_at) && !row.day_part)
  shown.setAttribute("aria-label", `Zeile ${number}: ${name}${row.indent ? ", Unterpunkt" : ""}`)
  shown.querySelector(".row__number").textContent = number
  shown.querySelector(".row__parallel").hidden =
    programme.block(row).length < 2 && !row.is_parallel && row.kind !== "forum_phase"
  const form = shown.querySelector(".row__form")
  form.hidden = !row.session
  form.href = `${choices.addresses.beitraege}${row.session}/change/`
  form.setAttribute("aria-label", `Formular von „${name}“ öffnen`)
}

export function makeCurrent(row) {
  programme.current = row
  markCurrent()
}

function markCurrent() {
  for (const entry of programme.entries)
    elements.get(entry)?.classList.toggle("row--current", entry === programme.current)
}

export function focusRow(row, name = "title") {
  if (!row || isDay(row)) return
  programme.current = row
  controlOf(row, name).focus()
}

/** Shows these rows with the values that they have now. */
export function redrawRows(rows) {
  const focused = document.activeElement
  const current = rows.find(row => elementOf(row)?.contains(focused))
  rows.forEach(row => elements.delete(row))
  renderList()
  if (current) focusRow(current, focused.dataset.name)
}

/** Shows the list after `row` was moved, without taking the focus from a field of it. */
export function showMoved(row, sentence) {
  const focused = document.activeElement
  renderList()
  if (elementOf(row).contains(focused)) focused.focus()
  else focusRow(row)
  elementOf(row).scrollIntoView({ block: "nearest" })
  setStatus(sentence)
}

/** Loads and shows these rows; the focus stays in the same field of the row with the same number. */
export function loadRows(rows, keys = []) {
  const { current } = programme
  const number = programme.rows.indexOf(current)
  const name = document.activeElement?.dataset?.name
  programme.load(rows, keys)
  renderList()
  if (number >= 0 && name) focusRow(programme.rows[number], name)
}
