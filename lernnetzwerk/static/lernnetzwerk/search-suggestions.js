// Suggestions while typing into a search box, as `data-suggestions` names their address (ARIA Authoring Practices:
// editable combobox with list autocomplete). Without scripts the box works as before.
const PAUSE = 150 // milliseconds after the last key
const LEAST = 2 // characters
const STEPS = { ArrowDown: 1, ArrowUp: -1 }

function element(name, attributes, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

class Box {
  #found = []
  #active = -1
  #asked
  #timer

  constructor(input) {
    this.input = input
    this.id = `${input.id}-vorschlaege`
    this.list = element("ul", { id: this.id, role: "listbox", class: "suggestions", "aria-label": "Vorschläge" })
    this.list.hidden = true
    this.status = element("p", { role: "status", class: "kern-sr-only" })
    input.closest("form").append(this.list, this.status)
    for (const [name, value] of Object.entries({ autocomplete: "list", controls: this.id, expanded: "false" }))
      input.setAttribute(`aria-${name}`, value)
    input.setAttribute("role", "combobox")
    input.addEventListener("input", () => this.#askSoon())
    input.addEventListener("keydown", event => this.#press(event))
    input.addEventListener("blur", () => this.close())
  }

  close() {
    this.#asked?.abort()
    clearTimeout(this.#timer)
    this.#show([])
    this.status.textContent = ""
  }

  #askSoon() {
    this.#asked?.abort()
    clearTimeout(this.#timer)
    const text = this.input.value.trim()
    if (text.length < LEAST) this.close()
    else this.#timer = setTimeout(() => this.#ask(text), PAUSE)
  }

  async #ask(text) {
    this.#asked = new AbortController()
    try {
      const address = `${this.input.dataset.suggestions}?q=${encodeURIComponent(text)}`
      const answer = await fetch(address, { signal: this.#asked.signal })
      if (answer.ok) this.#offer((await answer.json()).suggestions)
    } catch {
      // Asked again meanwhile, or offline: the search itself still works.
    }
  }

  #offer(found) {
    this.#show(found)
    if (found.length) this.status.textContent = found.length === 1 ? "1 Vorschlag" : `${found.length} Vorschläge`
  }

  #show(found) {
    this.#found = found
    this.#active = -1
    this.list.replaceChildren(...found.map((one, place) => this.#option(one, place)))
    this.list.hidden = !found.length
    this.input.setAttribute("aria-expanded", String(Boolean(found.length)))
    this.input.removeAttribute("aria-activedescendant")
  }

  #option({ title, label, address }, place) {
    const kind = element("span", { class: "suggestions__kind" }, label)
    const option = element(
      "li",
      { id: `${this.id}-${place}`, role: "option", "aria-selected": "false" },
      title,
      " ",
      kind,
    )
    option.addEventListener("pointerdown", event => event.preventDefault()) // the box keeps the focus
    option.addEventListener("click", () => location.assign(address))
    return option
  }

  #press(event) {
    if (event.key in STEPS && this.#found.length) {
      event.preventDefault()
      this.#step(STEPS[event.key])
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault()
      location.assign(this.#found[this.#active].address)
    } else if (event.key === "Escape" && this.#found.length) {
      event.preventDefault()
      this.close()
    }
  }

  // The box itself is one of the places, so that one comes back to the words as typed.
  #step(by) {
    const places = this.#found.length + 1
    this.#active = ((this.#active + 1 + by + places) % places) - 1
    const options = [...this.list.children]
    for (const [place, option] of options.entries())
      option.setAttribute("aria-selected", String(place === this.#active))
    const active = options[this.#active]
    if (active) this.input.setAttribute("aria-activedescendant", active.id)
    else this.input.removeAttribute("aria-activedescendant")
    active?.scrollIntoView({ block: "nearest" })
  }
}

for (const input of document.querySelectorAll("[data-suggestions]")) new Box(input)
