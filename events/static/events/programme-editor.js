// The programme editor. What is typed lives in `rows`; the page shows it, the browser keeps a copy until it is saved.
// Shapes of a row and of the answers: events/administration/programme_editor/rows.py and events/administration/programme_editor/admin.py.

const data = id => JSON.parse(document.getElementById(id).textContent)
const choices = data("desk-choices")
let stored = data("desk-data")
let token = stored.token

const desk = document.getElementById("desk")
const list = desk.querySelector(".desk__rows")
const messages = desk.querySelector(".desk__messages")
const stateText = desk.querySelector(".desk__state")
const dialog = desk.querySelector("dialog")
const KEPT = `lernnetzwerk-programm-${choices.addresses.zeilen}`
const UNDONE_AT_MOST = 50

let rows = []
let current = null
let undone = []
let problems = {}
let isSaving = false
let unanswered = []
let saved = ""
let counter = 0

// --- Small things --------------------------------------------------------------------------------------------------

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value)
    else if (value === true) made.setAttribute(name, "")
    else if (value !== false && value != null) made.setAttribute(name, value)
  }
  made.append(...children.filter(child => child != null))
  return made
}

const options = (pairs, chosen) =>
  pairs.map(([value, label]) => element("option", { value, selected: value === chosen }, label))
const CLOCK = new RegExp(choices.clock.pattern, "i")
const WHOLE = /^\d\d:\d\d$/
// Of what is only half typed nothing is known yet.
const minutes = time => (WHOLE.test(time) ? Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) : null)
const clock = total => [Math.floor(total / 60) % 24, total % 60].map(part => String(part).padStart(2, "0")).join(":")
// As people type it, "9", "9.30", "930" or "9:30 Uhr", by the server's own rule; null where it is no time of day.
const readClock = text => {
  const [, hour, minute = "0"] = CLOCK.exec(text.trim()) ?? []
  return hour === undefined ? null : clock(Number(hour) * 60 + Number(minute))
}
const isDay = row => row.label !== undefined
const named = row => row.title || row.name || choices.kinds.find(([kind]) => kind === row.kind)?.[1] || "ohne Titel"
const fullName = person => [person.academic_title, person.first_name, person.last_name].filter(Boolean).join(" ")

function emptyRow(values = {}) {
  return {
    session: null,
    seen: "",
    name: "",
    kind: "talk",
    title: "",
    indent: 0,
    is_parallel: false,
    begins_at: "",
    duration: null,
    day_part: "",
    room: "",
    status: "confirmed",
    people: [],
    towns: [],
    ...values,
    key: ++counter,
  }
}

// --- Days stand in the list as headings; a row belongs to the heading above it ---------------------------------------

function withDays(values) {
  const days = choices.days.length ? choices.days : [{ number: 1, label: "Tag 1" }]
  return days.flatMap(day => [
    { ...day, key: ++counter },
    ...values.filter(row => row.day === day.number).map(emptyRow),
  ])
}

function plainRows() {
  let day = 1
  const plain = []
  for (const row of rows) {
    if (isDay(row)) day = row.number
    else {
      const { key, element: _element, ...values } = row
      plain.push({ ...values, day })
    }
  }
  return plain
}

const dayOf = row => rows.slice(0, rows.indexOf(row) + 1).findLast(isDay)
const ofDay = day => {
  const begin = rows.indexOf(day) + 1
  const end = rows.findIndex((row, place) => place >= begin && isDay(row))
  return rows.slice(begin, end < 0 ? undefined : end)
}

// A row with what stands under it.
function block(row) {
  const begin = rows.indexOf(row)
  let end = begin + 1
  if (!row.indent) while (end < rows.length && !isDay(rows[end]) && rows[end].indent) end++
  return rows.slice(begin, end)
}

// --- Showing -------------------------------------------------------------------------------------------------------

function show() {
  const focused = document.activeElement
  rows.forEach(row => (row.element ??= isDay(row) ? dayElement(row) : rowElement(row)))
  list.replaceChildren(...rows.map(row => row.element))
  rows.filter(row => !isDay(row)).forEach(dress)
  if (list.contains(focused)) focused.focus({ preventScroll: true })
  mark()
  touched()
}

// What its neighbours and its kind make of a row; no element is moved, so this is safe while one leaves a field.
function dress(row) {
  row.element.classList.toggle("row--under", row.indent > 0)
  row.element.classList.toggle("row--break", row.kind === "break")
  row.element.classList.toggle("row--timed", Boolean(row.begins_at) && !row.day_part)
  row.element.querySelector(".row__number").textContent = number(row)
  const form = row.element.querySelector(".row__form")
  form.hidden = !row.session
  form.href = `${choices.addresses.beitraege}${row.session}/change/`
  form.setAttribute("aria-label", `Formular von „${named(row)}“ öffnen`)
  row.element.setAttribute("aria-label", `Zeile ${number(row)}: ${named(row)}${row.indent ? ", Unterpunkt" : ""}`)
  row.element.querySelector(".row__parallel").hidden =
    block(row).length < 2 && !row.is_parallel && row.kind !== "forum_phase"
}

