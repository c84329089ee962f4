// Asks the server about the people and municipalities in pasted rows, and shows what it knows.

import { redrawRows } from "./list.js"
import { answersTo, fragmentsOf, matchedValues, pastedOf } from "./matches.js"
import { renderNotes } from "./notes.js"
import { programme, server } from "./state.js"

const NO_ANSWER = "Personen und Kommunen stehen noch im Titel: Der Server hat nicht geantwortet."
let running = null

/** Resolves when the rows pasted last are matched, or cannot be. */
export const matched = () => running?.catch(() => null)

/** `made` are rows as they were inserted, each of `pasted` with its `divided`; `after` is called if one of them has changed. */
export function startMatching(made, pasted, after) {
  const open = made.map((row, place) => ({ row, divided: pasted[place].divided, title: row.title })).filter(isOpen)
  running = open.length ? matchRows(open).then(changed => changed.length && after()) : null
  return running
}

const isOpen = ({ divided }) => divided !== null

async function matchRows(open) {
  const fragments = fragmentsOf(open.map(({ divided }) => divided))
  const answer = await server.match(fragments)
  const answers = answer && answersTo(fragments, answer)
  // What was changed, saved or undone meanwhile stays as it is.
  const untouched = open.filter(({ row, title }) => programme.rows.includes(row) && row.title === title && !row.session)
  const changed = untouched.filter(each => takeAnswer(each, answers)).map(({ row }) => row)
  if (changed.length) redrawRows(changed)
  renderNotes()
  return changed
}

// Whether the row looks different now.
function takeAnswer({ row, divided }, answers) {
  const pasted = pastedOf(row)
  if (!answers) {
    if (divided.people.length) row.pasted = { ...pasted, doubts: [...pasted.doubts, NO_ANSWER] }
    return false
  }
  const values = matchedValues(row, divided, answers)
  const { title, appearances, municipalities } = values
  const isChanged = title !== row.title || appearances.length > 0 || municipalities.length > 0
  if (isChanged) Object.assign(row, values)
  else if (values.pasted.doubts.length) row.pasted = values.pasted
  return isChanged
}
