// A button beside each text that is there to be copied; without it, marking and copying by hand works as well.
function offerCopying(field) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "button missing-copy"
  button.textContent = "Kopieren"
  button.setAttribute("aria-describedby", field.id)
  const status = document.createElement("span")
  status.setAttribute("role", "status")
  button.addEventListener("click", async () => {
    field.select()
    try {
      await navigator.clipboard.writeText(field.value)
      status.textContent = "Kopiert."
    } catch {
      status.textContent = "Der Text ist markiert. Bitte mit Strg+C kopieren."
    }
  })
  field.after(button, status)
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(offerCopying)
