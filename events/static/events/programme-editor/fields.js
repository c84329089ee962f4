// What is typed into the fields of a row.

import { button } from "./dom.js"
import { guessKind } from "./kinds.js"
import { controlOf, elementOf, updateRow } from "./list.js"
import { clearMessages, showMessage } from "./messages.js"
import { shiftBegins } from "./moves.js"
import { ask, goOnUntil, nightQuestion, openQuestion, settle } from "./nights.js"
import { choices } from "./page.js"
import { programme } from "./state.js"
import { endOf, timeReader, toMinutes } from "./times.js"

const TIMES = ["begins_at", "ends"]
const readTime = timeReader(choices.clock.pattern)

/** The fields of a row whose content is no time. */
export const unreadableTimes = row => [...elementOf(row).querySelectorAll("[aria-invalid=true]")]

function showEnd(row) {
  const ends = controlOf(row, "ends")
  settle(row)
  ends.value = endOf(row)
  ends.removeAttribute("aria-invalid")
}

export function handleInput(row, { target }) {
  const { name } = target.dataset
  if (name === "ends") settle(row)
  if (!name || name === "ends") return
  if (name === "duration") {
    row.duration = target.value === "" ? null : Number(target.value)
    showEnd(row)
  } else row[name] = target.type === "checkbox" ? target.checked : target.value
  programme.changed()
}

export function handleChange(row, { target }) {
  const { name } = target.dataset
  if (TIMES.includes(name)) completeTime(row, target)
  if (name === "ends") takeDuration(row, target.value)
  if (name === "begins_at") {
    offerShift(row, toMinutes(target.defaultValue), toMinutes(row.begins_at))
    target.defaultValue = row.begins_at
    showEnd(row)
  }
  if (name === "title") takeKind(row)
  if (name === "kind") elementOf(row).dataset.isChosen = true
  updateRow(row)
  programme.changed()
}

/** Completes all times, that of the field with the focus too; the rows with fields that cannot be read. */
export function completeTimes() {
  const active = document.activeElement
  if (TIMES.includes(active.dataset.name) && programme.current) handleChange(programme.current, { target: active })
  for (const row of programme.rows) for (const name of TIMES) completeTime(row, controlOf(row, name))
  return programme.rows.filter(row => unreadableTimes(row).length)
}

// What is no time stays as it was typed.
function completeTime(row, target) {
  const time = target.value.trim() && readTime(target.value)
  if (time === null || (target.dataset.name === "ends" && openQuestion(row)))
    target.setAttribute("aria-invalid", "true")
  else target.removeAttribute("aria-invalid")
  target.value = time ?? target.value
  if (target.dataset.name === "begins_at") row.begins_at = target.value
}

function takeDuration(row, ends) {
  const begin = toMinutes(row.begins_at)
  const end = toMinutes(ends)
  if (begin === null || end === null) return
  const question = nightQuestion(row, ends)
  if (question) return askAboutNight(row, question)
  row.duration = end - begin
  controlOf(row, "duration").value = row.duration
}

function askAboutNight(row, question) {
  ask(row, question)
  const ends = controlOf(row, "ends")
  ends.setAttribute("aria-invalid", "true")
  const correct = () => {
    clearMessages()
    ends.focus()
  }
  showMessage(question, "question", nightButton(row), button("Nein, Ende berichtigen", correct))
}

/** Answers the question of `row` with yes. */
export function nightButton(row) {
  return button("Ja, bis in den nächsten Tag", () => {
    goOnUntil(row, controlOf(row, "ends").value)
    controlOf(row, "duration").value = row.duration
    showEnd(row)
    clearMessages()
    updateRow(row)
    programme.changed()
  })
}

// The kind of a new row can often be told from its title, until the editor chooses one.
function takeKind(row) {
  if (!row.title || row.session || elementOf(row).dataset.isChosen) return
  row.kind = guessKind(row.title)
  controlOf(row, "kind").value = row.kind
}

// What follows on the same day is moved too, but only if the editor says so.
function offerShift(row, before, after) {
  const minutes = before !== null && after !== null ? after - before : 0
  const later = programme.laterOnDay(row).filter(other => toMinutes(other.begins_at) !== null)
  if (!minutes || !later.length) return
  const by = `${Math.abs(minutes)} Minuten ${minutes > 0 ? "später" : "früher"}`
  const many = later.length === 1 ? "Auch den folgenden Punkt" : `Auch die ${later.length} folgenden Punkte`
  showMessage(
    `${many} ${by} beginnen lassen?`,
    "question",
    button("Ja, verschieben", () => {
      shiftBegins(programme, later, minutes)
      later.forEach(showBegin)
      clearMessages()
      programme.changed()
    }),
    button("Nein", clearMessages),
  )
}

function showBegin(row) {
  const begins = controlOf(row, "begins_at")
  begins.value = begins.defaultValue = row.begins_at
  showEnd(row)
}
