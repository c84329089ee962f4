// Rows of a list put in order by buttons, keys or mouse; nothing is saved before the form is sent (admin/arrange.html).

const form = document.querySelector("[data-reorder]")
const order = () =>
  [...form.elements]
    .filter(field => field.name === "zeile")
    .map(field => field.value)
    .join()
const opened = order()
let isUnsaved = Boolean(form.querySelector(".reorder__state")?.textContent || form.querySelector(".errornote"))
let lifted = null

function announce(row) {
  const list = [...row.parentElement.children]
  form.querySelector("[data-status]").textContent = `Jetzt Platz ${list.indexOf(row) + 1} von ${list.length}.`
  form.querySelector(".reorder__state").textContent = isUnsaved || order() !== opened ? "Noch nicht gespeichert." : ""
}

function place(row, before) {
  const focused = document.activeElement
  row.parentElement.insertBefore(row, before)
  if (row.contains(focused)) focused.focus()
  row.scrollIntoView({ block: "nearest" })
  announce(row)
}

const moves = {
  hoch: row => row.previousElementSibling && place(row, row.previousElementSibling),
  runter: row => row.nextElementSibling && place(row, row.nextElementSibling.nextElementSibling),
}
const KEYS = { ArrowUp: "hoch", ArrowDown: "runter" }

form.addEventListener("click", event => {
  const button = event.target.closest(".reorder__row button")
  if (!button) return
  event.preventDefault()
  moves[button.name](button.closest(".reorder__row"))
})

form.addEventListener("keydown", event => {
  const row = event.target.closest(".reorder__row")
  if (!row || !event.altKey || event.ctrlKey || event.metaKey || !KEYS[event.key]) return
  event.preventDefault()
  moves[KEYS[event.key]](row)
})

// By mouse: a row goes where the one under the pointer stands, within its own list.
form.addEventListener("dragover", event => {
  const target = event.target.closest?.(".reorder__row")
  form.querySelector(".reorder__row--target")?.classList.remove("reorder__row--target")
  if (!lifted || !target || target.parentElement !== lifted.parentElement) return
  event.preventDefault()
  if (target !== lifted) target.classList.add("reorder__row--target")
})

form.addEventListener("drop", event => {
  const target = event.target.closest?.(".reorder__row")
  if (!lifted || !target || target === lifted || target.parentElement !== lifted.parentElement) return
  event.preventDefault()
  const isBelow = lifted.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING
  place(lifted, isBelow ? target.nextElementSibling : target)
})

form.addEventListener("dragend", () => {
  form.querySelector(".reorder__row--target")?.classList.remove("reorder__row--target")
  lifted = null
})

for (const handle of form.querySelectorAll(".reorder__handle")) {
  const row = handle.closest(".reorder__row")
  handle.hidden = false
  handle.draggable = true
  handle.addEventListener("dragstart", event => {
    lifted = row
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setDragImage(row, 10, 10)
  })
}

form.addEventListener("submit", () => (isUnsaved = null))
addEventListener("beforeunload", event => {
  if (isUnsaved !== null && (isUnsaved || order() !== opened)) event.preventDefault()
})
form.querySelector(".reorder__keys")?.removeAttribute("hidden")
