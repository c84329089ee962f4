// Sessions of the meeting that are in no row.

import { button, element } from "./dom.js"
import { focusRow, renderList } from "./list.js"
import { appendRow } from "./moves.js"
import { choices, unplaced } from "./page.js"
import { displayName } from "./rows.js"
import { programme, record } from "./state.js"

export function renderUnplaced() {
  unplaced.hidden = !record.unplaced.length
  unplaced.querySelector("ul").replaceChildren(
    ...record.unplaced.map(session =>
      element(
        "li",
        {},
        `${displayName(session, choices.kinds)} `,
        button("Ins Programm", () => place(session)),
      ),
    ),
  )
}

function place(session) {
  const row = appendRow(programme, session)
  record.place(session.session)
  renderUnplaced()
  renderList()
  focusRow(row)
}
