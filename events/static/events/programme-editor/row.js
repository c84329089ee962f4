// The element of a row: its fields, people and municipalities.

import { renderAppearances } from "./appearances.js"
import { element, options } from "./dom.js"
import { renderMunicipalities } from "./municipalities.js"
import { choices } from "./page.js"
import { endOf } from "./times.js"

export function rowElement(row) {
  const appearances = element("div", { class: "row__appearances" })
  const municipalities = element("div", { class: "row__municipalities" })
  renderAppearances(row, appearances)
  renderMunicipalities(row, municipalities)
  return element(
    "li",
    { class: "row", tabindex: -1 },
    element("span", { class: "row__handle", draggable: "true", title: "Ziehen", "aria-hidden": "true" }, "⠿"),
    element("span", { class: "row__number", "aria-hidden": "true" }),
    ...fields(row),
    appearances,
    municipalities,
    element(
      "label",
      { class: "row__parallel" },
      element("input", { type: "checkbox", "data-name": "is_parallel", checked: row.is_parallel }),
      " Unterpunkte laufen gleichzeitig",
    ),
    element("div", { class: "row__notes" }),
  )
}

function fields(row) {
  const clock = { type: "text", ...choices.clock.attributes }
  const duration = { type: "number", min: 0, max: 1440, inputmode: "numeric" }
  const title = { type: "text", maxlength: 250, placeholder: row.title ? "" : row.name }
  const part = { type: "text", maxlength: 60, placeholder: "Am Nachmittag" }
  return [
    field("Beginn", "begins", input(row, "begins_at", clock)),
    field("Ende", "ends", element("input", { ...clock, "data-name": "ends", value: endOf(row) })),
    field("Minuten", "duration", input(row, "duration", duration)),
    field("Art", "kind", element("select", { "data-name": "kind" }, ...options(choices.kinds, row.kind))),
    field("Titel", "title", input(row, "title", title)),
    field("Raum", "room", input(row, "room", { type: "text", maxlength: 100 })),
    field("Stand", "status", element("select", { "data-name": "status" }, ...options(choices.statuses, row.status))),
    element("a", { class: "row__form", title: "Alles zu diesem Beitrag: Texte, Themen, Materialien" }, "Formular"),
    field("oder in Worten", "part", input(row, "day_part", part)),
  ]
}

const field = (label, name, control) =>
  element("label", { class: `row__field row__${name}` }, element("span", { class: "row__label" }, label), control)

const input = (row, name, attributes) => element("input", { ...attributes, "data-name": name, value: row[name] ?? "" })