function dayElement(day) {
  return element("li", { class: "desk__day", "aria-label": day.label }, element("h2", {}, day.label))
}

function rowElement(row) {
  const field = (label, name, child) =>
    element("label", { class: `row__field row__${name}` }, element("span", { class: "row__label" }, label), child)
  const input = (name, attributes) => element("input", { ...attributes, "data-name": name, value: row[name] ?? "" })
  const made = element(
    "li",
    { class: "row", tabindex: -1, onfocusin: () => choose(row) },
    element("span", { class: "row__handle", draggable: "true", title: "Ziehen", "aria-hidden": "true" }, "⠿"),
    element("span", { class: "row__number", "aria-hidden": "true" }),
    field("Beginn", "begins", input("begins_at", { type: "text", ...choices.clock.attributes })),
    field(
      "Ende",
      "ends",
      element("input", { type: "text", ...choices.clock.attributes, "data-name": "ends", value: ending(row) }),
    ),
    field("Minuten", "duration", input("duration", { type: "number", min: 0, max: 1440, inputmode: "numeric" })),
    field("Art", "kind", element("select", { "data-name": "kind" }, ...options(choices.kinds, row.kind))),
    field("Titel", "title", input("title", { type: "text", maxlength: 250, placeholder: row.title ? "" : row.name })),
    field("Raum", "room", input("room", { type: "text", maxlength: 100 })),
    field("Stand", "status", element("select", { "data-name": "status" }, ...options(choices.statuses, row.status))),
    element("a", { class: "row__form", title: "Alles zu diesem Beitrag: Texte, Themen, Materialien" }, "Formular"),
    field("oder in Worten", "part", input("day_part", { type: "text", maxlength: 60, placeholder: "Am Nachmittag" })),
    element("div", { class: "row__people" }),
    element("div", { class: "row__towns" }),
    element(
      "label",
      { class: "row__parallel" },
      element("input", { type: "checkbox", "data-name": "is_parallel", checked: row.is_parallel }),
      " Unterpunkte laufen gleichzeitig",
    ),
    element("div", { class: "row__notes" }),
  )
  row.element = made
  made.addEventListener("input", event => typed(row, event.target))
  made.addEventListener("change", event => changed(row, event.target))
  made.querySelector("[data-name=title]").addEventListener("paste", event => pasted(row, event))
  made.querySelector(".row__handle").addEventListener("dragstart", event => dragged(row, event))
  showPeople(row)
  showTowns(row)
  return made
}

const ending = row =>
  minutes(row.begins_at) !== null && row.duration != null && row.duration !== ""
    ? clock(minutes(row.begins_at) + Number(row.duration))
    : ""
const CLOCKS = ["begins_at", "ends"]
const misread = row => [...row.element.querySelectorAll("[aria-invalid=true]")]
const control = (row, name) => row.element.querySelector(`[data-name=${name}]`)

function showPeople(row) {
  const chips = row.people.map((person, place) =>
    element(
      "button",
      { type: "button", class: "row__chip", onclick: () => editPerson(row, place), title: "Ändern oder entfernen" },
      fullName(person) || "Person",
      element(
        "small",
        {},
        [person.unit, person.organisation, person.place].filter(Boolean).join(", ") || (person.speaker ? "" : "neu"),
      ),
    ),
  )
  const box = combobox(
    "Person hinzufügen",
    choices.addresses.personen,
    found => addPerson(row, found),
    line => newPerson(row, line),
  )
  row.element.querySelector(".row__people").replaceChildren(...chips, box)
}

function showTowns(row) {
  const chips = row.towns.map((town, place) =>
    element(
      "button",
      {
        type: "button",
        class: "row__chip row__chip--town",
        "aria-label": `${town.name} entfernen`,
        onclick: () => {
          remember()
          row.towns.splice(place, 1)
          showTowns(row)
          row.element.querySelector(".row__towns input").focus()
          touched()
        },
      },
      `${town.name} ×`,
    ),
  )
  const box = combobox("Kommune hinzufügen", choices.addresses.kommunen, found => {
    if (row.towns.some(town => town.pk === found.pk)) return
    remember()
    row.towns.push({ pk: found.pk, name: found.label })
    showTowns(row)
    row.element.querySelector(".row__towns input").focus()
    touched()
  })
  row.element.querySelector(".row__towns").replaceChildren(...chips, box)
}

function choose(row) {
  current = row
  mark()
}

