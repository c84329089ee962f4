// Several lines pasted into a title become rows, and so does one line with a time in an empty row.

import { showUndone } from "./commands.js"
import { button } from "./dom.js"
import { focusRow, redrawRows, renderList } from "./list.js"
import { startMatching } from "./matching.js"
import { showMessage } from "./messages.js"
import { confirmRows, insertRows } from "./moves.js"
import { renderNotes } from "./notes.js"
import { choices } from "./page.js"
import { parseProgramme } from "./paste.js"
import { programme } from "./state.js"

export function handlePaste(row, event) {
  if (event.target.dataset.name !== "title") return
  const text = event.clipboardData.getData("text/plain")
  const most = choices.most_rows - programme.rows.length + (row.title ? 0 : 1)
  const read = parseProgramme(text, { days: choices.days, most: Math.max(0, most) })
  if (!isProgramme(text, read, row)) return
  event.preventDefault()
  const made = insertRows(programme, row, read.rows)
  renderList()
  renderNotes()
  if (made.length) focusRow(made.at(-1))
  const message = showPasted(made, read)
  return startMatching(made, read.rows, () => message.isConnected && showPasted(made, read))
}

function isProgramme(text, { rows, left }, row) {
  const isSeveral = /\S[^\S\n]*\n\s*\S/.test(text)
  return isSeveral ? rows.length + left > 0 : !row.title && Boolean(rows[0]?.values.begins_at)
}

function showPasted(made, { left, unknownDays, isCut }) {
  const doubtful = made.filter(row => row.pasted?.doubts.length).length
  const sentences = [
    made.length === 1 ? "1 Zeile eingefügt." : `${made.length} Zeilen eingefügt.`,
    "Bitte Art und Zeiten prüfen.",
    doubtful && (doubtful === 1 ? "1 Zeile ist fraglich." : `${doubtful} Zeilen sind fraglich.`),
    ...unknownDays.slice(0, 3).map(line => `Den Tag „${line}“ hat das Treffen nicht.`),
    left && `${left} Zeilen fehlen: Ein Programm hat höchstens ${choices.most_rows}.`,
    isCut && "Der Text war zu lang; sein Ende fehlt.",
  ]
  const confirm = () => {
    const rows = made.filter(row => programme.rows.includes(row))
    confirmRows(programme, rows)
    redrawRows(rows)
    renderNotes()
    showMessage("Alles bestätigt.")
  }
  return showMessage(
    sentences.filter(Boolean).join(" "),
    "",
    button("Alles stimmt", confirm),
    button("Rückgängig", showUndone),
  )
}
