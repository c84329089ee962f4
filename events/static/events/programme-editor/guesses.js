// What a pasted row was read from, until the editor confirms it or takes it back.

import { element } from "./dom.js"
import { redrawRows } from "./list.js"
import { confirmRows, takeBack } from "./moves.js"
import { programme } from "./state.js"

const LONGEST = 160

/** A note with two buttons; `after` is called when one of them has changed the row. */
export function guessNote(row, after) {
  const { text, notes, doubts } = row.pasted
  const action = (label, make) =>
    element(
      "button",
      {
        type: "button",
        "aria-label": `${label}: Zeile ${programme.numberOf(row)}`,
        onclick: () => {
          make()
          redrawRows([row])
          after()
        },
      },
      label,
    )
  const heading = element("strong", {}, doubts.length ? "Bitte prüfen: " : "Gelesen: ")
  return element(
    "div",
    { class: `row__note row__note--guess ${doubts.length ? "row__note--doubt" : ""}`.trim() },
    element("p", {}, heading, sentence(text, notes, doubts)),
    action("Stimmt", () => confirmRows(programme, [row])),
    text && action("Nur Text", () => takeBack(programme, row)),
  )
}

const sentence = (text, notes, doubts) =>
  [...doubts, text && `„${text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text}“`, ...notes]
    .filter(Boolean)
    .join(" ")
