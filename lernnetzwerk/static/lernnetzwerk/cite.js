// Buttons that copy a citation: the text of the element they name, or the one of their page, which they show first.
// Where scripts are off, the style sheet hides them.
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

function statusBeside(button) {
  const status = document.createElement("span")
  status.className = "citation__told"
  status.setAttribute("role", "status")
  button.after(status)
  return status
}

function showPageCitation(button) {
  const shown = document.createElement("p")
  shown.className = "citation"
  shown.lang = "de"
  const { pageCitation } = button.closest("[data-page-citation]").dataset
  shown.textContent = pageCitation.replaceAll("{Nummer}", button.dataset.cites)
  button.parentElement.after(shown)
  return shown
}

for (const button of document.querySelectorAll("[data-copies]")) {
  const source = document.getElementById(button.dataset.copies)
  const status = button.parentElement.querySelector('[role="status"]')
  button.addEventListener("click", () => copy(source, status))
}

for (const button of document.querySelectorAll("[data-cites]")) {
  let source
  const status = statusBeside(button)
  button.addEventListener("click", () => {
    source ??= showPageCitation(button)
    return copy(source, status)
  })
}
