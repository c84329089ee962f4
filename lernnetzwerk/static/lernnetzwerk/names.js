// Names for what scripts of others put on the page without one: suggesting boxes, formatted texts, an empty table heading.
// A field's visible label does not reach them, as it belongs to the element that they hide.

function nameOf(id) {
  const field = document.getElementById(id)
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`)
  return field?.getAttribute("aria-label") ?? label?.textContent.trim().replace(/:$/, "") ?? ""
}

// What is chosen stands in the box and is part of its name, as with a select.
function nameBox(box) {
  const field = box.closest(".select2-container").previousElementSibling
  const chosen = box.querySelector(".select2-selection__rendered")
  const name = nameOf(field?.id ?? "")
  if (!name) return
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", name)
  box.setAttribute("aria-label", name)
  if (!chosen || box.matches(".select2-selection--multiple")) return
  chosen.removeAttribute("role")
  chosen.removeAttribute("aria-readonly")
  box.setAttribute("aria-controls", `select2-${field.id}-results`)
  box.id ||= `${field.id}_box`
  box.setAttribute("aria-labelledby", `${box.id} ${chosen.id}`)
}

const named = {
  ".select2-selection": nameBox,
  ".select2-dropdown .select2-search__field": search =>
    search.setAttribute(
      "aria-label",
      nameOf(search.getAttribute("aria-controls")?.replace(/^select2-(.*)-results$/, "$1") ?? "") || "Suchen",
    ),
  ".ProseMirror[role=textbox]": text => {
    const field = text.closest(".prose-editor")?.querySelector("textarea")
    if (field) text.setAttribute("aria-label", nameOf(field.id))
  },
  ".help-tooltip[aria-label]": tip => tip.setAttribute("role", "img"),
  "th.original": heading => heading.setAttribute("role", "presentation"),
}

function nameAll(within) {
  for (const [place, name] of Object.entries(named)) {
    if (within.matches(place)) name(within)
    within.querySelectorAll(place).forEach(name)
  }
}

nameAll(document.body)
new MutationObserver(changes => {
  for (const { addedNodes } of changes) addedNodes.forEach(node => node.nodeType === Node.ELEMENT_NODE && nameAll(node))
}).observe(document.body, { childList: true, subtree: true })
