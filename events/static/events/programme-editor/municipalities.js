// The municipalities of a row: one button for each, which removes it, and a combobox for more.

import { combobox } from "./combobox.js"
import { element } from "./dom.js"
import { programme, server } from "./state.js"

export function renderMunicipalities(row, container) {
  const change = (index, count, ...added) => {
    programme.remember()
    row.towns.splice(index, count, ...added)
    renderMunicipalities(row, container)
    container.querySelector("input").focus()
    programme.changed()
  }
  const box = combobox({
    id: `municipalities-${row.key}`,
    label: "Kommune hinzufügen",
    search: text => server.findTowns(text),
    pick: ({ pk, label }) => {
      if (!row.towns.some(town => town.pk === pk)) change(row.towns.length, 0, { pk, name: label })
    },
  })
  container.replaceChildren(...row.towns.map((town, index) => chip(town, () => change(index, 1))), box)
}

const chip = (town, onclick) =>
  element(
    "button",
    { type: "button", class: "row__chip row__chip--town", "aria-label": `${town.name} entfernen`, onclick },
    `${town.name} ×`,
  )
