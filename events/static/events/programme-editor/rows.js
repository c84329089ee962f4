// Entries of a programme are days, which are headings, and rows. Keys of a row as the server knows them, and of its
// people and towns: events/administration/programme_editor/rows.py. Here each entry also has a `key`, unique on the page,
// and a row what it was `pasted` from while nobody has confirmed it: `{ text, notes, doubts }`. A person of a pasted row
// who is in no directory `isGuess` until then.

const emptyRow = () => ({
  session: null,
  seen: "",
  name: "",
  kind: "talk",
  title: "",
  indent: 0,
  is_parallel: false,
  begins_at: "",
  duration: null,
  day_part: "",
  room: "",
  status: "confirmed",
  appearances: [],
  municipalities: [],
  pasted: null,
})

export const completeRow = (values = {}) => ({ ...emptyRow(), ...values })

/** What the server is told of a row. */
export const sentValues = ({ key, pasted, ...values }) => values

export const isDay = entry => entry.label !== undefined

export const fullName = appearance =>
  [appearance.academic_title, appearance.first_name, appearance.last_name].filter(Boolean).join(" ")

/** What a sentence calls a row; `kinds` are pairs of a kind and its label. */
export const displayName = (row, kinds) =>
  row.title || row.name || kinds.find(([kind]) => kind === row.kind)?.[1] || "ohne Titel"

/** The rows as JSON, in which a row as the server sends it and the same row untouched in the editor are equal. */
export const contentOf = rows => JSON.stringify(rows.map(row => sentValues(completeRow(row))))
