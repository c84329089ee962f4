// What is known of the stored programme, and which attempts to save it were never answered.

import { fingerprint } from "./reconciliation.js"
import { contentOf } from "./rows.js"

export class SaveRecord {
  isSaving = false
  /** Sentences about the rows that were refused last, by the row's place from 0; -1 for the whole programme. */
  errors = {}
  #stored
  #content = ""
  #unanswered = []

  /** `stored` is the server's state: `{ seen_at, rows, unplaced, token }`. */
  constructor(stored) {
    this.#stored = stored
  }

  /** The moment of the version that the next save replaces. */
  get seenAt() {
    return this.#stored.seen_at
  }

  get rows() {
    return this.#stored.rows
  }

  get unplaced() {
    return this.#stored.unplaced
  }

  isSaved(content) {
    return content === this.#content
  }

  /** This content counts as saved: it has just been loaded, or is given up. */
  markSaved(content) {
    this.#content = content
  }

  /** The next save replaces the version of that moment. */
  basedOn(seenAt) {
    this.#stored.seen_at = seenAt
  }

  place(session) {
    this.#stored.unplaced = this.#stored.unplaced.filter(row => row.session !== session)
  }

  /** A save succeeded. */
  accept(state) {
    this.errors = {}
    this.#unanswered = []
    this.#stored = state
    this.#content = contentOf(state.rows)
  }

  /** Nobody knows whether this attempt was stored. */
  addUnanswered(keys, rows) {
    this.#unanswered.push({ keys, fingerprint: fingerprint(rows) })
  }

  /** The keys of the rows of the unanswered attempt that `state` turns out to be; null if it is none. */
  recogniseUnanswered(state) {
    const stored = fingerprint(state.rows)
    const attempt = this.#unanswered.find(sent => sent.fingerprint === stored)
    if (!attempt) return null
    this.#unanswered = []
    this.#stored = state
    return attempt.keys
  }
}
