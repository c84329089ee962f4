import { Programme } from "../../../events/static/events/programme-editor/programme.js"

/**
 * A programme from titles, "- " before one that is subordinate, "# " before the label of a further day; the first day
 * is there already.
 */
export function programmeOf(...lines) {
  const days = [{ number: 1, label: "Tag 1" }]
  const rows = []
  for (const line of lines) {
    if (line.startsWith("# ")) days.push({ number: days.length + 1, label: line.slice(2) })
    else rows.push({ title: line.replace(/^- /, ""), indent: line.startsWith("- ") ? 1 : 0, day: days.length })
  }
  const programme = new Programme(days)
  programme.load(rows)
  return programme
}

/** The lines that `programmeOf` would make the same programme from. */
export const linesOf = programme => programme.entries.slice(1).map(lineOf)

const lineOf = ({ label, indent, title }) => (label ? `# ${label}` : `${indent ? "- " : ""}${title}`)

export function select(programme, title) {
  programme.current = programme.rows.find(row => row.title === title)
  return programme.current
}
