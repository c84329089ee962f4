// What the server has put on the page: templates/admin/events/programme/editor.html.

const readData = id => JSON.parse(document.getElementById(id).textContent)
const editor = document.getElementById("programme-editor")
const find = selector => editor.querySelector(selector)

/** Kinds, statuses, roles, days, how times are read, and addresses. */
export const choices = readData("programme-editor-choices")
/** The state of the programme when the page was made. */
export const initial = readData("programme-editor-rows")

export const toolbar = find(".programme-editor__bar")
export const list = find(".programme-editor__rows")
export const messages = find(".programme-editor__messages")
export const status = find(".programme-editor__state")
export const unplaced = find(".programme-editor__unplaced")
export const dialog = find("dialog")
