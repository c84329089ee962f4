// Divides what stands beside a time into title, people, municipalities and rooms. Which of them are known, the server
// says: events/administration/programme_editor/matching.py.

import {
  isLonePerson,
  isName,
  isOrganisation,
  isPerson,
  isTitled,
  partsOf,
  peopleIn,
  splitAffiliation,
} from "./pasted-people.js"
import { namesRoom, readRoom, saysParallel } from "./pasted-titles.js"

const MARKER =
  /^(?:((?:gesamt|tages)?moderation|moderator(?:in)?|moderiert von|moderation durch|gesprächsleitung|leitung)|(podium|auf dem podium|podiumsgäste|gäste|es diskutieren|gesprächspartner(?:innen)?|teilnehmende)|(mitwirkende|referent|referent(?:in|innen|en)|referent[/:*_-]+in(?:nen)?|referierende|vortragende[r]?|vortrag(?: von)?|input|impuls(?: von)?|mit))\s?:\s?/i
const SPOKEN_MARKER = /^(?:[Mm]oderation durch|[Mm]oderiert von|Moderation) (?=\p{Lu})/u
const TOWN_MARKER = /^kommunen?:\s?/i
const SPEECH =
  /^(?:begrüßung|grußworte?|eröffnung|einführung|verabschiedung|schlussworte?|\p{L}*vortrag|impuls|input|referat|keynote)(?:sworte?)?$/iu
const WELCOME = /^(?:begrüßung|grußworte?|eröffnung|verabschiedung)$/i
const BARE_TALK = /^(?:\p{L}*vortrag|impuls|input|referat|keynote)$/iu
const COLON = /:\s+/y
const TOWN =
  /^(?:(?:Stadt|Kreis|Gemeinde|Städteregion|[\p{L}]+stadt) )?\p{Lu}[\p{L}.-]{2,}(?: (?:\p{Lu}[\p{L}.-]+|an|der|am|im|bei|[a-z]\.)){0,3}$/u
const NAMED_TOWN = /^(?:Stadt|Kreis|Gemeinde|Städteregion) \p{Lu}/u
const ROLES = ["chair", "panel", "talk"]
const FAR = 60
const LONGEST_PERSON = 250

// Brackets with a room, a person or "parallel" in them become parts of their own, and so does who speaks: "… durch X".
function withoutBrackets(text) {
  const opened = text.replace(/\s?\(([^()]{1,300})\)/g, (whole, inner) => (isBeside(inner) ? ` | ${inner} | ` : whole))
  return divideSpeech(opened)
}

const isNamed = ([first, second]) => isPerson(first.text, second?.text ?? "")

const isBeside = inner =>
  partsOf(inner).every(part => saysParallel(part.text) || readRoom(part.text)) ||
  MARKER.test(inner) ||
  isNamed(partsOf(inner)) ||
  SPOKEN_MARKER.test(inner) ||
  isTitled(inner)

// "Vortrag von Prof. X: Titel", "Grußwort Landrätin Y", "Dr. Z: Titel".
function divideSpeech(text) {
  if (isTitled(text)) return titleFirst("", text)
  const [, word, colon, named] = /^([^\s:]+)(:?) (.+)$/.exec(text) ?? []
  if (SPEECH.test(word) && isSpeaker(word, colon, partsOf(named.slice(0, LONGEST_PERSON))))
    return titleFirst(word, named)
  for (const found of text.matchAll(/ (?:durch|von|mit) /g)) {
    const begin = found.index + found[0].length
    const before = text.slice(0, found.index)
    const [first] = partsOf(text.slice(begin, begin + LONGEST_PERSON))
    const isSpeech = SPEECH.test(
      before
        .slice(-FAR)
        .split(/\s*[|:]\s*|\s+und\s+/)
        .at(-1),
    )
    if (first && (isTitled(first.text) || (isSpeech && isName(splitAffiliation(first.text)))))
      return titleFirst(before, text.slice(begin))
  }
  return text
}

// "Begrüßung: Ada Muster", but not "Einführung: Soziale Räume".
const isSpeaker = (word, colon, [first, second]) =>
  isTitled(first.text) ||
  (colon && (isPerson(first.text, second?.text ?? "") || (WELCOME.test(word) && isName(first.text))))

function titleFirst(before, text) {
  const [person, ...others] = partsOf(text, COLON)
  if (!others.length || MARKER.test(`${partsOf(person.text).at(-1).text}: `))
    return before ? `${before} | ${text}` : text
  const title = others.map((part, place) => (place ? part.separator : "") + part.text).join("")
  return `${before && !BARE_TALK.test(before) ? `${before}: ` : ""}${title} | ${person.text}`
}

/**
 * `{ parts, people, room, isParallel }`: what may stay in the title as `[{ separator, text, towns, without, line }]`,
 * where `without` is what is left of the text if all `towns` are known, and `line` a person if the server knows it;
 * people as `[{ line, role, text }]`.
 */
