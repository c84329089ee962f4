// People and municipalities in pasted rows, as the server knows them.

import { IS_CUT, LONGEST_TITLE, stays } from "./paste.js"
import { titleOf } from "./pasted-parts.js"
import { fullName } from "./rows.js"

const LONGEST_FRAGMENT = 300
const MOST_FRAGMENTS = 600

/** What the server is asked about these divided texts: `{ people, municipalities }`, each text once. */
export function fragmentsOf(divided) {
  const lines = divided.flatMap(({ people, parts }) => [
    ...people.map(({ line }) => line),
    ...parts.map(({ line }) => line),
  ])
  const towns = divided.flatMap(({ parts }) => parts.flatMap(part => part.towns))
  return { people: bounded(lines), municipalities: bounded(towns) }
}

const bounded = texts =>
  [...new Set(texts.filter(text => text && text.length <= LONGEST_FRAGMENT))].slice(0, MOST_FRAGMENTS)

/** The server's answers by what it was asked. */
export function answersTo(fragments, { people, municipalities }) {
  const paired = (texts, answers) =>
    new Map(texts.map((text, place) => [text, answers[place]]).filter(([, answer]) => answer))
  return {
    people: paired(fragments.people, people),
    municipalities: paired(fragments.municipalities, municipalities),
  }
}

/** What a row was pasted from, also where it reads as it was written. */
export const pastedOf = row => row.pasted ?? { text: row.title, notes: [], doubts: [] }

/** The values of a pasted row with its people and municipalities, which leave the title, out of its `divided` text. */
export function matchedValues(row, { parts, people, role }, answers) {
  const pasted = pastedOf(row)
  const known = parts.filter(({ line }) => answers.people.get(line)?.speaker).map(({ line }) => ({ line, role }))
  const named = [...people.filter(({ line }) => answers.people.has(line)), ...known]
  const { title, doubts } = titleOf(
    parts,
    new Set(answers.municipalities.keys()),
    new Set(named.map(({ line }) => line)),
  )
  const nameless = people.filter(({ line }) => !answers.people.has(line)).map(({ text }) => text)
  const several = named.map(({ line }) => answers.people.get(line)).filter(person => person.namesakes > 1)
  const namesakes = several.map(person => `Im Verzeichnis steht „${fullName(person)}“ mehrmals: Bitte wählen.`)
  const whole = [title, ...nameless].filter(Boolean).join(", ")
  const cut = whole.length > LONGEST_TITLE ? [IS_CUT] : []
  return {
    title: whole.slice(0, LONGEST_TITLE),
    appearances: appearancesOf(named, answers.people),
    municipalities: municipalitiesOf(parts, answers.municipalities),
    pasted: { ...pasted, doubts: [...pasted.doubts, ...cut, ...[...doubts, ...nameless].map(stays), ...namesakes] },
  }
}

// Nobody stands twice in a row with the same role.
function appearancesOf(people, answers) {
  const found = new Map()
  for (const { line, role } of people) {
    const { namesakes, ...person } = answers.get(line)
    const key = `${role} ${person.speaker ?? fullName(person)}`
    if (!found.has(key)) found.set(key, { pk: null, role, ...person, ...(person.speaker ? {} : { isGuess: true }) })
  }
  return [...found.values()]
}

function municipalitiesOf(parts, answers) {
  const named = parts.filter(({ towns }) => towns.length && towns.every(town => answers.has(town)))
  const found = named.flatMap(({ towns }) => towns.map(town => answers.get(town)))
  return [...new Map(found.map(municipality => [municipality.pk, municipality])).values()]
}
