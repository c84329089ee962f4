// A copy of what is not saved, kept in this browser.

import { button } from "./dom.js"
import { loadRows } from "./list.js"
import { clearMessages, showMessage } from "./messages.js"
import { choices } from "./page.js"
import { fingerprint, matchNewRows } from "./reconciliation.js"
import { programme, record } from "./state.js"

const KEY = `lernnetzwerk-programm-2-${choices.addresses.zeilen}`

export function keepDraft() {
  const { content, values } = programme
  try {
    if (record.isSaved(content)) discardDraft()
    else localStorage.setItem(KEY, JSON.stringify({ seen_at: record.seenAt, rows: values, at: Date.now() }))
  } catch {
    // Without storage the page itself still holds everything.
  }
}

export const discardDraft = () => localStorage.removeItem(KEY)

/** Whether there is a draft that differs from what is stored, and the editor is asked about it. */
export function offerDraft() {
  const draft = readDraft()
  if (!draft?.rows || fingerprint(draft.rows) === fingerprint(record.rows)) return false
  const when = new Date(draft.at).toLocaleString("de-DE", { dateStyle: "medium", timeStyle: "short" })
  const isOlder = draft.seen_at !== record.seenAt ? " Seitdem hat jemand das Programm gespeichert." : ""
  showMessage(
    `Auf diesem Gerät liegen Eingaben vom ${when}, die nicht gespeichert wurden.${isOlder}`,
    "question",
    button("Wiederherstellen", () => restore(draft)),
    button("Verwerfen", () => {
      discardDraft()
      clearMessages()
      programme.changed()
    }),
  )
  return true
}

function readDraft() {
  try {
    return JSON.parse(localStorage.getItem(KEY))
  } catch {
    return null
  }
}

function restore(draft) {
  programme.remember()
  if (draft.seen_at !== record.seenAt) matchNewRows(draft.rows, record)
  record.basedOn(draft.seen_at)
  loadRows(draft.rows)
  showMessage("Wiederhergestellt. Bitte speichern.")
}
