// Takes the picture that a film just shows and puts it into a field for uploads: it goes to the server with the form.
const WIDEST = 1280
const QUIET = 150 // milliseconds without a new picture
const SAY = {
  invitation: "Halten Sie das Video beim gewünschten Bild an, oder laden Sie oben ein Bild hoch.",
  loading: "Das Video wird geladen. Geschieht nichts, spielen Sie es kurz ab.",
  undone: "Das Bild wurde verworfen.",
  unplayable: "Ihr Browser kann dieses Video nicht abspielen. Bitte laden Sie oben ein Bild hoch.",
  unreachable: "Das Video wird nicht weiter geladen. Bitte laden Sie die Seite neu.",
  closed: "Aus diesem Video kann der Browser kein Bild übernehmen. Bitte laden Sie oben ein Bild hoch.",
}

function clock(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60]
  const needed = parts[0] ? parts : parts.slice(1)
  return needed.map((part, place) => (place ? String(part).padStart(2, "0") : part)).join(":")
}

function shown(film) {
  if (film.readyState >= film.HAVE_CURRENT_DATA && !film.seeking) return Promise.resolve()
  film.preload = "auto"
  return new Promise(resolve => {
    film.addEventListener(film.seeking ? "seeked" : "loadeddata", resolve, { once: true })
  })
}

// After a jump the first pictures may be earlier ones, from which the browser works out the right one.
function settled(film) {
  return new Promise(resolve => {
    let timer = setTimeout(resolve, QUIET)
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(resolve, QUIET)
      film.requestVideoFrameCallback(wait)
    }
    film.requestVideoFrameCallback?.(wait)
  })
}

function draw(film, canvas) {
  const scale = Math.min(1, WIDEST / film.videoWidth)
  canvas.width = Math.round(film.videoWidth * scale)
  canvas.height = Math.max(1, Math.round(film.videoHeight * scale))
  canvas.getContext("2d").drawImage(film, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error("The browser made no picture."))), "image/jpeg", 0.9)
  })
}

function offer(place) {
  const input = document.getElementById(place.dataset.still)
  const status = place.querySelector("[role=status]")
  place.prepend(document.importNode(place.querySelector("template").content, true))
  const [film, canvas] = [place.querySelector("video"), place.querySelector("canvas")]
  const [take, undo] = [place.querySelector("[data-take]"), place.querySelector("[data-undo]")]

  function show(sentence, isTaken = false) {
    status.textContent = sentence
    canvas.hidden = undo.hidden = !isTaken
  }

  function close(sentence) {
    film.hidden = take.hidden = true
    show(sentence, !canvas.hidden)
  }

  async function takePicture() {
    film.pause()
    show(SAY.loading)
    await shown(film)
    await settled(film)
    const moment = clock(film.currentTime)
    const blob = await draw(film, canvas)
    const chosen = new DataTransfer()
    chosen.items.add(new File([blob], `Standbild bei ${moment.replaceAll(":", "-")}.jpg`, { type: blob.type }))
    input.files = chosen.files
    const clear = document.getElementById(`${input.name}-clear_id`)
    if (clear) clear.checked = false
    canvas.setAttribute("aria-label", `Bild des Videos bei ${moment}`)
    show(`Bild bei ${moment} übernommen. Es wird mit dem Formular gespeichert.`, true)
  }

  show(SAY.invitation)
  take.addEventListener("click", () => takePicture().catch(() => show(SAY.closed)))
  undo.addEventListener("click", () => {
    input.value = ""
    show(SAY.undone)
    take.focus()
  })
  input.addEventListener("change", () => show(SAY.invitation)) // now it is the editor's own file, or none
  film.addEventListener("error", () => close(film.error?.code === 2 ? SAY.unreachable : SAY.unplayable))
  film.addEventListener("loadedmetadata", () => film.videoWidth || close(SAY.unplayable)) // only its sound
}

for (const place of document.querySelectorAll("[data-still]")) offer(place)
