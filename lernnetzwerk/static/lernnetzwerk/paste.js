// Pasted text in the editor of formatted text. The server has the same rules (lernnetzwerk/text/pasted.py); here they
// apply at once, so that editors see what will be stored.

// biome-ignore lint/correctness/noUnresolvedImports: the import map of django-prose-editor resolves it
import { Extension } from "django-prose-editor/editor"
import { nestLists } from "./paste-lists.js"

const MOST_LINES = 6 // of a cell; more is a layout that uses a table
const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, li, blockquote"

export const TidyPaste = Extension.create({
  name: "tidyPaste",
  addOptions: () => ({ levels: [3, 4] }),
  transformPastedHTML(html) {
    return html.includes("data-pm-slice") ? html : tidied(html, this.options.levels)
  },
})

/** The same HTML with headings of these levels, paragraphs in place of tables, and real lists. */
function tidied(html, levels) {
  const page = new DOMParser().parseFromString(html, "text/html")
  page.querySelectorAll("h1, h2, h3, h4, h5, h6").forEach(heading => {
    const level = Math.min(Math.max(Number(heading.localName[1]), Math.min(...levels)), Math.max(...levels))
    heading.replaceWith(element(`h${level}`, heading.childNodes))
  })
  // Inner tables come after the outer ones.
  ;[...page.querySelectorAll("table")].reverse().forEach(table => {
    table.replaceWith(...(table.caption ? paragraphs(table.caption) : []), ...[...table.rows].flatMap(row))
  })
  nestLists(page.body)
  return page.body.innerHTML
}

function element(name, children) {
  const made = document.createElement(name)
  made.append(...children)
  return made
}

/** One paragraph: `10:00 | Begrüßung`. Rows with lists, headings or much text keep them. */
function row({ cells }) {
  const all = [...cells]
  if (all.some(isLayout) || all.filter(hasWords).length < 2) return all.flatMap(paragraphs)
  return [
    element(
      "p",
      all.flatMap((cell, place) => (place ? [" | ", ...inline(cell)] : inline(cell))),
    ),
  ]
}

const blocks = cell => cell.querySelectorAll(BLOCKS)
const isLayout = cell =>
  blocks(cell).length > MOST_LINES ||
  (blocks(cell).length > 1 && cell.querySelector("h1, h2, h3, h4, h5, h6, li, blockquote") !== null)
const hasWords = cell => cell.textContent.trim() !== ""
const paragraphs = cell => (blocks(cell).length ? [...cell.childNodes] : [element("p", cell.childNodes)])

function inline(cell) {
  if (!hasWords(cell)) return ["–"]
  cell.querySelectorAll("br").forEach(br => {
    br.replaceWith(" ")
  })
  cell.querySelectorAll(":is(p, div):not(:has(p, div))").forEach(block => {
    if (hasWords(block)) block.before(document.createElement("br"))
  })
  cell.querySelectorAll(`${BLOCKS}, ul, ol`).forEach(block => {
    block.replaceWith(...block.childNodes)
  })
  const children = [...cell.childNodes]
  return children.slice(children.findIndex(child => child.localName !== "br" && hasWords(child)))
}
