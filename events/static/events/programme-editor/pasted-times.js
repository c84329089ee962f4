// Times of day as offices write them: "10.00 Uhr – 10.30 Uhr", "13 – 14 Uhr", "ab 14.00 Uhr", "16 h". A date is none.

const PREFIX = /^(?:(von|ab|um|bis|gegen|circa|zirka|etwa|ca)\b\.?:?\s?)/i
const HALF = "(?!\\p{L})"
const EXACT = new RegExp(`^(\\d{1,2})([.:])(\\d{2})(?::00)?(?![\\d.]|:\\d)(\\s?(?:Uhr|h)${HALF})?`, "iu")
const FULL = new RegExp(`^(\\d{1,2})\\s?(Uhr|h)${HALF}(?:\\s?(\\d{2})(?!\\d|[.:]\\d))?`, "iu")
const JOINED = new RegExp(`^(\\d{2})(\\d{2})\\s?(?:Uhr|h)${HALF}`, "iu")
const BARE = /^(\d{1,2})(?![\d\p{L}.]|[,:/]\d)/u
const COUNTED =
  /^\s?(?:€|%|(?:euro|eur|prozent|mio|mrd|million|milliarde|jahr|monat|woche|tage?\b|stunde|std|minute|min\b|sekunde|kind|person|teilnehm|kommune|städte|kreise|mal\b|km\b))/i
