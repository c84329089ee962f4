// What the server has put on the page: templates/admin/events/programme/editor.html.

const readData = id => JSON.parse(document.getElementById(id).textContent)
const editor = document.getElementById("desk")
const find = selector => editor.querySelector(selector)

/** Kinds, statuses, roles, days, how times are read, and addresses. */
export const choices = readData("desk-choices")
/** The state of the programme when the page was made. */
export const initial = readData("desk-data")

export const toolbar = find(".desk__bar")
export const list = find(".desk__rows")
export const messages = find(".desk__messages")
export const status = find(".desk__state")
export const unplaced = find(".desk__unplaced")
export const dialog = find("dialog")
