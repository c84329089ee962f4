// Keeps the page of what runs now up to date, once a minute while it is looked at; a button stops and resumes it.
const content = document.querySelector("[data-now]")
const clock = document.querySelector("[data-clock]")
const button = document.querySelector("[data-pause]")
const label = button.querySelector(".kern-label")
const MINUTE = 60_000
let isPaused = false

function showTime() {
  const format = { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" }
  clock.textContent = `${new Date().toLocaleTimeString("de-DE", format)} Uhr`
}

async function refresh() {
  showTime()
  if (isPaused || document.hidden) return
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } })
    if (!response.ok) return
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    const fresh = page.querySelector("[data-now]")
    if (fresh && fresh.innerHTML !== content.innerHTML) content.replaceChildren(...fresh.childNodes)
  } catch {
    // A failed request leaves what is there; the next minute tries again.
  }
}

function pause() {
  isPaused = !isPaused
  label.textContent = isPaused ? "Aktualisieren fortsetzen" : "Aktualisieren anhalten"
  void refresh()
}

button.hidden = clock.hidden = false
button.addEventListener("click", pause)
document.addEventListener("visibilitychange", refresh)
showTime()
setInterval(refresh, MINUTE)