const BETWEEN = /^\s?(?:[-‐‑–—−]|bis\b(?: (?:ca\.?|etwa|gegen)(?=\s|\d))?)\s?/i
const AFTER = /^[)\]]?[\s:|,;–—-]*/
const MINUTES = /^\(?(\d{1,3})\s?(?:min(?:uten)?\b\.?|')\)?[\s:|,;–—-]*/i
const MINUTES_BEHIND = /\s?\((\d{1,3})\s?(?:min(?:uten)?\b\.?|')\)$/i
const TAIL =
  /[\s,;:(–—-]((?:(?:von|ab|um|bis|gegen|circa|zirka|etwa|ca)\b\.?\s?){0,2}\d{1,2}(?:[.:]\d\d)?[\d\s.:a-z–—−-]{0,40})\)?\.?$/i
const NOT_IN_TITLES = /[(,:–—-]$/
const OF_THE_DAY = /^(?:beginn|ende|start|ankommen|ankunft|einlass|anmeldung|registrierung|pause|mittag|kaffee|imbiss)/i
const EARLIEST = 6 * 60
const DAY = 24 * 60

/**
 * `{ begin, end, minutes, rest, wrong }`: begin and end in minutes since midnight, or null; a duration in minutes where
 * the line names one, or null; the text without them; and what looks like a time and is none, or "".
 */
export function readTimes(text) {
  const front = readFront(text)
  if (front.begin !== null || front.end !== null) return withMinutes(front)
  return readTail(front) ?? front
}

/** Whether nothing but a time stands in the text. */
export const isOnlyTime = text => {
  const { begin, end, rest } = readFront(text)
  return (begin !== null || end !== null) && !rest
}

const nothing = (text, wrong = "") => ({ begin: null, end: null, minutes: null, rest: text, wrong })

function readFront(text) {
  const opened = /^[([]\s?/.exec(text)?.[0] ?? ""
  const { words, length } = prefixOf(text.slice(opened.length))
  const begin = opened.length + length
  const found = readRange(text.slice(begin), words)
  if (!found) return nothing(text, wrongTime(text.slice(begin)))
  const { length: read, ...times } = found
  return {
    ...times,
    minutes: null,
    rest: text
      .slice(begin + read)
      .replace(AFTER, "")
      .trim(),
  }
}

function prefixOf(text) {
  const words = []
  let length = 0
  for (let found = PREFIX.exec(text); found && words.length < 3; found = PREFIX.exec(text.slice(length))) {
    words.push(found[1].toLowerCase())
    length += found[0].length
  }
  return { words, length }
}

/** `{ begin, end, wrong, length }` of what stands at the beginning, or null. */
function readRange(text, prefix) {
  const first = clockAt(text)
  if (!first || first.minutes >= DAY) return null
  const between = BETWEEN.exec(text.slice(first.length))?.[0] ?? ""
  const second = between ? secondClock(text.slice(first.length + between.length), first, between) : null
  if (second) {
    const length = first.length + between.length + second.length
    const end = second.isWrong ? null : second.minutes
    return { begin: first.minutes, end, wrong: second.isWrong ? second.text : "", length }
  }
  if (!isAlone(first, text.slice(first.length), prefix)) return null
  const isEnd = prefix.includes("bis")
  return {
    begin: isEnd ? null : first.minutes,
    end: isEnd ? first.minutes : null,
    wrong: "",
    length: first.length,
  }
}

function secondClock(text, first, between) {
  const second = clockAt(text) ?? wrongClock(text)
  if (!second) return null
  if (second.isBare)
    return first.isBare || !isJoined(between) || COUNTED.test(text.slice(second.length)) ? null : second
  return second
}

const isJoined = between => !between.includes(" ") || /bis/i.test(between)

// What can be meant when no second time follows.
function isAlone(clock, after, prefix) {
  if (clock.isBare) {
    if (COUNTED.test(after)) return false
    return prefix.at(-1) === "um" || (/^(?:ab|gegen|ca|bis)$/.test(prefix.at(-1)) && /^\s?(?:$|[:|,;–—-])/.test(after))
  }
  if (COUNTED.test(after)) return false
  return clock.isCertain || clock.minutes >= EARLIEST
}

/** `{ minutes, length, isBare, isCertain, text }` of the time at the beginning, or null where there is none. */
function clockAt(text) {
  const exact = EXACT.exec(text)
  if (exact) return clockOf(exact[0], exact[1], exact[3], Boolean(exact[4]) || exact[2] === ":" || exact[1][0] === "0")
  const full = FULL.exec(text)
  if (full) return fullClock(full, text)
  const joined = JOINED.exec(text)
  if (joined) return clockOf(joined[0], joined[1], joined[2], true)
  const bare = BARE.exec(text)
  return bare && { ...clockOf(bare[0], bare[1], 0, false), isBare: true }
}

// "9 Uhr 30", but not the 30 of "9 Uhr 30 Jahre Netzwerk".
function fullClock([whole, hour, unit, minute], text) {
  const isCertain = unit.toLowerCase() === "uhr"
  if (minute === undefined || COUNTED.test(text.slice(whole.length)))
    return clockOf(whole.replace(/\s?\d{2}$/, minute === undefined ? "$&" : ""), hour, 0, isCertain)
  return clockOf(whole, hour, minute, isCertain)
}

function clockOf(text, hour, minute, isCertain) {
  const minutes = Number(hour) * 60 + Number(minute)
  if (Number(minute) > 59 || minutes > DAY) return null
  return { minutes, length: text.length, isBare: false, isCertain, text }
}

function wrongClock(text) {
  const found = EXACT.exec(text)?.[0]
  return found ? { isWrong: true, length: found.length, text: found.trim() } : null
}

const wrongTime = text =>
  wrongClock(text) && !COUNTED.test(text.slice(wrongClock(text).length)) ? wrongClock(text).text : ""

// "Begrüßung (10.00 – 10.30 Uhr)", "Ende gegen 16 Uhr".
function readTail({ rest: text, wrong }) {
  const found = TAIL.exec(text.slice(-80))
  if (!found) return null
  const start = text.length - Math.min(text.length, 80) + found.index
  const title = text.slice(0, start).trim()
  const times = readFront(found[1].trim())
  const isMeant = NOT_IN_TITLES.test(text.slice(0, start + 1).trimEnd()) || OF_THE_DAY.test(title)
  const isExact = /uhr|\dh| h|\d[.:]\d/i.test(found[1])
  if (times.rest || !isMeant || !isExact || !title) return null
  return { ...times, rest: title.replace(/[\s,;:(–—-]+$/, ""), wrong: wrong || times.wrong }
}

function withMinutes(times) {
  const { rest } = times
  const front = MINUTES.exec(rest)
  const behind = MINUTES_BEHIND.exec(rest)
  if (times.end !== null || !(front || behind)) return times
  const left = front ? rest.slice(front[0].length) : rest.slice(0, behind.index)
  return { ...times, minutes: Number((front ?? behind)[1]), rest: left }
}
