// The lines of a pasted text. A line of a table has its cells between tabs, and perhaps a line of headings above.

const LONGEST_TEXT = 200_000
const LONGEST_LINE = 2000
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g
const SPACES = /[^\S\t\n]+/g
const INDENTED = /^(\t|\s{2,}|\s*(?:[-–—•●▪◦·*]|o\t)\s)/
const BULLET = /^(?:[-–—•●▪◦·*\s]|o\t)+/
const COLUMNS = [
  [/^(?:zeit|uhrzeit|beginn|von|wann)$/i, "time"],
  [/^(?:ende|bis)$/i, "end"],
  [/^(?:tag|datum)$/i, "day"],
  [/^(?:nr\.?|top|#)$/i, "number"],
  [/^(?:art|format)$/i, "kind"],
  [/^(?:titel|thema|programm|programmpunkt|punkt|inhalt|beitrag|was)$/i, "title"],
  [/^(?:referent|referierend|vortragend|mitwirkend|person|verantwortlich|wer)[\p{L}/*:_()-]*$/iu, "people"],
  [/^moderation$/i, "chair"],
  [/^(?:ort|raum|saal|wo)$/i, "room"],
  [/^(?:kommunen?|stadt|kreis)$/i, "town"],
]
const MARKERS = { people: "Mitwirkende", chair: "Moderation", room: "Raum", town: "Kommune" }
const TIME_OR_NUMBER = /^(?:[\d.:\s–—-]|uhr|bis|ab|ca|h\b)+$/i

/** `{ lines, isCut }`: each line that is not blank as `{ text, isIndented }`; `isCut` where the text was too long. */
export function linesOf(text) {
  let columns = null
  const lines = []
  for (const raw of text
    .slice(0, LONGEST_TEXT)
    .replace(INVISIBLE, "")
    .split(/\r\n|[\n\r\v\f\u2028\u2029]/)) {
    if (!raw.trim()) continue
    const line = raw.slice(0, LONGEST_LINE)
    const headings = headingsOf(line)
    if (headings) columns = headings
    else lines.push(columns && line.includes("\t") ? rowOfTable(line, columns) : freeLine(line))
  }
  return { lines, isCut: text.length > LONGEST_TEXT }
}

const plain = text => text.replace(SPACES, " ").trim()

const cellsOf = line => line.split("\t").map(plain)

function headingsOf(line) {
  const headings = cellsOf(line).map(cell => COLUMNS.find(([pattern]) => pattern.test(cell))?.[1] ?? (cell && "other"))
  const isHeading = headings.includes("title") && headings.filter(Boolean).length > 1 && !headings.includes("other")
  return isHeading ? headings : null
}

// Written as somebody would have written it in one line.
function rowOfTable(line, columns) {
  const cells = { day: "", time: "", end: "", kind: "", title: "" }
  const besides = []
  for (const [place, cell] of cellsOf(line).entries()) {
    const column = columns[place] || "other"
    if (!cell || column === "number") continue
    if (column in cells) cells[column] = cell
    else besides.push(column in MARKERS ? `${MARKERS[column]}: ${cell}` : cell)
  }
  const times = [cells.time, cells.end].filter(Boolean).join(" – ")
  const title = cells.kind && cells.title ? `${cells.kind}: ${cells.title}` : cells.kind || cells.title
  return { text: [[cells.day, times, title].filter(Boolean).join(" "), ...besides].join(" | "), isIndented: false }
}

function freeLine(line) {
  const cells = cellsOf(line.replace(BULLET, "")).filter(Boolean)
  const isTable = cells.length > 2 || (cells.length > 1 && line.startsWith("\t")) || TIME_OR_NUMBER.test(cells[0])
  const [first = "", ...others] = cells
  const text = TIME_OR_NUMBER.test(first) ? `${first} ${others.join(" | ")}` : cells.join(isTable ? " | " : " ")
  return { text: text.trim(), isIndented: INDENTED.test(line) }
}
