import { element } from "./dom.js"
import { messages, status } from "./page.js"

/** Replaces the message above the rows, and returns its element; `kind` is "question", "error", "success" or nothing. */
export function showMessage(sentence, kind = "", ...buttons) {
  const message = element(
    "div",
    { class: `programme-editor__message ${kind && `programme-editor__message--${kind}`}` },
    element("p", {}, sentence),
    ...buttons,
  )
  messages.replaceChildren(message)
  return message
}

export const clearMessages = () => messages.replaceChildren()

export const setStatus = sentence => {
  status.textContent = sentence
}
