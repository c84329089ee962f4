// What the lines of a pasted programme say about each other: subordinate rows, parallel ones, ends.

import { saysParallel } from "./pasted-titles.js"

const GROUPS = ["forum", "workshop"]
const OF_ALL = ["break", "welcome", "closing"]
const DAY = 24 * 60
const LONGEST_GUESS = 12 * 60

const isSameDay = (one, other) => Boolean(one && other) && one.day === other.day && !one.isDay && !other.isDay

/** The items with their `indent`; subordinate ones follow their phase, which is added where parallel ones have none. */
export function nest(items) {
  const isAllIndented = items.every(item => item.isIndented) && items.some(item => item.begin !== null)
  const nested = []
  let parent = null
  items.forEach((item, place) => {
    const { parent: kept, made } = placed(item, items, place, { parent, isAllIndented })
    parent = kept
    nested.push(...made)
  })
  return nested.map(loneParallel)
}

function placed(item, items, place, { parent, isAllIndented }) {
  const above = isSameDay(items[place - 1], item) ? parent : null
  if (item.isIndented && !isAllIndented) return { parent: above, made: [subordinate(item, above)] }
  if (above && belongs(item, above)) return { parent: above, made: [subordinate(item, above)] }
  if (startsPhase(item, items[place + 1])) return { parent: asPhase(item), made: [item] }
  if (startsRun(item, items[place + 1])) {
    const phase = phaseOf(item)
    return { parent: phase, made: [phase, subordinate(item, phase)] }
  }
  item.indent = 0
  return { parent: null, made: [item] }
}

function subordinate(item, parent) {
  item.indent = 1
  if (parent && item.kind === "talk" && !item.label) item.kind = "forum"
  if (parent && (item.isParallel || item.begin !== null))
    parent.isParallel ||= item.isParallel || item.begin === parent.begin
  item.isParallel = false
  return item
}

function belongs(item, parent) {
  if (item.isDay) return false
  if (item.begin !== null) return item.begin === parent.begin && isGroup(item)
  if (item.end !== null) return false
  const isListed = item.wasNumbered && !parent.wasNumbered
  return isGroup(item) || isListed || (isFree(item) && (parent.isParallel || startsWithTown(item)))
}

const isGroup = item => GROUPS.includes(item.kind) || item.isParallel

const isFree = item => item.begin === null && !OF_ALL.includes(item.kind)

const startsWithTown = item => Boolean(item.divided?.parts[0]?.towns.length)

function startsPhase(item, next) {
  if (item.kind === "forum_phase") return true
  return item.isParallel && isSameDay(item, next) && next.begin === null && isFree(next)
}

function asPhase(item) {
  item.indent = 0
  item.kind = "forum_phase"
  item.isParallel ||= /(?:^|[^\p{L}])parallel/iu.test(item.title)
  if (saysParallel(item.title.replace(/[()]/g, ""))) Object.assign(item, { title: "", divided: null })
  return item
}

// Forums that begin at the same time.
const startsRun = (item, next) =>
  isSameDay(item, next) && item.begin !== null && item.begin === next.begin && isGroup(item) && isGroup(next)

const phaseOf = ({ day, begin, end }) => ({
  source: "",
  day,
  begin,
  end,
  minutes: null,
  indent: 0,
  kind: "forum_phase",
  title: "",
  room: "",
  isParallel: true,
  divided: null,
  notes: ["Ergänzt, weil die Punkte darunter gleichzeitig laufen."],
  doubts: [],
})

function loneParallel(item) {
  if (!item.isParallel || item.kind === "forum_phase") return item
  item.isParallel = false
  item.doubts.push("„Parallel“ ohne Forenphase. Bitte unter eine Forenphase einrücken.")
  return item
}

/** Sets the `minutes` of each item from its end, or else from the next begin on the same day. */
export function completeEnds(items) {
  let above = null
  items.forEach((item, place) => {
    if (item.indent) {
      completeSubordinate(item, items[place + 1], above)
      return
    }
    if (!isSameDay(above, item)) above = null
    completeEnd(item, above, nextOnDay(items, place))
    above = item.begin === null && !item.isDay ? above : item
  })
  return items
}

function completeEnd(item, above, next) {
  if (item.begin === null && item.end !== null) takeBegin(item, above)
  takeMinutes(item)
  if (item.minutes === null && next) guessMinutes(item, next.begin)
  if (above && item.begin !== null && item.begin < above.begin) item.doubts.push("Beginnt vor der Zeile darüber.")
}

function completeSubordinate(item, next, parent) {
  takeMinutes(item)
  if (item.begin === null || item.minutes !== null || !parent || parent.isParallel) return
  if (next?.indent) guessMinutes(item, next.begin)
  else if (parent.minutes !== null) guessMinutes(item, parent.begin + parent.minutes)
}

function takeMinutes(item) {
  if (item.begin === null || item.end === null) return
  item.minutes = (item.end - item.begin + DAY) % DAY
  if (item.end < item.begin) item.doubts.push("Das Ende liegt vor dem Beginn: Geht das über Mitternacht?")
}

function guessMinutes(item, end) {
  const minutes = end - item.begin
  if (item.begin === null || end === null || minutes <= 0 || minutes > LONGEST_GUESS) return
  item.minutes = minutes
  item.notes.push("Ende wie der nächste Beginn.")
}

// "bis 16 Uhr": it begins where the one above ends.
function takeBegin(item, above) {
  const begin = above?.minutes == null ? null : above.begin + above.minutes
  if (begin === null || begin >= item.end) {
    item.doubts.push("Nur das Ende ist genannt: Bitte den Beginn ergänzen.")
    return
  }
  item.begin = begin
  item.notes.push("Beginn wie das Ende darüber.")
}

function nextOnDay(items, place) {
  for (let other = place + 1; other < items.length && isSameDay(items[place], items[other]); other++)
    if (!items[other].indent && items[other].begin !== null) return items[other]
  return null
}