function mark() {
  rows.filter(row => row.element).forEach(row => row.element.classList.toggle("row--current", row === current))
}

function tell(sentence, kind = "", ...buttons) {
  const message = element(
    "div",
    { class: `desk__message ${kind && `desk__message--${kind}`}` },
    element("p", {}, sentence),
    ...buttons,
  )
  messages.replaceChildren(message)
}

const button = (label, onclick) => element("button", { type: "button", onclick }, label)

// --- Typing --------------------------------------------------------------------------------------------------------

function typed(row, target) {
  const name = target.dataset.name
  if (!name || name === "ends") return
  if (name === "duration") row.duration = target.value === "" ? null : Number(target.value)
  else row[name] = target.type === "checkbox" ? target.checked : target.value
  if (name === "duration") control(row, "ends").value = ending(row)
  touched()
}

// Writes a time out in full; what is none stays as it was typed.
function settle(row, target) {
  const time = target.value.trim() && readClock(target.value)
  if (time === null) target.setAttribute("aria-invalid", "true")
  else target.removeAttribute("aria-invalid")
  target.value = time ?? target.value
  if (target.dataset.name === "begins_at") row.begins_at = target.value
}

function changed(row, target) {
  const name = target.dataset.name
  if (CLOCKS.includes(name)) settle(row, target)
  if (name === "ends" && minutes(row.begins_at) !== null && minutes(target.value) !== null) {
    row.duration = (minutes(target.value) - minutes(row.begins_at) + 1440) % 1440
    control(row, "duration").value = row.duration
  }
  if (name === "begins_at") {
    offerShift(row, target.defaultValue, row.begins_at)
    target.defaultValue = row.begins_at
    control(row, "ends").value = ending(row)
  }
  // What a new row is can often be told from its title, until the editor says otherwise.
  if (name === "title" && row.title && !row.session && !row.element.dataset.isChosen)
    control(row, "kind").value = row.kind = guess(row.title)
  if (name === "kind") row.element.dataset.isChosen = true
  dress(row)
  touched()
}

// What follows on the same day may move along, but only if the editor says so.
function offerShift(row, before, after) {
  const difference = minutes(before) !== null && minutes(after) !== null ? minutes(after) - minutes(before) : 0
  const following = ofDay(dayOf(row))
    .slice(ofDay(dayOf(row)).indexOf(row) + 1)
    .filter(other => minutes(other.begins_at) !== null)
  if (!difference || !following.length) return
  const by = `${Math.abs(difference)} Minuten ${difference > 0 ? "später" : "früher"}`
  const many = following.length === 1 ? "Auch den folgenden Punkt" : `Auch die ${following.length} folgenden Punkte`
  tell(
    `${many} ${by} beginnen lassen?`,
    "question",
    button("Ja, verschieben", () => {
      remember()
      for (const other of following) {
        other.begins_at = clock((minutes(other.begins_at) + difference + 1440) % 1440)
        const begins = control(other, "begins_at")
        begins.value = begins.defaultValue = other.begins_at
        control(other, "ends").value = ending(other)
      }
      messages.replaceChildren()
      touched()
    }),
    button("Nein", () => messages.replaceChildren()),
  )
}

const TIMED = /^(\d{1,2})[.:](\d{2})(?:\s*(?:[-–—]|bis)\s*(\d{1,2})[.:](\d{2}))?(?:\s*Uhr)?[\s:|–-]*(.*)$/
// Several forums are their phase, unless something is told about them, such as „Ergebnisse aus den Praxisforen“.
const FORUMS =
  /^(?!.*(?:\baus\b|\bin die\b|ergebnis|bericht|vorstellung|auswertung|zusammenfassung).*foren).*foren(?:phase|runde|\b)/i
const GUESSES = [
  [/pause|\bmittag|imbiss|kaffee|ankommen|einlass/i, "break"],
  [FORUMS, "forum_phase"],
  [/forum/i, "forum"],
  [/workshop/i, "workshop"],
  [/begrüßung|grußwort|willkommen|eröffnung/i, "welcome"],
  [/diskussion|gespräch|podium/i, "discussion"],
  [/abschluss|verabschiedung|ausblick|\bende\b/i, "closing"],
]

const guess = title => GUESSES.find(([pattern]) => pattern.test(title))?.[1] ?? "talk"

function readLine(line) {
  const indent = /^(\t|\s{2,}|\s*[-•*–]\s)/.test(line) ? 1 : 0
  const text = line
    .replace(/^[\s\-•*–]+/, "")
    .replace(/\t+/g, " ")
    .trim()
  const [, hour, minute, endHour, endMinute, rest] = TIMED.exec(text) ?? []
  const isTime = hour !== undefined && hour < 24 && minute < 60
  const title = (isTime ? rest : text).slice(0, 250)
  const begins_at = isTime ? `${hour.padStart(2, "0")}:${minute}` : ""
  const ends =
    isTime && endHour !== undefined && endHour < 24 && endMinute < 60 ? Number(endHour) * 60 + Number(endMinute) : null
  const duration = ends === null ? null : (ends - minutes(begins_at) + 1440) % 1440
  return { title, begins_at, duration, kind: guess(title), indent }
}

