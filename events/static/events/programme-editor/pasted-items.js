// The lines of a pasted programme with their days, times and numbers, as items; what they say comes later.

import { findDay, readDay } from "./pasted-days.js"
import { isOnlyTime, readTimes } from "./pasted-times.js"
import { readNumber } from "./pasted-titles.js"

const HEADING =
  /^(?:das )?(?:programm|tagesordnung|agenda|ablauf|ablaufplan|programmablauf|zeitplan|zeitlicher ablauf)\s*:?$/i

/** `{ items, unknownDays }`: an item for each row, and the lines that name a day which is not among `days`. */
export function itemsOf(lines, days) {
  const items = []
  const unknownDays = []
  let day = null
  for (const line of lines) {
    const named = readDay(line.text)
    const found = named && findDay(named, days, day)
    if (!named) items.push(...itemsOfLine(line, day))
    else if (found) {
      day = found.number
      items.push(...itemsBehindDay(line, named.rest, day))
    } else {
      unknownDays.push(line.text)
      items.push(unknownDay(line, day))
    }
  }
  decideNumbers(items)
  return { items: join(items), unknownDays }
}

const itemsOfLine = (line, day) => (HEADING.test(line.text) ? [] : [itemOf(line, day)])

function itemsBehindDay(line, rest, day) {
  if (!rest || isOnlyTime(rest)) return []
  const item = itemOf({ ...line, text: rest }, day)
  if (item.begin === null) item.doubts.push("Das stand hinter dem Tag.")
  return [item]
}

const unknownDay = (line, day) => ({
  ...emptyItem(line, day),
  title: line.text,
  isDay: true,
  doubts: ["Diesen Tag hat das Treffen nicht."],
})

const emptyItem = (line, day) => ({
  source: line.text,
  isIndented: line.isIndented,
  day,
  begin: null,
  end: null,
  minutes: null,
  number: { number: 0, always: false, rest: line.text },
  notes: [],
  doubts: [],
})

function itemOf(line, day) {
  const { times, wasNumbered } = timesOf(line.text)
  const { begin, end, minutes, rest, wrong } = times
  const item = { ...emptyItem(line, day), begin, end, minutes, text: rest, number: readNumber(rest), wasNumbered }
  if (wrong) item.doubts.push(`„${wrong}“ ist ${item.number.always ? "als Nummer gelesen" : "keine Uhrzeit"}.`)
  return item
}

// A number before a time is that of a list.
function timesOf(text) {
  const times = readTimes(text)
  const { rest } = readNumber(text)
  const behind = times.begin === null && rest !== text ? readTimes(rest) : times
  return behind.begin === null ? { times, wasNumbered: false } : { times: behind, wasNumbered: behind !== times }
}

// "2. Forum" is a title, unless a first or a third stands near it.
function decideNumbers(items) {
  const numbered = items.filter(item => item.number.number)
  numbered.forEach((item, place) => {
    const near = [numbered[place - 1]?.number.number + 1, numbered[place + 1]?.number.number - 1]
    item.number.always = near.includes(item.number.number)
  })
  for (const item of items.filter(other => other.number.always)) {
    item.text = item.number.rest
    item.wasNumbered = true
  }
}

// A line with nothing but a time belongs to the next one.
function join(items) {
  const joined = []
  for (const item of items) {
    const above = joined.at(-1)
    const isTimeOnly = above?.text === "" && !item.isDay && item.begin === null && above.day === item.day
    if (isTimeOnly) joined.pop()
    joined.push(isTimeOnly ? withTimes(item, above) : item)
  }
  return joined
}

const withTimes = (item, { begin, end, minutes, isIndented, source }) => ({
  ...item,
  begin,
  end,
  minutes,
  isIndented,
  source: `${source} ${item.source}`,
})
