// Lists of a word processor: paragraphs that begin with a mark, and lists beside the item that they belong to.

const BULLETS = { "·": 1, "•": 1, "▪": 1, o: 2, "–": 2, "-": 2, "§": 3 }
const ONES = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
const ROMANS = [...ONES, ...ONES.map(ones => `x${ones}`)]
const NUMBER = /^(\d{1,2}|[a-z]+)[.)]$/
// A tab becomes several spaces, one of them fixed; `§ 16` and `3. Mai` begin no list.
const MARKED = /^\s*(?:([·•▪])\s+|([o§–-]|(?:\d{1,2}|[a-z]|[ivx]{2,5})[.)])\s?\u00a0\s+)/
const LEVEL = /mso-list:\s*\w+\s+level(\d)/i

/** Changes the lists within `body` in place. */
export function nestLists(body) {
  body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol").forEach(list => {
    if (list.previousElementSibling?.localName === "li") list.previousElementSibling.append(list)
  })
  let above = []
  body.querySelectorAll("p").forEach(paragraph => {
    const isNext = above.length && paragraph.previousElementSibling === above[0].list
    const open = isNext ? above : []
    const mark = takeMark(paragraph, open)
    above = mark ? place(paragraph, mark, open) : []
  })
}

/** `{ depth, number, letters }`, with 0 as the number of a bullet; null if the paragraph is no item. */
function takeMark(paragraph, above) {
  const level = Number(LEVEL.exec(paragraph.getAttribute("style"))?.[1] ?? 0)
  const words = paragraph.querySelector("[style*='mso-list:Ignore' i]")
  if (words) {
    words.remove()
    return read(words.textContent.trim(), level, above)
  }
  const found = MARKED.exec(paragraph.textContent)
  const mark = found && read(found[1] ?? found[2], level, above)
  if (mark) removeBeginning(paragraph, found[0].length)
  return mark
}

/** A mark such as `i.` may be both: what continues a list above, else what begins one, else a letter. */
function read(sign, level, above) {
  const number = NUMBER.exec(sign)?.[1]
  if (!number) return { depth: level || (BULLETS[sign] ?? 1), number: 0, letters: "" }
  if (Number(number)) return { depth: level || 1, number: Number(number), letters: "" }
  const marks = [
    { depth: level || 2, number: number.length === 1 ? number.charCodeAt(0) - 96 : 0, letters: "a" },
    { depth: level || 3, number: ROMANS.indexOf(number) + 1, letters: "i" },
  ].filter(mark => mark.number)
  const following = marks.find(mark => above.some(one => continues(mark, one)))
  return following ?? marks.find(mark => mark.number === 1) ?? marks[0] ?? null
}

function removeBeginning(paragraph, length) {
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  let left = length
  while (left && texts.nextNode()) {
    const text = texts.currentNode
    const removed = Math.min(left, text.data.length)
    text.deleteData(0, removed)
    left -= removed
  }
}

/** Moves the paragraph into its list; returns the lists that are open after it, the outer ones first. */
function place(paragraph, mark, above) {
  const open = above.filter(one => one.depth < mark.depth)
  const same = above.find(one => continues(mark, one))
  const list = same?.list ?? newList(mark)
  if (!same && open.length) open.at(-1).list.lastElementChild.append(list)
  else if (!same) paragraph.before(list)
  const item = document.createElement("li")
  item.append(paragraph)
  list.append(item)
  return [...open, { ...mark, list }]
}

const continues = (mark, before) =>
  mark.depth === before.depth &&
  mark.letters === before.letters &&
  mark.number === (before.number ? before.number + 1 : 0)

function newList({ number, letters }) {
  const list = document.createElement(number ? "ol" : "ul")
  if (number > 1) list.start = number
  if (letters) list.type = letters
  return list
}
