// Starts the programme editor. No module may import itself through others: their hashed names depend on each other.

import { handlePaste } from "./clipboard.js"
import { runCommand } from "./commands.js"
import { keepDraft, offerDraft } from "./draft.js"
import { enableDrag } from "./drag.js"
import { handleChange, handleInput } from "./fields.js"
import { commandFor } from "./keyboard.js"
import { listenInRows, makeCurrent, renderList } from "./list.js"
import { updateNotes } from "./notes.js"
import { dialog, toolbar } from "./page.js"
import { showSaveStatus } from "./saving.js"
import { programme, record } from "./state.js"
import { debounce } from "./timers.js"
import { renderUnplaced } from "./unplaced.js"

const keepDraftSoon = debounce(keepDraft, 250)
const updateNotesSoon = debounce(updateNotes, 400)

programme.addEventListener("change", () => {
  keepDraftSoon()
  updateNotesSoon()
  showSaveStatus()
})

listenInRows("focusin", makeCurrent)
listenInRows("input", handleInput)
listenInRows("change", handleChange)
listenInRows("paste", handlePaste)
enableDrag()

toolbar.addEventListener("click", event => {
  const name = event.target.closest("[data-do]")?.dataset.do
  if (name) runCommand(name)
})
document.addEventListener("keydown", event => {
  const name = dialog.open ? undefined : commandFor(event)
  if (!name) return
  event.preventDefault()
  runCommand(name)
})
addEventListener("beforeunload", event => {
  keepDraft()
  if (!record.isSaved(programme.content)) event.preventDefault()
})

toolbar.hidden = false
programme.load(record.rows)
record.markSaved(programme.content)
const isDraftOffered = offerDraft()
renderList()
// The draft must not be overwritten before the editor has answered.
if (isDraftOffered) keepDraftSoon.cancel()
renderUnplaced()
