// A video elsewhere comes into the page when somebody asks for it; before that, nothing is fetched from there.
for (const place of document.querySelectorAll("[data-embed]")) {
  const button = place.querySelector("[data-embed-play]")
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe")
    frame.className = "embed__frame"
    frame.title = place.dataset.title
    frame.allow = "fullscreen; encrypted-media; picture-in-picture"
    frame.referrerPolicy = "strict-origin" // players refuse to start when they cannot see which site embeds them
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups")
    frame.src = place.dataset.embed
    place.querySelector("[data-embed-stage]").replaceChildren(frame)
    button.remove()
    frame.focus()
  })
}
