// Times of day as text, "HH:MM", and as minutes since midnight.

const DAY = 24 * 60
const COMPLETE = /^\d\d:\d\d$/

/** Minutes since midnight; null for what is not, or not yet, a complete time. */
export const toMinutes = time => (COMPLETE.test(time) ? Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) : null)

export const toTime = minutes =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map(part => String(part).padStart(2, "0")).join(":")

/** Minutes from `begin` to `end`, which is on the next day where it is earlier. */
export const durationBetween = (begin, end) => (end - begin + DAY) % DAY

export const shiftTime = (time, minutes) => toTime((toMinutes(time) + minutes + DAY) % DAY)

/** When a row ends; "" unless both its begin and its duration are known. */
export function endOf(row) {
  const begin = toMinutes(row.begins_at)
  if (begin === null || row.duration == null || row.duration === "") return ""
  return toTime(begin + Number(row.duration))
}

/** A function that reads a time as people type it by the server's `pattern` (hour, minutes); null for what is none. */
export function timeReader(pattern) {
  const expression = new RegExp(pattern, "i")
  return text => {
    const [, hour, minute = "0"] = expression.exec(text.trim()) ?? []
    return hour === undefined ? null : toTime(Number(hour) * 60 + Number(minute))
  }
}
