// What stands around a title: the number of a list, the label of a kind, a room, "(parallel)".

const ALWAYS_NUMBER = /^(?:(?:TOP|Punkt)\s?\d{1,2}\s?[:.)–-]?|\(?(?:\d{1,2}|[a-z])\))\s*/i
const LEVELS = /^\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\.?\s+(?=\p{Lu})/u
const NUMBER = /^(?:(\d{1,2})|([IVX]{1,4}))\.\s+(?=\S)/
const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
const LABELS = [
  [
    "talk",
    "(?:fach|impuls|haupt|kurz|einführungs|eröffnungs|gast|abend)?vortrag|(?:fach|kurz)?impuls|input|keynote|referat",
  ],
  ["forum", "(?:fach|praxis|themen|dialog)?forum|AG|arbeitsgruppe|gruppe|kleingruppe|thementisch|tisch|themeninsel"],
  ["workshop", "workshop|WS"],
  ["discussion", "podiumsdiskussion|podiumsgespräch|podium|diskussion|plenumsdiskussion|talkrunde|gesprächsrunde"],
]
const LABEL = new RegExp(
  `^(?:${LABELS.map(([, words]) => `(${words})`).join("|")})(?!\\p{L})(?:\\s?(?:Nr\\. ?)?(\\d{1,2}|[A-H]|[IVX]{1,4})(?![\\p{L}\\d.]))?(\\s?\\([^()]{1,80}\\))?\\s?(?:([:|])\\s?|[–—-]\\s|(?=$)|(?=\\s))\\s?`,
  "iu",
)
const ROOM_WORDS =
  "raum|räume|saal|zimmer|aula|foyer|mensa|kantine|kapelle|turnhalle|stadthalle|hörsaal|plenarsaal|ratssaal"
const ROOM = new RegExp(
  `^(?:(?:im|in der|in) )?(?:(?:(?:gro(?:ß|ss)|klein|blau|grün|rot|gelb|ober|unter)er? )?[\\p{L}-]{0,30}(?:${ROOM_WORDS})(?!\\p{L})(?: [\\p{L}\\d./-]{1,20}){0,3}|R\\. ?\\d[\\w.-]{0,9})$`,
  "iu",
)
const NAMED_ROOM = /^(?:ort|raum|saal|veranstaltungsraum):\s?(\S.{0,99})$/i
const PARALLEL = /^(?:parallel|zeitgleich|gleichzeitig)(?: (?:statt|dazu|laufend|angeboten))?:?$/i

/** `{ number, always, rest }` of a list's number at the beginning; `always` where it can be nothing else. */
export function readNumber(text) {
  const always = ALWAYS_NUMBER.exec(text) ?? LEVELS.exec(text)
  if (always) return { number: 0, always: true, rest: text.slice(always[0].length) }
  const [found, digits, roman] = NUMBER.exec(text) ?? []
  if (!found) return { number: 0, always: false, rest: text }
  return { number: Number(digits ?? ROMAN.indexOf(roman) + 1), always: false, rest: text.slice(found.length) }
}

/** `{ label, kind, besides, rest }`; `label` as it was written and `besides` what stands in its brackets. */
export function readLabel(text) {
  const [whole, ...groups] = LABEL.exec(text) ?? [""]
  const [number, brackets = "", colon] = groups.slice(LABELS.length)
  const rest = text.slice(whole.length).trim()
  const isMarked = colon || brackets || /[–—-]\s*$/.test(whole) || /^["„»]/.test(rest)
  const isNumbered = number && /^(?:$|["„»(\p{Lu}\d])/u.test(rest)
  if (!whole || !(isMarked || isNumbered)) return { label: "", kind: "", besides: "", rest: text }
  const [kind] = LABELS[groups.findIndex(Boolean)]
  const label = whole.replace(brackets, "").replace(/[\s:|–—-]+$/, "")
  return { label, kind, besides: brackets.replace(/[()]/g, "").trim(), rest }
}

/** Whether a text says itself that it is a room, as in "Raum: 12". */
export const namesRoom = text => NAMED_ROOM.test(text)

/** The room that a part of a line is, or "". */
export function readRoom(text) {
  const [, named] = NAMED_ROOM.exec(text) ?? []
  if (named) return named
  return text.length <= 80 && ROOM.test(text) ? text.replace(/^(?:im|in der|in) /i, "") : ""
}

export const saysParallel = text => PARALLEL.test(text.trim())
