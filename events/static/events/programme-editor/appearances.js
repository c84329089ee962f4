// The people of a row: one button for each, which opens the dialog, and a combobox for more.

import { editInDialog } from "./appearance-dialog.js"
import { combobox } from "./combobox.js"
import { element } from "./dom.js"
import { fullName } from "./rows.js"
import { programme, server } from "./state.js"

const emptyPerson = role => ({
  pk: null,
  speaker: null,
  role,
  academic_title: "",
  first_name: "",
  last_name: "",
  unit: "",
  organisation: "",
  place: "",
})

export function renderAppearances(row, container) {
  const change = (index, count, ...added) => {
    programme.remember()
    row.appearances.splice(index, count, ...added)
    renderAppearances(row, container)
    container.querySelector("input").focus()
    programme.changed()
  }
  const add = appearance => change(row.appearances.length, 0, appearance)
  const edit = async index => {
    const { isGuess, ...appearance } = row.appearances[index]
    const hint = isGuess ? "Neue Person: stimmt das so?" : "So wird die Person bei diesem Beitrag genannt."
    const result = await editInDialog(appearance, hint)
    if (result) change(index, 1, ...(result === "remove" ? [] : [result]))
  }
  const create = async line => {
    const parts = (await server.parsePerson(line)) ?? { last_name: line }
    const result = await editInDialog({ ...emptyPerson(usualRole(row)), ...parts }, "Neue Person: stimmt das so?")
    if (result && result !== "remove") add(result)
  }
  const box = combobox({
    id: `appearances-${row.key}`,
    label: "Person hinzufügen",
    search: text => server.findPeople(text),
    pick: ({ label, hint, ...appearance }) => add({ pk: null, role: usualRole(row), ...appearance }),
    create,
  })
  container.replaceChildren(...row.appearances.map((appearance, index) => chip(appearance, () => edit(index))), box)
}

const usualRole = row => (row.kind === "welcome" ? "welcome" : "talk")

function chip(appearance, onclick) {
  const affiliation = [appearance.unit, appearance.organisation, appearance.place].filter(Boolean).join(", ")
  const role = appearance.role === "chair" ? "Moderation" : ""
  return element(
    "button",
    {
      type: "button",
      class: `row__chip ${appearance.isGuess ? "row__chip--new" : ""}`.trim(),
      onclick,
      title: appearance.isGuess ? "Bestätigen oder entfernen" : "Ändern oder entfernen",
    },
    fullName(appearance) || "Person",
    element("small", {}, affiliation || (appearance.speaker || appearance.isGuess ? "" : "neu")),
    role && element("small", {}, `(${role})`),
    appearance.isGuess && element("strong", {}, "neu"),
  )
}
