// Saves the whole programme, and says what became of it.

import { button, element } from "./dom.js"
import { discardDraft, keepDraft } from "./draft.js"
import { completeTimes, unreadableTimes } from "./fields.js"
import { elementOf, focusRow, loadRows, redrawRows, updateRows } from "./list.js"
import { matched } from "./matching.js"
import { clearMessages, setStatus, showMessage } from "./messages.js"
import { confirmRows } from "./moves.js"
import { renderNotes } from "./notes.js"
import { choices } from "./page.js"
import { matchNewRows, takeMarks } from "./reconciliation.js"
import { fullName } from "./rows.js"
import { programme, record, server } from "./state.js"
import { renderUnplaced } from "./unplaced.js"

export async function save() {
  if (record.isSaving || !areTimesReadable()) return
  record.isSaving = true
  await matched()
  if (asksAboutNewcomers()) return
  keepDraft()
  setStatus("Speichert …")
  const sent = { content: programme.content, values: programme.values, keys: programme.rows.map(row => row.key) }
  const { outcome, data } = await server.save(record.seenAt, sent.content)
  record.isSaving = false
  setStatus("Noch nicht gespeichert")
  await finish[outcome](data, sent)
}

/** Says whether everything is saved, unless a save is on its way. */
export function showSaveStatus() {
  if (!record.isSaving) setStatus(record.isSaved(programme.content) ? "Gespeichert" : "Noch nicht gespeichert")
}

function areTimesReadable() {
  const wrong = completeTimes()
  if (!wrong.length) return true
  keepDraft()
  renderNotes()
  const numbers = wrong.map(row => programme.numberOf(row)).join(", ")
  showMessage(`Noch nicht gespeichert. Bitte berichtigen: Zeile ${numbers}.`, "error")
  unreadableTimes(wrong[0])[0].focus()
  return false
}

// People whom a pasted text names and the directory does not have.
function asksAboutNewcomers() {
  const rows = programme.rows.filter(
    row => row.kind !== "break" && row.appearances.some(appearance => appearance.isGuess),
  )
  if (!rows.length) return false
  record.isSaving = false
  const newcomers = rows.flatMap(row => row.appearances).filter(appearance => appearance.isGuess)
  const names = [...new Set(newcomers.map(fullName))].join(", ")
  showMessage(
    `Noch nicht gespeichert. Neu im Verzeichnis: ${names}. Stimmen die Namen?`,
    "question",
    button("Ja, anlegen und speichern", () => {
      confirmRows(programme, rows)
      redrawRows(rows)
      return save()
    }),
    button("Zuerst ansehen", () => elementOf(rows[0]).querySelector(".row__chip--new").focus()),
  )
  return true
}

const finish = {
  saved: showSaved,
  conflict: solveConflict,
  refused: showErrors,
  "signed out": showSignIn,
  unanswered: showUnanswered,
  failed: () => showMessage("Speichern nicht möglich. Ihre Eingaben sind auf diesem Gerät gesichert.", "error"),
}

// What was typed while the save was on its way stays.
function showSaved(state, { content, keys }) {
  const isUnchanged = programme.content === content
  record.accept(state)
  takeIdentities(keys, state)
  if (isUnchanged) loadRows(state.rows, keys)
  renderUnplaced()
  programme.changed()
  if (isUnchanged) showMessage("Gespeichert. Öffentlich wird es mit der Freigabe.", "success")
  else showMessage("Gespeichert. Was Sie währenddessen geändert haben, noch nicht: Bitte gleich noch einmal speichern.")
}

function takeIdentities(keys, state) {
  server.useToken(state)
  programme.takeIdentities(keys, state.rows)
  updateRows()
}

function showErrors({ errors }) {
  record.errors = errors
  renderNotes()
  const places = Object.keys(errors)
    .filter(place => place >= 0)
    .map(Number)
  const numbers = places.map(place => place + 1).join(", ")
  const correction = places.length ? `Bitte berichtigen: Zeile ${numbers}.` : ""
  showMessage(["Noch nicht gespeichert.", ...(errors[-1] ?? []), correction].join(" "), "error")
  focusRow(programme.rows[places[0]])
}

function showSignIn() {
  showMessage(
    "Ihre Anmeldung ist abgelaufen. Ihre Eingaben bleiben erhalten:",
    "error",
    element("a", { href: choices.login, target: "_blank" }, "In neuem Fenster anmelden"),
    " und danach noch einmal speichern.",
  )
}

function showUnanswered(_data, { keys, values }) {
  record.addUnanswered(keys, values)
  showMessage(
    "Der Server antwortet gerade nicht. Ihre Eingaben sind auf diesem Gerät gesichert; bitte gleich noch einmal speichern.",
    "error",
  )
}

// What is stored may be what was sent from here, only that the answer got lost.
function solveConflict({ state }) {
  const keys = record.recogniseUnanswered(state)
  if (!keys) return offerOverwriting(state)
  takeIdentities(keys, state)
  return save()
}

function offerOverwriting(state) {
  showMessage(
    "Jemand anderes hat das Programm inzwischen gespeichert. Ihre Eingaben stehen noch hier.",
    "error",
    element("a", { href: location.href, target: "_blank" }, "Andere Fassung ansehen"),
    button("Trotzdem meine speichern", () => overwrite(state)),
    button("Meine verwerfen und neu laden", () => {
      discardDraft()
      record.markSaved(programme.content)
      location.reload()
    }),
  )
}

function overwrite(state) {
  record.basedOn(state.seen_at)
  server.useToken(state)
  takeMarks(programme.rows, state)
  matchNewRows(programme.rows, state)
  clearMessages()
  return save()
}
