// Moves a row by mouse: it is dropped before the row under the pointer, with its subordinate rows.

import { elementOf, entryAt, listenInRows, showMoved } from "./list.js"
import { moveTo } from "./moves.js"
import { list } from "./page.js"
import { programme } from "./state.js"

export function enableDrag() {
  let dragged = null
  const unmark = () => list.querySelector(".row--target")?.classList.remove("row--target")

  listenInRows("dragstart", (row, event) => {
    if (!event.target.closest?.(".row__handle")) return
    dragged = row
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setDragImage(elementOf(row), 10, 10)
  })
  list.addEventListener("dragover", event => {
    const target = entryAt(event.target)
    if (!dragged || !target) return
    event.preventDefault()
    unmark()
    elementOf(target).classList.add("row--target")
  })
  list.addEventListener("drop", event => {
    const target = entryAt(event.target)
    unmark()
    if (!dragged || !target || !moveTo(programme, dragged, target)) return
    event.preventDefault()
    showMoved(dragged, `Jetzt Zeile ${programme.numberOf(dragged)}.`)
    dragged = null
  })
}
