// The commands of toolbar and keyboard.

import { button } from "./dom.js"
import { controlOf, focusRow, renderList, showMoved } from "./list.js"
import { clearMessages, setStatus, showMessage } from "./messages.js"
import { duplicate, indent, insertRow, moveDown, moveUp, outdent, remove } from "./moves.js"
import { choices } from "./page.js"
import { displayName } from "./rows.js"
import { save } from "./saving.js"
import { programme } from "./state.js"

const WITHOUT_ROW = ["insert", "undo", "save"]

export function runCommand(name) {
  const hasRow = programme.current && programme.indexOf(programme.current) >= 0
  if (!hasRow && !WITHOUT_ROW.includes(name)) return showMessage("Bitte zuerst in eine Zeile gehen.")
  return commands[name]()
}

const commands = {
  insert: () => showNew(insertRow(programme)),
  up: () => moveUp(programme) && showNumber(),
  down: () => moveDown(programme) && showNumber(),
  in: showIndented,
  out: () => outdent(programme) && showMoved(programme.current, "Kein Unterpunkt mehr."),
  copy: () => showNew(duplicate(programme)),
  remove: showRemoved,
  undo: showUndone,
  save,
}

function showNew(row) {
  renderList()
  focusRow(row)
}

function showNumber() {
  showMoved(programme.current, `Jetzt Zeile ${programme.numberOf(programme.current)}.`)
}

function showIndented() {
  const parent = indent(programme)
  if (!parent) return showMessage("Einrücken geht nur unter einem anderen Punkt.")
  controlOf(programme.current, "is_parallel").checked = false
  showMoved(programme.current, `Unterpunkt von Zeile ${programme.numberOf(parent)}.`)
}

function showRemoved() {
  const { removed, next } = remove(programme)
  const name = `„${displayName(removed[0], choices.kinds)}“`
  const what = removed.length > 1 ? `${name} mit ${removed.length - 1} Unterpunkten` : name
  renderList()
  focusRow(next)
  showMessage(`Aus dem Programm genommen: ${what}.`, "", button("Rückgängig", showUndone))
}

export function showUndone() {
  if (!programme.undo()) return
  renderList()
  clearMessages()
  setStatus("Rückgängig gemacht.")
}
