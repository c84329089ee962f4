// Buttons that copy the text of the element they name; where scripts are off, the style sheet hides them.
const WORDS_ONLY = /\u2060/g // keeps dates on one line, says nothing

async function copy(source, status) {
  const words = source.textContent.replace(WORDS_ONLY, "").replace(/\s+/g, " ").trim()
  try {
    await navigator.clipboard.writeText(words)
    status.textContent = "Kopiert."
  } catch {
    getSelection().selectAllChildren(source)
    status.textContent = "Der Text ist markiert. Bitte mit Strg+C kopieren."
  }
}

for (const button of document.querySelectorAll("[data-copies]")) {
  const source = document.getElementById(button.dataset.copies)
  const status = button.parentElement.querySelector('[role="status"]')
  button.addEventListener("click", () => copy(source, status))
}
