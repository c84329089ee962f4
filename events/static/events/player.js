// Time links move the player instead of opening the file; an address that ends in #t=312 cues the player there.
// Without this script such an address leads to the place in the transcript; with it the film itself is shown.
const player = document.querySelector("[data-player]")
const links = [...document.querySelectorAll("[data-time]")]
const paragraphs = [...document.querySelectorAll(".transcript__paragraph")]
const begins = new Map(paragraphs.map(paragraph => [paragraph, Number(paragraph.id.slice(2))]))

function cue() {
  const asked = /^#t=(\d{1,6}(?:\.\d+)?)$/.exec(location.hash)
  if (!asked) return
  player.currentTime = Number(asked[1])
  player.scrollIntoView({ block: "nearest" })
}

function follow() {
  const begun = paragraphs.filter(paragraph => begins.get(paragraph) <= player.currentTime)
  for (const paragraph of paragraphs) {
    if (paragraph === begun.at(-1)) paragraph.setAttribute("aria-current", "true")
    else paragraph.removeAttribute("aria-current")
  }
}

function moveThere(event) {
  event.preventDefault()
  history.replaceState(history.state, "", event.currentTarget.hash)
  cue()
  player.play().catch(() => {
    // A browser that wants another click first shows its own button.
  })
}

if (player) {
  for (const link of links) {
    link.setAttribute("href", `#t=${link.dataset.time}`)
    link.addEventListener("click", moveThere)
  }
  for (const paragraph of paragraphs) paragraph.removeAttribute("id")
  player.addEventListener("timeupdate", follow)
  window.addEventListener("hashchange", cue)
  cue()
}
