// Several lines pasted into a title become rows.

import { focusRow, renderList } from "./list.js"
import { showMessage } from "./messages.js"
import { insertRows } from "./moves.js"
import { parseProgramme } from "./paste.js"
import { programme } from "./state.js"

export function handlePaste(row, event) {
  if (event.target.dataset.name !== "title") return
  const values = parseProgramme(event.clipboardData.getData("text/plain"))
  if (values.length < 2) return
  event.preventDefault()
  const made = insertRows(programme, row, values)
  renderList()
  focusRow(made.at(-1))
  showMessage(`${made.length} Zeilen eingefügt. Bitte Art und Zeiten prüfen.`)
}
