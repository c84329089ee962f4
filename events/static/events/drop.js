// Files dropped on a meeting or contribution: each its own request with its own bar. Answers: events/administration/bulk_upload.py.

const drop = document.querySelector("[data-drop]")
const area = drop.querySelector(".drop__area")
const input = area.querySelector("input[type=file]")
const status = drop.querySelector("[data-status]")
const list = drop.querySelector(".drop__list")
const EXPIRED = "Ihre Anmeldung ist abgelaufen. Bitte in einem anderen Fenster anmelden, dann noch einmal."
const BROKEN = "Die Verbindung ist abgebrochen, gespeichert ist davon nichts."
const SENT_AT_ONCE = 2

let token = area.querySelector("[name=csrfmiddlewaretoken]").value
let sending = 0
const waiting = []

function element(tag, attributes, ...children) {
  const made = Object.assign(document.createElement(tag), attributes)
  made.append(...children)
  return made
}

function add(files) {
  for (const file of files) {
    const progress = element("progress", { max: 100, value: 0 })
    const state = element("span", {}, "wartet")
    progress.setAttribute("aria-label", `Fortschritt: ${file.name}`)
    const row = element("li", { className: "drop__upload" }, element("strong", {}, file.name), " ", progress, state)
    drop.querySelector(".drop__progress").append(row)
    waiting.push({ file, row, progress, state })
  }
  next()
}

function next() {
  while (sending < SENT_AT_ONCE && waiting.length) send(waiting.shift())
}

function send(upload) {
  const request = new XMLHttpRequest()
  const body = new FormData()
  body.append("datei", upload.file)
  sending++
  upload.state.textContent = "wird hochgeladen"
  request.upload.addEventListener("progress", event => {
    upload.progress.value = event.total ? (100 * event.loaded) / event.total : 0
    if (event.loaded === event.total) upload.state.textContent = "wird geprüft"
  })
  request.addEventListener("load", () => finish(upload, request))
  request.addEventListener("error", () => fail(upload, BROKEN, true))
  request.addEventListener("loadend", () => {
    sending--
    next()
  })
  request.open("POST", drop.dataset.drop)
  request.setRequestHeader("X-CSRFToken", token)
  request.send(body)
}

function finish(upload, request) {
  const answer = parsed(request.responseText)
  if (request.status === 200 && answer?.row) return succeed(upload, answer.row)
  if (request.status === 422 && answer?.message) return fail(upload, answer.message, false)
  if (request.status === 503 && answer?.message) return fail(upload, answer.message, true)
  if (request.status === 413) return fail(upload, "Die Datei ist zu groß für diesen Server.", false)
  if (request.status === 200 || request.status === 403) return fail(upload, EXPIRED, true)
  fail(upload, "Der Server konnte die Datei gerade nicht annehmen.", true)
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function succeed(upload, row) {
  close(upload, "done", "hochgeladen, unten zuordnen")
  list.hidden = false
  list.querySelector(".drop__rows").insertAdjacentHTML("beforeend", row)
}

function fail(upload, sentence, isWorthAnother) {
  close(upload, "error", sentence)
  if (!isWorthAnother) return
  const again = element("button", { type: "button" }, "Noch einmal")
  again.setAttribute("aria-label", `Noch einmal: ${upload.file.name}`)
  again.addEventListener("click", async () => {
    upload.row.remove()
    await renewToken()
    add([upload.file])
  })
  upload.row.append(again)
}

function close(upload, state, sentence) {
  upload.progress.remove()
  upload.row.classList.add(`drop__upload--${state}`)
  upload.state.textContent = sentence
  status.textContent = `${upload.file.name}: ${sentence}`
}

// Somebody may have signed in again in another window: then there is a new token.
async function renewToken() {
  const page = await fetch(area.action).catch(() => null)
  if (!page?.ok || page.redirected) return
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html")
  token = fresh.querySelector(".drop__area [name=csrfmiddlewaretoken]")?.value ?? token
  drop.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(field => (field.value = token))
}

function takeChosen() {
  add([...input.files])
  input.value = ""
}

input.addEventListener("change", takeChosen)
for (const name of ["dragenter", "dragover"])
  area.addEventListener(name, event => {
    event.preventDefault()
    area.classList.add("drop__area--over")
  })
for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => area.classList.remove("drop__area--over"))
area.addEventListener("drop", event => {
  event.preventDefault()
  add([...event.dataTransfer.files])
})
addEventListener("beforeunload", event => {
  if (sending || waiting.length) event.preventDefault()
})

area.querySelector("input[type=submit]").hidden = true
area.querySelector(".drop__invitation").hidden = false
area.querySelector("[data-together]").hidden = true // each file is a request of its own
takeChosen() // somebody may have been quicker than this script
