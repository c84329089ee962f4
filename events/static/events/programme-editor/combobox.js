// A text field with suggestions (ARIA Authoring Practices: editable combobox with list autocomplete).

import { element } from "./dom.js"
import { Suggestions } from "./suggestions.js"
import { debounce, latest } from "./timers.js"

const STEPS = { ArrowDown: 1, ArrowUp: -1 }
const TYPING_PAUSE = 150

/**
 * `search` promises suggestions, `{ label, hint, … }`, for a text; `pick` is called with the chosen one, or `create`,
 * where given, with a text for which something new shall be made.
 */
export function combobox({ id, label, search, pick, create }) {
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
  const listbox = element("ul", { id, role: "listbox", class: "row__suggestions", "aria-label": label, hidden: true })
  const suggestions = new Suggestions(Boolean(create))
  const typed = () => input.value.trim()

  const close = () => {
    listbox.hidden = true
    suggestions.deactivate()
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
  }
  const markActive = () => {
    const { active } = suggestions
    listbox
      .querySelectorAll("li")
      .forEach((item, place) => item.setAttribute("aria-selected", String(place === active)))
    if (active >= 0) input.setAttribute("aria-activedescendant", `${id}-${active}`)
  }
  const take = chosen => {
    if (!chosen) return
    input.value = ""
    close()
    if (chosen.create) create(chosen.create)
    else pick(chosen)
  }
  const option = (suggestion, place) =>
    element(
      "li",
      {
        role: "option",
        id: `${id}-${place}`,
        "aria-selected": "false",
        onmousedown: event => {
          event.preventDefault()
          take(suggestion)
        },
      },
      suggestion.label,
      element("small", {}, suggestion.hint),
    )
  let offeredFor = ""
  const offer = found => {
    offeredFor = typed()
    suggestions.offer(found, offeredFor)
    const { offered } = suggestions
    listbox.replaceChildren(...offered.map(option))
    listbox.hidden = !offered.length
    input.setAttribute("aria-expanded", String(Boolean(offered.length)))
    markActive()
  }
  const searchLatest = latest(search)
  const ask = async () => {
    const found = await searchLatest(typed())
    if (found && typed()) offer(found)
  }
  const askSoon = debounce(ask, TYPING_PAUSE)
  // Suggestions for a text that was typed on are never taken: those for the whole text are asked for first.
  const takeOfWholeText = async () => {
    if (offeredFor !== typed()) {
      askSoon.cancel()
      await ask().catch(() => undefined)
      if (offeredFor !== typed()) suggestions.deactivate()
    }
    take(suggestions.chosen(typed()))
  }

  input.addEventListener("input", event => {
    event.stopPropagation()
    askSoon.cancel()
    searchLatest.cancel()
    if (typed()) askSoon()
    else close()
  })
  input.addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const isOpen = suggestions.offered.length && !listbox.hidden
    if (event.key === "Escape") close()
    else if (event.key === "Enter" || (isOpen && event.key in STEPS)) {
      event.preventDefault()
      if (event.key === "Enter") return takeOfWholeText()
      suggestions.step(STEPS[event.key])
      markActive()
    }
  })
  input.addEventListener("blur", () => setTimeout(close, TYPING_PAUSE))
  return element("span", { class: "row__combobox" }, input, listbox)
}
