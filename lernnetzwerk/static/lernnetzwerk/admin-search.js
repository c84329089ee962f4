// "/" leads to the search of the administration, unless somebody is typing.
const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox]"

document.addEventListener("keydown", event => {
  const isPlain = event.key === "/" && !(event.ctrlKey || event.altKey || event.metaKey)
  const box = document.getElementById("verwaltungssuche")
  if (!isPlain || !box || event.defaultPrevented || event.target.closest?.(FIELDS)) return
  event.preventDefault()
  box.focus()
  box.select()
})
