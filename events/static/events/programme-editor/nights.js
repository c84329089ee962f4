// Ends before their begin: whether the item goes beyond midnight is asked, and nothing is taken over without an answer.

import { durationBetween, toMinutes } from "./times.js"

const asked = new WeakMap()

/** The question about an `end` that is before the begin of `row`; "" where there is nothing to ask. */
export function nightQuestion(row, end) {
  const [begin, until] = [toMinutes(row.begins_at), toMinutes(end)]
  return begin !== null && until !== null && until < begin
    ? `Ende ${end} liegt vor ${row.begins_at}. Geht der Punkt über Mitternacht?`
    : ""
}

/** The question about `row` that has no answer yet; "" where there is none. */
export const openQuestion = row => asked.get(row) ?? ""

export const ask = (row, question) => asked.set(row, question)

export const settle = row => asked.delete(row)

/** Answers with yes: the item lasts until `end` on the next day. */
export function goOnUntil(row, end) {
  settle(row)
  row.duration = durationBetween(toMinutes(row.begins_at), toMinutes(end))
}
