// Names for what scripts of others put on the page without one: suggesting boxes, formatted texts, groups, tables.
// A field's visible label does not reach them, as it belongs to the element that they hide.

// So the label is tied to the new element, which a click on it focuses, as with a field of the browser's own.

function labelOf(id) {
  return document.querySelector(`label[for="${CSS.escape(id)}"], #${CSS.escape(id)}_label`)
}

function nameOf(id) {
  const field = document.getElementById(id)
  return field?.getAttribute("aria-label") ?? labelOf(id)?.textContent.trim().replace(/:$/, "") ?? ""
}

function tieLabel(id, element) {
  const label = labelOf(id)
  if (!label?.htmlFor) return label
  label.id ||= `${id}_label`
  label.removeAttribute("for")
  label.addEventListener("click", () => element.focus())
  return label
}

// The list exists only while it is open.
function followList(box, list) {
  const follow = () => {
    if (box.ariaExpanded === "true") box.setAttribute("aria-controls", list)
    else box.removeAttribute("aria-controls")
  }
  follow()
  new MutationObserver(follow).observe(box, { attributeFilter: ["aria-expanded"] })
}

// What is chosen stands in the box and is part of its name, as with a select.
function nameBox(box) {
  const field = box.closest(".select2-container").previousElementSibling
  const chosen = box.querySelector(".select2-selection__rendered")
  const name = nameOf(field?.id ?? "")
  if (!name) return
  const label = tieLabel(field.id, box.querySelector(".select2-search__field") ?? box)
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", name)
  box.setAttribute("aria-label", name)
  if (!chosen || box.matches(".select2-selection--multiple")) return
  chosen.removeAttribute("role")
  chosen.removeAttribute("aria-readonly")
  followList(box, `select2-${field.id}-results`)
  box.id ||= `${field.id}_box`
  box.setAttribute("aria-labelledby", `${label?.id || box.id} ${chosen.id}`)
}

function nameText(text) {
  const field = text.closest(".prose-editor")?.querySelector("textarea")
  if (!field) return
  text.setAttribute("aria-label", nameOf(field.id))
  tieLabel(field.id, text)
}

// By its heading, or as the only one by that of the page.
function nameGroup(group) {
  const heading = group.querySelector("h2") ?? document.querySelector("h1")
  if (heading) group.setAttribute("aria-label", heading.textContent.trim())
}

function hidden(text) {
  const words = document.createElement("span")
  words.className = "visually-hidden"
  words.textContent = text
  return words
}

// Django leaves the heads of rows' links and of what cannot be deleted empty.
function nameColumn(head) {
  head.scope = "col"
  if (!head.textContent.trim()) head.append(hidden(head.matches(".original") ? "Eintrag" : "Löschen?"))
}

// In a table the help stands in the head of its column; the fields refer to a text of their own.
function describe(field) {
  const id = field.getAttribute("aria-describedby")
  const cell = field.closest("td")
  if (document.getElementById(id) || !cell) return
  const head = cell.closest("table").tHead.rows[0].cells[cell.cellIndex]
  const text = hidden(head.querySelector(".help-tooltip")?.title ?? "")
  text.id = id
  cell.append(text)
}

const named = {
  ".select2-selection": nameBox,
  ".select2-dropdown .select2-search__field": search =>
    search.setAttribute(
      "aria-label",
      nameOf(search.getAttribute("aria-controls")?.replace(/^select2-(.*)-results$/, "$1") ?? "") || "Suchen",
    ),
  ".ProseMirror[role=textbox]": nameText,
  ".help-tooltip[aria-label]": tip => tip.setAttribute("role", "img"),
  "fieldset.module:not([aria-label], [aria-labelledby])": nameGroup,
  "#changelist-search label img": sign => sign.setAttribute("alt", "Suchen"),
  ".tabular thead th": nameColumn,
  ".tabular td [aria-describedby$=_helptext]": describe,
  "#logout-form": form => form.setAttribute("aria-label", form.textContent.trim()),
  "#result_list tbody th": heading => heading.setAttribute("scope", "row"),
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