function pasted(row, event) {
  const lines = event.clipboardData
    .getData("text/plain")
    .split(/\r?\n/)
    .filter(line => line.trim())
  if (lines.length < 2) return
  event.preventDefault()
  remember()
  const made = lines.map(line => emptyRow(readLine(line)))
  const place = rows.indexOf(row)
  const isEmpty = !row.title && !row.session && !row.people.length
  if (isDay(rows[isEmpty ? place - 1 : place])) made[0].indent = 0
  rows.splice(isEmpty ? place : place + 1, isEmpty ? 1 : 0, ...made)
  show()
  focusOn(made.at(-1))
  tell(`${made.length} Zeilen eingefügt. Bitte Art und Zeiten prüfen.`)
}

// --- Moving --------------------------------------------------------------------------------------------------------

function remember() {
  undone.push(JSON.stringify(rows, (key, value) => (key === "element" ? undefined : value)))
  if (undone.length > UNDONE_AT_MOST) undone.shift()
}

function focusOn(row, name = "title") {
  if (!row || isDay(row)) return
  current = row
  control(row, name).focus()
}

function moved(row, sentence) {
  const focused = document.activeElement
  show()
  if (row.element.contains(focused)) focused.focus()
  else focusOn(row)
  row.element.scrollIntoView({ block: "nearest" })
  stateText.textContent = sentence
}

const number = row => rows.filter(other => !isDay(other)).indexOf(row) + 1

const deeds = {
  insert() {
    remember()
    const last = rows.every(isDay) ? rows[0] : rows.at(-1)
    const after = current ? block(current).at(-1) : last
    const row = emptyRow({
      indent: current && !isDay(current) ? current.indent : 0,
      begins_at: current ? ending(current) : "",
    })
    rows.splice(rows.indexOf(current?.indent ? current : after) + 1, 0, row)
    show()
    focusOn(row)
  },
  up() {
    const part = block(current)
    const begin = rows.indexOf(current)
    let target = begin - 1
    if (target < 1 || (current.indent && !rows[target].indent)) return
    if (!current.indent) while (!isDay(rows[target]) && rows[target].indent) target--
    remember()
    rows.splice(begin, part.length)
    rows.splice(target, 0, ...part)
    moved(current, `Jetzt Zeile ${number(current)}.`)
  },
  down() {
    const part = block(current)
    const begin = rows.indexOf(current)
    const next = rows[begin + part.length]
    if (!next || (current.indent && (isDay(next) || !next.indent))) return
    const step = isDay(next) || current.indent ? 1 : block(next).length
    remember()
    rows.splice(begin, part.length)
    rows.splice(begin + step, 0, ...part)
    moved(current, `Jetzt Zeile ${number(current)}.`)
  },
  in() {
    const above = rows[rows.indexOf(current) - 1]
    if (current.indent || !above || isDay(above)) return tell("Einrücken geht nur unter einem anderen Punkt.")
    remember()
    block(current).forEach(row => (row.indent = 1))
    current.is_parallel = false
    control(current, "is_parallel").checked = false
    moved(current, `Unterpunkt von Zeile ${number(rows.slice(0, rows.indexOf(current)).findLast(row => !row.indent))}.`)
  },
  out() {
    if (!current.indent) return
    remember()
    current.indent = 0
    moved(current, "Kein Unterpunkt mehr.")
  },
  copy() {
    remember()
    const { element: _element, ...values } = current
    const copy = emptyRow({
      ...structuredClone(values),
      session: null,
      seen: "",
      name: "",
      people: values.people.map(person => ({ ...person, appearance: null })),
    })
    rows.splice(rows.indexOf(block(current).at(-1)) + 1, 0, copy)
    show()
    focusOn(copy)
  },
  remove() {
    remember()
    const part = block(current)
    const place = rows.indexOf(current)
    rows.splice(place, part.length)
    const next = rows.slice(place).find(row => !isDay(row)) ?? rows.slice(0, place).findLast(row => !isDay(row))
    const what = part.length > 1 ? `„${named(current)}“ mit ${part.length - 1} Unterpunkten` : `„${named(current)}“`
    current = null
    show()
    focusOn(next)
    tell(`Aus dem Programm genommen: ${what}.`, "", button("Rückgängig", deeds.undo))
  },
  undo() {
    if (!undone.length) return
    rows = JSON.parse(undone.pop())
    current = null
    show()
    messages.replaceChildren()
    stateText.textContent = "Rückgängig gemacht."
  },
  save,
}

