// Requests to the administration: events/administration/programme_editor/admin.py.

const readJson = response => response.json().catch(() => null)

const LONGEST_WAIT = 10_000

/** No method rejects: what could not be asked or read is null, an empty list, or the outcome "unanswered". */
export class Server {
  #addresses
  #token

  constructor(addresses, token) {
    this.#addresses = addresses
    this.#token = token
  }

  /** Takes the token of a state that the server has sent. */
  useToken({ token }) {
    this.#token = token
  }

  /**
   * Saves the whole programme, `content`, in place of the version of the moment `seenAt`: `{ outcome, data }`.
   * "saved" has the new state as its data, "conflict" `{ state }`, "refused" `{ errors }`; the others, "signed out",
   * "unanswered" and "failed", have none.
   */
  async save(seenAt, content) {
    const body = `{"seen_at": ${JSON.stringify(seenAt)}, "rows": ${content}}`
    let response = await this.#post(this.#addresses.zeilen, body)
    if (isSignedOut(response) && (await this.#renewToken())) response = await this.#post(this.#addresses.zeilen, body)
    return readOutcome(response)
  }

  /** Sentences about overlaps and gaps by the row's place from 0; null where there is no answer. */
  async findOverlaps(content) {
    const response = await this.#post(this.#addresses.hinweise, `{"rows": ${content}}`)
    return (await readExpected(response))?.warnings ?? null
  }

  findPeople(text) {
    return this.#find(this.#addresses.personen, text)
  }

  findTowns(text) {
    return this.#find(this.#addresses.kommunen, text)
  }

  /** The parts of a line about a person, such as `last_name`; null where there is no answer. */
  parsePerson(line) {
    return this.#get(this.#addresses.namen, line)
  }

  /** What the fragments of a pasted programme, `{ people, municipalities }`, name: the same lists with answers, or null. */
  async match(fragments) {
    const signal = AbortSignal.timeout(LONGEST_WAIT)
    const response = await this.#post(this.#addresses.abgleich, JSON.stringify(fragments), { signal })
    return readExpected(response)
  }

  async #find(address, text) {
    return (await this.#get(address, text))?.found ?? []
  }

  async #get(address, text) {
    return readExpected(await fetch(`${address}?q=${encodeURIComponent(text)}`).catch(() => null))
  }

  #post(address, body, options = {}) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.#token }
    return fetch(address, { method: "POST", headers, body, ...options }).catch(() => null)
  }

  // Somebody may have signed in again in another window: then there is a new token.
  async #renewToken() {
    const state = await readExpected(await fetch(this.#addresses.zeilen).catch(() => null))
    if (!state?.token) return false
    this.useToken(state)
    return true
  }
}

const isSignedOut = response => response?.status === 403 || response?.redirected

const readExpected = response => (response?.ok && !response.redirected ? readJson(response) : null)

const OUTCOMES = { 409: "conflict", 422: "refused" }

async function readOutcome(response) {
  if (!response || response.status >= 500) return { outcome: "unanswered" }
  if (isSignedOut(response)) return { outcome: "signed out" }
  const outcome = response.ok ? "saved" : OUTCOMES[response.status]
  if (!outcome) return { outcome: "failed" }
  // A page in place of JSON comes from a proxy: nobody knows what the server has done.
  const data = await readJson(response)
  return data ? { outcome, data } : { outcome: "unanswered" }
}