export function divide(text, role) {
  const found = { parts: [], people: [], room: "", isParallel: false, role }
  let group = null
  const parts = partsOf(withoutBrackets(text))
  parts.forEach((part, place) => {
    const read = { ...part, next: parts[place + 1]?.text ?? "", isFirst: place === 0 }
    if (takeCircumstance(read, found)) return
    const begun = beginGroup(read, role)
    if (!begun && group && isTitleBehind(part, group)) group = null
    if (begun) {
      group = begun
      found.people.push(group)
    } else if (group) {
      group.text += part.separator + part.text
      group.begin += part.separator + part.text
    } else found.parts.push(withTowns(read))
  })
  return { ...found, people: found.people.flatMap(each => peopleOrPart(each, found)) }
}

// "Dr. A (X) – Titel", "Dr. A, „Titel“".
const isTitleBehind = ({ separator, text }, { isMarked }) =>
  /^["„»]/.test(text) || (!isMarked && /[–—-]/.test(separator) && !isOrganisation(text))

// What begins with nobody stays in the title.
function peopleOrPart(each, { parts }) {
  const people = peopleIn(each)
  const { separator, begin } = each
  if (!people.length) parts.push({ separator, text: begin, towns: [], without: begin, line: "", isOpen: true })
  return people
}

function takeCircumstance({ text, isFirst }, found) {
  const isParallel = saysParallel(text)
  const room = isFirst && !namesRoom(text) ? "" : readRoom(text)
  found.isParallel ||= isParallel
  found.room ||= room
  if (TOWN_MARKER.test(text)) found.parts.push(townPart(text.replace(TOWN_MARKER, "")))
  return isParallel || Boolean(room) || TOWN_MARKER.test(text)
}

function beginGroup(part, role) {
  const marked = withoutMarkers(part, role)
  if (marked) return marked
  const { separator, text, next, isFirst } = part
  if (isFirst ? !isLonePerson(text, next) : !isPerson(text, next, separator)) return null
  return { separator, begin: text, text, isMarked: false, role }
}

// "Referent/in: Moderation: Ada Muster" in a table is a chair.
function withoutMarkers({ separator, text, next }, role) {
  let rest = text
  let named = ""
  for (let found = MARKER.exec(rest); found; found = MARKER.exec(rest)) {
    const place = found.slice(1).findIndex(Boolean)
    named = ROLES[place] === "talk" ? role : ROLES[place]
    rest = rest.slice(found[0].length)
  }
  const [spoken] = SPOKEN_MARKER.exec(rest) ?? []
  if (spoken && isPerson(rest.slice(spoken.length), next)) {
    named = "chair"
    rest = rest.slice(spoken.length)
  }
  return named && { separator, begin: text, text: rest, isMarked: true, role: named }
}

function withTowns(part) {
  const { separator, text, isFirst } = part
  const line = !isFirst && isName(splitAffiliation(text)) ? text : ""
  const bracket = /^(.*\S) \(([^()]{3,60})\)$/.exec(text)
  const prefix = /^([^:?!„]{3,60}):\s(.+)$/.exec(text)
  const forum = /^\p{L}*forum(?: \d{1,2})?:? (.+)$/iu.exec(text)
  if (bracket && townsIn(bracket[2]).length)
    return { ...townPart(bracket[2]), separator, text, without: bracket[1], line }
  if (isFirst && forum) return { ...townPart(forum[1]), separator, text, without: text, line }
  if (isFirst && prefix) return { ...townPart(prefix[1]), separator, text, without: prefix[2], line }
  return isFirst ? { separator, text, towns: [], without: text, line } : { ...townPart(text), separator, line }
}

const townsIn = text => {
  const towns = text.split(/ und |, | & | \/ |\/(?=\p{Lu})/u)
  return towns.every(town => TOWN.test(town)) && towns.length <= 10 ? towns : []
}

const townPart = text => ({ separator: ", ", text, towns: townsIn(text), without: "", line: "" })

/** What the title is where the server knows these `towns` and `people`, both Sets; and what stayed there and is doubtful. */
export function titleOf(parts, towns, people) {
  const doubts = []
  const left = []
  parts.forEach(({ separator, text, towns: named, without, line, isOpen }, place) => {
    const isTown = named.length > 0 && named.every(town => towns.has(town))
    const rest = isTown ? without : text
    if (!rest || people.has(line)) return
    if (isOpen || (place && (line || isOrganisation(rest) || NAMED_TOWN.test(rest)))) doubts.push(rest)
    left.push(left.length ? separator.replace(/\s*\|\s*/, ", ") + rest : rest)
  })
  const title = left
    .join("")
    .replace(/^["„»]([^"“”«]*)["“”«]$/, "$1")
    .trim()
  return { title: BARE_TALK.test(title) && people.size ? "" : title, doubts }
}
