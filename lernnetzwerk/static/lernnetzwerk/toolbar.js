// German names for the buttons of the rich-text editor, which has them in English only.
const GERMAN = {
  paragraph: "Absatz",
  "unordered list": "Aufzählung",
  "ordered list": "Nummerierte Liste",
  blockquote: "Zitat",
  bold: "Fett",
  italic: "Kursiv",
  "insert link": "Link einfügen",
  "remove link": "Link entfernen",
  undo: "Rückgängig",
  redo: "Wiederholen",
}

function german(english) {
  return GERMAN[english.toLowerCase()] ?? english.replace(/^heading (?=\d$)/i, "Überschrift ")
}

function translate(button) {
  for (const name of ["title", "aria-label"]) {
    const english = button.getAttribute(name)
    if (english) button.setAttribute(name, german(english))
  }
  for (const text of button.matches(".prose-menubar__option") ? button.children : []) {
    text.textContent = german(text.textContent)
  }
}

function translateAll(within) {
  const buttons = ".prose-menubar :is(button, [title], [aria-label])"
  if (within.matches(buttons)) translate(within)
  within.querySelectorAll(buttons).forEach(translate)
}

translateAll(document.body)
new MutationObserver(changes => {
  for (const { addedNodes } of changes) {
    addedNodes.forEach(node => node.nodeType === Node.ELEMENT_NODE && translateAll(node))
  }
}).observe(document.body, { childList: true, subtree: true })