function run(deed) {
  const isAlone = ["insert", "undo", "save"].includes(deed)
  if (!isAlone && !(current && rows.includes(current))) return tell("Bitte zuerst in eine Zeile gehen.")
  deeds[deed]()
}

desk.querySelector(".desk__bar").addEventListener("click", event => {
  const deed = event.target.closest("[data-do]")?.dataset.do
  if (deed) run(deed)
})

const KEYS = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
  d: "copy",
  Delete: "remove",
  z: "undo",
}
const COMMANDS = { Enter: "insert", s: "save" }

document.addEventListener("keydown", event => {
  if (dialog.open) return
  const isCommand = event.ctrlKey || event.metaKey
  const deed = isCommand ? COMMANDS[event.key] : event.altKey && KEYS[event.key]
  if (!deed) return
  event.preventDefault()
  run(deed)
})

// By mouse: a row is dropped before the row under the pointer, with all that stands under it.
let lifted = null

function dragged(row, event) {
  lifted = row
  event.dataTransfer.effectAllowed = "move"
  event.dataTransfer.setDragImage(row.element, 10, 10)
}

const rowUnder = event => rows.find(row => row.element === event.target.closest?.(".row, .desk__day"))

list.addEventListener("dragover", event => {
  if (!lifted || !rowUnder(event)) return
  event.preventDefault()
  list.querySelector(".row--target")?.classList.remove("row--target")
  rowUnder(event).element.classList.add("row--target")
})

list.addEventListener("drop", event => {
  const target = rowUnder(event)
  list.querySelector(".row--target")?.classList.remove("row--target")
  if (!lifted || !target || block(lifted).includes(target)) return
  event.preventDefault()
  remember()
  const part = block(lifted)
  rows.splice(rows.indexOf(lifted), part.length)
  rows.splice(rows.indexOf(target) + (isDay(target) ? 1 : 0), 0, ...part)
  const above = rows[rows.indexOf(lifted) - 1]
  if (part.length === 1) lifted.indent = isDay(above) || isDay(target) ? 0 : target.indent
  else if (target.indent) part.forEach(row => (row.indent = 1))
  moved(lifted, `Jetzt Zeile ${number(lifted)}.`)
  lifted = null
})

// --- People --------------------------------------------------------------------------------------------------------

const PERSON = [
  ["academic_title", "Titel", 60],
  ["first_name", "Vorname", 100],
  ["last_name", "Nachname", 100],
  ["unit", "Abteilung oder Lehrstuhl", 200],
  ["organisation", "Einrichtung", 200],
  ["place", "Ort", 100],
]

function addPerson(row, found) {
  const { label, hint, ...person } = found
  remember()
  row.people.push({ appearance: null, role: row.kind === "welcome" ? "welcome" : "talk", ...person })
  showPeople(row)
  row.element.querySelector(".row__people input").focus()
  touched()
}

async function newPerson(row, line) {
  const answer = await fetch(`${choices.addresses.namen}?q=${encodeURIComponent(line)}`).catch(() => null)
  const parts = answer?.ok && !answer.redirected ? await answer.json() : { last_name: line }
  const person = {
    appearance: null,
    speaker: null,
    role: row.kind === "welcome" ? "welcome" : "talk",
    academic_title: "",
    first_name: "",
    last_name: "",
    unit: "",
    organisation: "",
    place: "",
    ...parts,
  }
  askPerson(person, "Neue Person: stimmt das so?", result => {
    if (!result || result === "remove") return
    remember()
    row.people.push(result)
    finishPeople(row)
  })
}

function editPerson(row, place) {
  askPerson(row.people[place], "So wird die Person bei diesem Beitrag genannt.", result => {
    if (!result) return
    remember()
    row.people.splice(place, 1, ...(result === "remove" ? [] : [result]))
    finishPeople(row)
  })
}

function finishPeople(row) {
  showPeople(row)
  row.element.querySelector(".row__people input").focus()
  touched()
}

function askPerson(person, hint, done) {
  const fields = PERSON.map(([name, label, most]) => {
    const isFixed = person.speaker && (name === "first_name" || name === "last_name")
    return element(
      "label",
      {},
      element("span", {}, label),
      element("input", {
        name,
        maxlength: most,
        value: person[name],
        readonly: isFixed,
        required: name === "last_name",
      }),
    )
  })
  const role = element(
    "label",
    {},
    element("span", {}, "Rolle"),
    element("select", { name: "role" }, ...options(choices.roles, person.role)),
  )
  dialog.querySelector(".desk__hint").textContent = hint
  dialog.querySelector(".desk__fields").replaceChildren(...fields, role)
  dialog.returnValue = "cancel"
  dialog.onclose = () => {
    const given = Object.fromEntries(new FormData(dialog.querySelector("form")))
    const answers = { ok: { ...person, ...given }, remove: "remove" }
    done(answers[dialog.returnValue] ?? null)
  }
  dialog.showModal()
}

