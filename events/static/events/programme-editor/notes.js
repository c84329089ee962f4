// What is said beside the rows: times that cannot be read, what the last save was refused for, overlaps and gaps.

import { element } from "./dom.js"
import { nightButton, unreadableTimes } from "./fields.js"
import { guessNote } from "./guesses.js"
import { elementOf } from "./list.js"
import { openQuestion } from "./nights.js"
import { choices } from "./page.js"
import { programme, record, server } from "./state.js"
import { latest } from "./timers.js"

const overlaps = new WeakMap()
const findOverlaps = latest(content => server.findOverlaps(content))

export function renderNotes() {
  programme.rows.forEach((row, place) => {
    const errors = [...timeErrors(row), ...(record.errors[place] ?? [])]
    const question = openQuestion(row)
    const notes = [
      ...(question ? [note("error", question, nightButton(row))] : []),
      ...errors.map(text => note("error", text)),
      ...(overlaps.get(row) ?? []).map(text => note("hint", text)),
      ...(row.pasted ? [guessNote(row, renderNotes)] : []),
    ]
    elementOf(row)
      .querySelector(".row__notes")
      .replaceChildren(...notes)
  })
}

/** Asks the server, as it reckons them for the release too; where there is no answer its last sentences stay. */
export async function updateNotes() {
  renderNotes()
  const { rows, content } = programme
  const found = await findOverlaps(content)
  if (!found) return
  for (const row of programme.rows) overlaps.delete(row)
  rows.forEach((row, place) => overlaps.set(row, found[place]))
  renderNotes()
}

const timeErrors = row =>
  unreadableTimes(row)
    .filter(field => field.dataset.name !== "ends" || !openQuestion(row))
    .map(field => `${field.previousElementSibling.textContent}: ${choices.clock.unreadable}`)

const note = (kind, text, ...buttons) => element("p", { class: `row__note row__note--${kind}` }, text, ...buttons)
