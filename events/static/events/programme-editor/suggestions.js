// Which suggestions a combobox offers and which of them is active.

export class Suggestions {
  #mayCreate
  #offered = []
  #active = -1

  /** With `mayCreate` the last suggestion is to create what was typed. */
  constructor(mayCreate) {
    this.#mayCreate = mayCreate
  }

  get offered() {
    return this.#offered
  }

  /** The index of the active suggestion; -1 if there is none. */
  get active() {
    return this.#active
  }

  /** Offers what was found for `text`; the first suggestion becomes active. */
  offer(found, text) {
    const creation = { create: text, label: `Neu anlegen: ${text}`, hint: "" }
    this.#offered = this.#mayCreate && text ? [...found, creation] : found
    this.#active = this.#offered.length && text ? 0 : -1
  }

  /** Makes the next (1) or the previous (-1) suggestion active, from the last on to the first. */
  step(by) {
    this.#active = (this.#active + by + this.#offered.length) % this.#offered.length
  }

  deactivate() {
    this.#active = -1
  }

  /** What Enter takes: the active suggestion, else the creation of `text` where that is allowed, else undefined. */
  chosen(text) {
    if (this.#active >= 0) return this.#offered[this.#active]
    return this.#mayCreate && text ? { create: text } : undefined
  }
}
