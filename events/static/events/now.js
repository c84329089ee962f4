// Keeps the page of what runs now up to date, once a minute while it is looked at; a button stops and resumes it.
const content = document.querySelector("[data-now]")
const clock = document.querySelector("[data-clock]")
const stale = document.querySelector("[data-stale]")
const button = document.querySelector("[data-pause]")
const label = button.querySelector(".kern-label")
const MINUTE = 60_000
const LONGEST = 30_000 // milliseconds that an answer may take
let isPaused = false
let known = shownTime()

function shownTime() {
  const format = { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" }
  return `${new Date().toLocaleTimeString("de-DE", format)} Uhr`
}

async function refresh() {
  clock.textContent = shownTime()
  if (isPaused || document.hidden) return
  try {
    const response = await fetch(location.href, {
      headers: { Accept: "text/html" },
      signal: AbortSignal.timeout(LONGEST),
    })
    if (!response.ok) throw new Error(`status ${response.status}`)
    show(new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-now]"))
    known = shownTime()
    stale.hidden = true
  } catch {
    // What is there stays, with its time; the next minute tries again.
    stale.textContent = `Keine Verbindung. Stand: ${known}`
    stale.hidden = false
  }
}

function show(fresh) {
  if (!fresh || fresh.innerHTML === content.innerHTML) return
  const focused = content.contains(document.activeElement) && document.activeElement.getAttribute("href")
  content.replaceChildren(...fresh.childNodes)
  if (focused) content.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus()
}

function pause() {
  isPaused = !isPaused
  label.textContent = isPaused ? "Aktualisieren fortsetzen" : "Aktualisieren anhalten"
  void refresh()
}

button.hidden = clock.hidden = false
clock.textContent = known
button.addEventListener("click", pause)
document.addEventListener("visibilitychange", refresh)
setInterval(refresh, MINUTE)
