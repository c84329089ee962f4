// Who is named in a part of a line: "Prof. Dr. Kai Beispiel (FH Musterstadt)", "Bürgermeisterin Ada Muster".

const WORD = "\\p{Lu}[\\p{L}'’.-]*"
const PARTICLE = "von|van|vom|zu|zum|zur|de|del|della|der|den|dem|di|da|ten|ter|op|el|al|in|aus"
const NAME = new RegExp(`^${WORD}(?: (?:${WORD}|${PARTICLE})){0,4} ${WORD}$`, "u")
const SINGLE_NAME = /^\p{Lu}[\p{L}-]+$/u
const TITLED =
  /^(?:(?:(?:apl|außerpl|em|jun|hon|univ)\.[ -]?)?prof(?:essor)?(?:\.|in\b|\b)|dr(?:\.|in\b)|pd\b|priv\.-doz\.|dipl\.-|mag\. )/i
const SALUTED = /^(?:Frau|Herrn?) (?=\p{Lu})/u
const FUNCTION =
  /^(?:stellv(?:ertretende[r]?|\.) |erste[r]? )?[\p{L}-]*(?:(?:bürgermeister|landrat|dezernent|minister|staatssekretär|präsident|direktor|leiter|geschäftsführer|koordinator|referent|sprecher)(?:in)?|landrätin|beigeordnete[r]?|vorsitzende[r]?)(?= )/iu
const ORGANISATION =
  /universität|\buni\b|hochschule|\b(?:FH|TH|TU|RWTH)\b|institut|minister|^(?:landeshaupt)?stadt\b|^(?:\p{L}+-)?kreis\b|^gemeinde\b|städteregion|landschaftsverband|amt\b|\bamt|jobcenter|agentur|verband|verein|e\. ?V\.|g?GmbH|stiftung|caritas|diakonie|kirche|bistum|schule\b|\bkita\b|zentrum|stelle\b|büro\b|akademie|regierung|lehrstuhl|fachbereich|abteilung|\bland\b|\b(?:der stadt|des kreises) |leiter(?:in)?\b|leitung\b|beigeordnete|dezernent|koordinator|bürgermeister|landr[aä]t|geschäftsführ/iu
const ABBREVIATION = /^[A-ZÄÖÜ][A-ZÄÖÜ.-]{1,9}(?: [A-ZÄÖÜ]{2,10})*$/u
const SUBJECT =
  /(?:ung(?:en)?|keit|heit|schaft(?:en)?|tion(?:en)?|hilfen?|arbeit|ketten?|netzwerke?|foren|forum|pause|essen|kinder|jugend|familien?|eltern|kommunen?|praxis|land|bildung|armut|teilhabe)$/i
const SEPARATOR = /\s+[–—-]\s+|\s*[;|]\s*|,\s+|\s+\/\s+/y
const LIST_SEPARATOR = /\s+[–—-]\s+|\s*[;|]\s*|,?\s+(?:und|&)\s+|,\s+|\s+\/\s+/y
const DEGREE = /^[BM]\. ?(?:A|Sc|Ed|Eng)\.?$/
const MOST_PEOPLE = 30

/** Whether a text can only be an affiliation. */
export const isOrganisation = text => text.length < 120 && (ORGANISATION.test(text) || ABBREVIATION.test(text))

export const isName = text =>
  NAME.test(text) && text.length < 80 && !isOrganisation(text) && !text.split(" ").some(word => SUBJECT.test(word))

/** Whether a text begins with a title or an office and a name. */
export const isTitled = text => TITLED.test(text) || SALUTED.test(text) || isOfficial(text)

// "Bürgermeisterin Muster", but not "Koordinatorin Kreis Muster".
function isOfficial(text) {
  const [found] = FUNCTION.exec(text) ?? []
  if (!found) return false
  const name = splitAffiliation(text.slice(found.length + 1))
  return TITLED.test(name) || isName(name) || (SINGLE_NAME.test(name) && !isOrganisation(name))
}

export const splitAffiliation = text => /^([^()]*\S) \(.+\)$/.exec(text)?.[1] ?? text

/** The parts of a text, divided outside brackets and quotation marks: `[{ separator, text }]`. */
export function partsOf(text, expression = SEPARATOR) {
  const parts = [{ separator: "", text: "" }]
  let depth = 0
  for (let place = 0; place < text.length; ) {
    const sign = text[place]
    expression.lastIndex = place
    const separator = depth ? "" : (expression.exec(text)?.[0] ?? "")
    if (separator) parts.push({ separator, text: "" })
    else {
      parts.at(-1).text += sign
      depth = depthAfter(sign, depth)
    }
    place += separator.length || 1
  }
  return parts.filter(part => part.text.trim())
}

function depthAfter(sign, depth) {
  if (sign === '"') return depth ? depth - 1 : 1
  if ("(„»".includes(sign)) return depth + 1
  return ")“”«".includes(sign) ? Math.max(0, depth - 1) : depth
}

/** Whether a part begins with a person; `next` is the part behind it, `separator` what stands before it. */
export const isPerson = (text, next, separator = "") => {
  if (isTitled(text)) return true
  const [name] = splitAffiliation(text).split(/ und | & /)
  return isName(name) && (name !== text || isOrganisation(next) || DEGREE.test(next) || separator.includes("|"))
}

// A line that is nothing but a person; "Frau und Beruf" is none.
export const isLonePerson = (text, next) => isPerson(text, next) && !/ (?:und|ist|sind|zu|für) \p{Ll}|:|\?/u.test(text)

/** "Dr. A (X), B, Y und C" as `[{ line, role, text }]`, a line for each; empty where it begins with nobody. */
export function peopleIn({ text, isMarked, role }) {
  const people = []
  for (const part of partsOf(text, LIST_SEPARATOR)) {
    const isJoined = /und|&/.test(part.separator)
    if (isNext(part, isJoined, people.at(-1), isMarked)) people.push({ line: part.text, isJoined })
    else if (people.length) people.at(-1).line += (isJoined ? " und " : ", ") + part.text
    else return []
  }
  return shareAffiliation(people.slice(0, MOST_PEOPLE)).map(person => ({ ...person, role }))
}

function isNext({ text, separator }, isJoined, last, isMarked) {
  if (isTitled(text)) return true
  const isNamed = isName(splitAffiliation(text))
  if (!last) return isNamed || (isMarked && SINGLE_NAME.test(text) && !isOrganisation(text))
  return isNamed && (isJoined || /[;|/]/.test(separator) || isMarked || last.line.endsWith(")"))
}

// "A und B, Stadt Hamm": both are from there.
function shareAffiliation(people) {
  const affiliation = line => /^[^,(]*(.*)$/.exec(line)[1]
  return people.map((person, place) => {
    const next = people[place + 1]
    const shared = next?.isJoined && !affiliation(person.line) ? affiliation(next.line) : ""
    return { line: functionLast(person.line.trim() + shared), text: person.line }
  })
}

// The server's parser begins with title and name: "Bürgermeisterin Muster" is "Muster (Bürgermeisterin)".
function functionLast(line) {
  const [found] = FUNCTION.exec(line) ?? []
  if (!found || !isOfficial(/^[^,(]*/.exec(line)[0].trim())) return line
  const [, name, rest] = /^([^,(]*)(.*)$/.exec(line.slice(found.length).trim())
  return `${name.trim()} (${found})${rest.replace(/^\s?\((.*)\)$/, ", $1")}`
}
