// The people of a row: one button for each, which opens the dialog, and a combobox for more.

import { combobox } from "./combobox.js"
import { element } from "./dom.js"
import { editInDialog } from "./person-dialog.js"
import { fullName } from "./rows.js"
import { programme, server } from "./state.js"

const emptyPerson = role => ({
  appearance: null,
  speaker: null,
  role,
  academic_title: "",
  first_name: "",
  last_name: "",
  unit: "",
  organisation: "",
  place: "",
})

export function renderPeople(row, container) {
  const change = (index, count, ...added) => {
    programme.remember()
    row.people.splice(index, count, ...added)
    renderPeople(row, container)
    container.querySelector("input").focus()
    programme.changed()
  }
  const add = person => change(row.people.length, 0, person)
  const edit = async index => {
    const result = await editInDialog(row.people[index], "So wird die Person bei diesem Beitrag genannt.")
    if (result) change(index, 1, ...(result === "remove" ? [] : [result]))
  }
  const create = async line => {
    const parts = (await server.parsePerson(line)) ?? { last_name: line }
    const result = await editInDialog({ ...emptyPerson(usualRole(row)), ...parts }, "Neue Person: stimmt das so?")
    if (result && result !== "remove") add(result)
  }
  const box = combobox({
    id: `people-${row.key}`,
    label: "Person hinzufügen",
    search: text => server.findPeople(text),
    pick: ({ label, hint, ...person }) => add({ appearance: null, role: usualRole(row), ...person }),
    create,
  })
  container.replaceChildren(...row.people.map((person, index) => chip(person, () => edit(index))), box)
}

const usualRole = row => (row.kind === "welcome" ? "welcome" : "talk")

function chip(person, onclick) {
  const affiliation = [person.unit, person.organisation, person.place].filter(Boolean).join(", ")
  return element(
    "button",
    { type: "button", class: "row__chip", onclick, title: "Ändern oder entfernen" },
    fullName(person) || "Person",
    element("small", {}, affiliation || (person.speaker ? "" : "neu")),
  )
}