// --- A text field that suggests (ARIA Authoring Practices: editable combobox with list autocomplete) ------------------

const STEPS = { ArrowDown: 1, ArrowUp: -1 }

function combobox(label, address, pick, create = null) {
  const id = `suggestions-${++counter}`
  const input = element("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": id,
    "aria-label": label,
    placeholder: `+ ${label.split(" ")[0]}`,
    autocomplete: "off",
    maxlength: 300,
  })
  const found = element("ul", { id, role: "listbox", class: "row__suggestions", "aria-label": label, hidden: true })
  const box = element("span", { class: "row__combobox" }, input, found)
  let offered = []
  let active = -1
  let questions = 0
  let timer

  const close = () => {
    found.hidden = true
    active = -1
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
  }
  const point = place => {
    active = place
    found.querySelectorAll("li").forEach((item, other) => item.setAttribute("aria-selected", String(other === place)))
    if (place >= 0) input.setAttribute("aria-activedescendant", `${id}-${place}`)
  }
  const take = chosen => {
    if (!chosen) return
    input.value = ""
    close()
    if (chosen.create) create(chosen.create)
    else pick(chosen)
  }
  const offer = answers => {
    const text = input.value.trim()
    offered = create && text ? [...answers, { create: text, label: `Neu anlegen: ${text}`, hint: "" }] : answers
    found.replaceChildren(
      ...offered.map((each, place) =>
        element(
          "li",
          {
            role: "option",
            id: `${id}-${place}`,
            "aria-selected": "false",
            onmousedown: event => {
              event.preventDefault()
              take(each)
            },
          },
          each.label,
          element("small", {}, each.hint),
        ),
      ),
    )
    found.hidden = !offered.length
    input.setAttribute("aria-expanded", String(Boolean(offered.length)))
    point(offered.length && text ? 0 : -1)
  }
  const ask = async () => {
    const turn = ++questions
    const answer = await fetch(`${address}?q=${encodeURIComponent(input.value.trim())}`).catch(() => null)
    const answers = answer?.ok && !answer.redirected ? (await answer.json()).found : []
    if (turn === questions && input.value.trim()) offer(answers)
  }
  input.addEventListener("input", event => {
    event.stopPropagation()
    clearTimeout(timer)
    questions++
    if (input.value.trim()) timer = setTimeout(ask, 150)
    else close()
  })
  const step = by => point((active + by + offered.length) % offered.length)
  const enter = () => {
    if (!found.hidden && active >= 0) take(offered[active])
    else if (create && input.value.trim()) take({ create: input.value.trim() })
  }
  input.addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const isOpen = offered.length && !found.hidden
    if (event.key === "Escape") close()
    else if (event.key === "Enter" || (isOpen && event.key in STEPS)) {
      event.preventDefault()
      if (event.key === "Enter") enter()
      else step(STEPS[event.key])
    }
  })
  input.addEventListener("blur", () => setTimeout(close, 150))
  return box
}

// --- Overlaps and gaps: the server reckons them, as it does for the release --------------------------------------------

let clashes = new WeakMap()
let asked = 0

// What cannot be read is said at once; where there is no answer the server's sentences stay as they were.
async function askForClashes() {
  showNotes()
  const turn = ++asked
  const those = rows.filter(row => !isDay(row))
  const answer = await send(choices.addresses.hinweise, `{"rows": ${content()}}`)
  const found = answer?.ok && !answer.redirected ? await answer.json().catch(() => null) : null
  if (!found || turn !== asked) return
  clashes = new WeakMap(those.map((row, place) => [row, found.clashes[place]]))
  showNotes()
}

function showNotes() {
  rows
    .filter(row => !isDay(row))
    .forEach((row, place) => {
      const times = misread(row).map(
        target => `${target.previousElementSibling.textContent}: ${choices.clock.unreadable}`,
      )
      const lines = [
        ...[...times, ...(problems[place] ?? [])].map(text => ["error", text]),
        ...(clashes.get(row) ?? []).map(text => ["hint", text]),
      ]
      row.element
        .querySelector(".row__notes")
        .replaceChildren(...lines.map(([kind, text]) => element("p", { class: `row__note row__note--${kind}` }, text)))
    })
}

// --- Keeping and saving -----------------------------------------------------------------------------------------------

const content = () => JSON.stringify(plainRows())
let keeping, noting

function touched() {
  clearTimeout(keeping)
  clearTimeout(noting)
  keeping = setTimeout(keep, 250)
  noting = setTimeout(askForClashes, 400)
  const isChanged = content() !== saved
  if (!isSaving) stateText.textContent = isChanged ? "Noch nicht gespeichert" : "Gespeichert"
}

