// Recognises rows in what the server has stored, so that no session and no appearance is created twice.

import { fullName } from "./rows.js"

const sessionValues = row => [
  row.kind,
  row.title.trim(),
  row.appearances.map(appearance => [
    fullName(appearance),
    appearance.role,
    appearance.unit,
    appearance.organisation,
    appearance.place,
  ]),
]

/** Equal for rows with equal values, whether or not the server has already given them their numbers. */
export const fingerprint = rows =>
  JSON.stringify(
    rows.map(row => [
      sessionValues(row),
      row.indent,
      row.is_parallel,
      row.day,
      row.begins_at,
      row.duration,
      row.day_part.trim(),
      row.room.trim(),
      row.status,
      row.municipalities.map(municipality => municipality.pk).sort(),
    ]),
  )

/** Gives `row` the session, and its new people the appearances, of the `stored` row. */
export function takeIdentity(row, stored) {
  Object.assign(row, { session: stored.session, seen: stored.seen })
  for (const appearance of row.appearances) {
    const same = appearance.pk ? null : stored.appearances.find(other => fullName(other) === fullName(appearance))
    if (same) Object.assign(appearance, { pk: same.pk, speaker: same.speaker })
  }
}

/** Gives each new row among `rows` the stored session with the same values that is in none of them. */
export function matchNewRows(rows, state) {
  const taken = new Set(rows.map(row => row.session))
  const free = storedRows(state).filter(row => row.session && !taken.has(row.session))
  for (const row of rows.filter(other => !other.session)) {
    const values = JSON.stringify(sessionValues(row))
    const place = free.findIndex(other => JSON.stringify(sessionValues(other)) === values)
    if (place >= 0) takeIdentity(row, free.splice(place, 1)[0])
  }
}

/** Marks the sessions of `rows` as read in their present version, so that saving overwrites it. */
export function takeMarks(rows, state) {
  const marks = new Map(storedRows(state).map(row => [row.session, row.seen]))
  for (const row of rows.filter(other => other.session)) row.seen = marks.get(row.session) ?? row.seen
}

const storedRows = state => [...state.rows, ...state.unplaced]
