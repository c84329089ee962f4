// The municipalities of a row: one button for each, which removes it, and a combobox for more.

import { combobox } from "./combobox.js"
import { element } from "./dom.js"
import { programme, server } from "./state.js"

export function renderMunicipalities(row, container) {
  const change = (index, count, ...added) => {
    programme.remember()
    row.municipalities.splice(index, count, ...added)
    renderMunicipalities(row, container)
    container.querySelector("input").focus()
    programme.changed()
  }
  const box = combobox({
    id: `municipalities-${row.key}`,
    label: "Kommune hinzufügen",
    search: text => server.findTowns(text),
    pick: ({ pk, label }) => {
      if (!row.municipalities.some(municipality => municipality.pk === pk))
        change(row.municipalities.length, 0, { pk, name: label })
    },
  })
  container.replaceChildren(
    ...row.municipalities.map((municipality, index) => chip(municipality, () => change(index, 1))),
    box,
  )
}

const chip = (municipality, onclick) =>
  element(
    "button",
    {
      type: "button",
      class: "row__chip row__chip--municipality",
      "aria-label": `${municipality.name} entfernen`,
      onclick,
    },
    `${municipality.name} ×`,
  )