function keep() {
  try {
    if (content() === saved) localStorage.removeItem(KEPT)
    else localStorage.setItem(KEPT, JSON.stringify({ seen_at: stored.seen_at, rows: plainRows(), at: Date.now() }))
  } catch {
    // Without storage the page itself still holds everything.
  }
}

async function save() {
  if (isSaving || !areTimesRead()) return
  isSaving = true
  keep()
  stateText.textContent = "Speichert …"
  const sent = content()
  const keys = rows.filter(row => !isDay(row)).map(row => row.key)
  let answer = await post(sent)
  if (answer?.status === 403 || answer?.redirected) {
    // Somebody may have signed in again in another window: then there is a new token.
    const fresh = await fetch(choices.addresses.zeilen).catch(() => null)
    const state = fresh?.ok && !fresh.redirected ? await fresh.json().catch(() => null) : null
    if (state) {
      token = state.token
      answer = await post(sent)
    }
  }
  isSaving = false
  await finish(answer, sent, keys)
}

// What the field that one is in still holds counts as well.
function areTimesRead() {
  const active = document.activeElement
  const mine = rows.filter(row => !isDay(row))
  if (CLOCKS.includes(active.dataset.name) && current) changed(current, active)
  mine.forEach(row => CLOCKS.forEach(name => settle(row, control(row, name))))
  const wrong = mine.filter(row => misread(row).length)
  if (!wrong.length) return true
  keep()
  showNotes()
  tell(`Noch nicht gespeichert. Bitte berichtigen: Zeile ${wrong.map(number).join(", ")}.`, "error")
  misread(wrong[0])[0].focus()
  return false
}

const post = sent => send(choices.addresses.zeilen, `{"seen_at": ${JSON.stringify(stored.seen_at)}, "rows": ${sent}}`)

const send = (address, body) =>
  fetch(address, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body }).catch(
    () => null,
  )

async function finish(answer, sent, keys) {
  stateText.textContent = "Noch nicht gespeichert"
  if (!answer || answer.status >= 500) {
    unanswered.push({ keys, essence: essence(JSON.parse(sent)) })
    return tell(
      "Der Server antwortet gerade nicht. Ihre Eingaben sind auf diesem Gerät gesichert; bitte gleich noch einmal speichern.",
      "error",
    )
  }
  if (answer.redirected || answer.status === 403)
    return tell(
      "Ihre Anmeldung ist abgelaufen. Hier geht nichts verloren:",
      "error",
      element("a", { href: choices.login, target: "_blank" }, "In neuem Fenster anmelden"),
      " und danach noch einmal speichern.",
    )
  const told = await answer.json().catch(() => null)
  if (answer.status === 409) return findUnanswered(told.state) ? save() : offerOverwriting(told.state)
  if (answer.status === 422) {
    problems = told.errors
    showNotes()
    const general = problems[-1] ?? []
    const places = Object.keys(problems)
      .filter(place => place >= 0)
      .map(place => Number(place) + 1)
    tell(
      [
        "Noch nicht gespeichert.",
        ...general,
        places.length ? `Bitte berichtigen: Zeile ${places.join(", ")}.` : "",
      ].join(" "),
      "error",
    )
    return focusOn(rows.filter(row => !isDay(row))[places[0] - 1])
  }
  if (!answer.ok) return tell("Das ist nicht gelungen. Ihre Eingaben sind auf diesem Gerät gesichert.", "error")
  problems = {}
  unanswered = []
  const isUnchanged = content() === sent
  accept(told, keys, isUnchanged)
  if (isUnchanged) tell("Gespeichert. Öffentlich wird es mit der Freigabe.", "success")
  else tell("Gespeichert. Was Sie währenddessen geändert haben, noch nicht: Bitte gleich noch einmal speichern.")
}

// Takes over what the server stored: keys of new contributions, marks, the new moment. What was typed meanwhile stays.
function accept(state, keys, isUnchanged) {
  stored = state
  token = state.token
  saved = JSON.stringify(state.rows.map(row => plain(emptyRow(row))))
  adopt(keys, state.rows)
  if (isUnchanged) load(state.rows, keys)
  showUnplaced()
  touched()
}

// Rows that were sent, here and in what can be undone, learn what they are on the server: they are never made twice.
function adopt(keys, storedRows) {
  const known = new Map(keys.map((key, place) => [key, storedRows[place]]))
  const learn = row => known.has(row.key) && become(row, known.get(row.key))
  rows.forEach(learn)
  rows.filter(row => !isDay(row)).forEach(dress)
  undone = undone.map(text => {
    const before = JSON.parse(text)
    before.forEach(learn)
    return JSON.stringify(before)
  })
}

