import { element, options } from "./dom.js"
import { choices, dialog } from "./page.js"

const FIELDS = [
  ["academic_title", "Titel", 60],
  ["first_name", "Vorname", 100],
  ["last_name", "Nachname", 100],
  ["unit", "Abteilung oder Lehrstuhl", 200],
  ["organisation", "Einrichtung", 200],
  ["place", "Ort", 100],
]

/** Promises the person as it is then, "remove", or null where nothing shall change. */
export function editInDialog(appearance, hint) {
  dialog.querySelector(".programme-editor__hint").textContent = hint
  dialog
    .querySelector(".programme-editor__fields")
    .replaceChildren(...FIELDS.map(words => field(appearance, ...words)), role(appearance))
  dialog.returnValue = "cancel"
  dialog.showModal()
  return new Promise(resolve => {
    dialog.onclose = () => {
      const given = Object.fromEntries(new FormData(dialog.querySelector("form")))
      const answers = { ok: { ...appearance, ...given }, remove: "remove" }
      resolve(answers[dialog.returnValue] ?? null)
    }
  })
}

// The name of somebody known is changed where the person is, not here.
function field(appearance, name, label, maxlength) {
  const readonly = Boolean(appearance.speaker) && ["first_name", "last_name"].includes(name)
  const input = element("input", { name, maxlength, value: appearance[name], readonly, required: name === "last_name" })
  return element("label", {}, element("span", {}, label), input)
}

const role = appearance =>
  element(
    "label",
    {},
    element("span", {}, "Rolle"),
    element("select", { name: "role" }, ...options(choices.roles, appearance.role)),
  )
