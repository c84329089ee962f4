// Buttons that copy the text of the element they name; where scripts are off, the style sheet hides them.
const WORDS_ONLY = /\u2060/g // keeps dates on one line, says nothing

async function copy(source, told) {
  const words = source.textContent.replace(WORDS_ONLY, "").replace(/\s+/g, " ").trim()
  try {
    await navigator.clipboard.writeText(words)
    told.textContent = "Kopiert."
  } catch {
    getSelection().selectAllChildren(source)
    told.textContent = "Der Text ist markiert. Bitte mit Strg+C kopieren."
  }
}

for (const button of document.querySelectorAll("[data-copies]")) {
  const source = document.getElementById(button.dataset.copies)
  const told = button.parentElement.querySelector('[role="status"]')
  button.addEventListener("click", () => copy(source, told))
}