function become(row, known) {
  Object.assign(row, { session: known.session, seen: known.seen })
  for (const person of row.people) {
    const same = person.appearance ? null : known.people.find(other => fullName(other) === fullName(person))
    if (same) Object.assign(person, { appearance: same.appearance, speaker: same.speaker })
  }
}

const about = row => [
  row.kind,
  row.title.trim(),
  row.people.map(person => [fullName(person), person.role, person.unit, person.organisation, person.place]),
]
const essence = values =>
  JSON.stringify(
    values.map(row => [
      about(row),
      row.indent,
      row.is_parallel,
      row.day,
      row.begins_at,
      row.duration,
      row.day_part.trim(),
      row.room.trim(),
      row.status,
      row.towns.map(town => town.pk).sort(),
    ]),
  )

// Whether what is stored is what was sent from here, only that the answer got lost.
function findUnanswered(state) {
  const sent = unanswered.find(attempt => attempt.essence === essence(state.rows))
  if (!sent) return false
  unanswered = []
  stored = state
  token = state.token
  adopt(sent.keys, state.rows)
  return true
}

// New rows become the contributions that read the same and stand in no other row.
function reunite(mine, state) {
  const taken = new Set(mine.map(row => row.session))
  const free = [...state.rows, ...state.unplaced].filter(row => row.session && !taken.has(row.session))
  for (const row of mine.filter(other => !isDay(other) && !other.session)) {
    const place = free.findIndex(other => JSON.stringify(about(other)) === JSON.stringify(about(row)))
    if (place >= 0) become(row, free.splice(place, 1)[0])
  }
}

const plain = ({ key, ...values }) => values

function offerOverwriting(state) {
  tell(
    "Jemand anderes hat das Programm inzwischen gespeichert. Ihre Eingaben stehen noch hier.",
    "error",
    element("a", { href: location.href, target: "_blank" }, "Andere Fassung ansehen"),
    button("Trotzdem meine speichern", async () => {
      stored.seen_at = state.seen_at
      token = state.token
      const marks = new Map([...state.rows, ...state.unplaced].map(row => [row.session, row.seen]))
      rows.filter(row => row.session).forEach(row => (row.seen = marks.get(row.session) ?? row.seen))
      reunite(rows, state)
      messages.replaceChildren()
      await save()
    }),
    button("Meine verwerfen und neu laden", () => {
      localStorage.removeItem(KEPT)
      saved = content()
      location.reload()
    }),
  )
}

// --- Beginning --------------------------------------------------------------------------------------------------------

function load(values, keys = []) {
  const focused = current && rows.includes(current) ? number(current) : 0
  const name = document.activeElement?.dataset?.name
  rows = withDays(values)
  rows.filter(row => !isDay(row)).forEach((row, place) => (row.key = keys[place] ?? row.key))
  current = null
  show()
  if (focused && name) focusOn(rows.filter(row => !isDay(row))[focused - 1], name)
}

function showUnplaced() {
  const part = desk.querySelector(".desk__unplaced")
  part.hidden = !stored.unplaced.length
  part.querySelector("ul").replaceChildren(
    ...stored.unplaced.map(waiting =>
      element(
        "li",
        {},
        `${named(waiting)} `,
        button("Ins Programm", () => {
          remember()
          const row = emptyRow(waiting)
          rows.push(row)
          stored.unplaced = stored.unplaced.filter(other => other.session !== waiting.session)
          showUnplaced()
          show()
          focusOn(row)
        }),
      ),
    ),
  )
}

function offerKept() {
  let kept = null
  try {
    kept = JSON.parse(localStorage.getItem(KEPT))
  } catch {
    return
  }
  if (!kept?.rows || essence(kept.rows) === essence(stored.rows)) return
  const when = new Date(kept.at).toLocaleString("de-DE", { dateStyle: "medium", timeStyle: "short" })
  const isOlder = kept.seen_at !== stored.seen_at ? " Seitdem hat jemand das Programm gespeichert." : ""
  tell(
    `Auf diesem Gerät liegen Eingaben vom ${when}, die nicht gespeichert wurden.${isOlder}`,
    "question",
    button("Wiederherstellen", () => {
      remember()
      if (kept.seen_at !== stored.seen_at) reunite(kept.rows, stored)
      stored.seen_at = kept.seen_at
      load(kept.rows)
      tell("Wiederhergestellt. Bitte speichern.")
    }),
    button("Verwerfen", () => {
      localStorage.removeItem(KEPT)
      messages.replaceChildren()
      touched()
    }),
  )
  return true
}

addEventListener("beforeunload", event => {
  keep()
  if (content() !== saved) event.preventDefault()
})

desk.querySelector(".desk__bar").hidden = false
rows = withDays(stored.rows)
saved = content()
const isKept = offerKept()
show()
if (isKept) clearTimeout(keeping)
showUnplaced()
