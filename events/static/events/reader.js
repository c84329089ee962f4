// An address that ends in #seite-75 leads to the part of a long file in which that page stands.
const anchor = document.querySelector("[data-long]").dataset.long

function goThere() {
  const [, word, number] = /^#([a-z]+)-(\d{1,6})$/.exec(location.hash) ?? []
  const isHere =
    document.getElementById(location.hash.slice(1)) || new URLSearchParams(location.search).get("ab") === number
  if (word === anchor && !isHere) location.replace(`?ab=${number}${location.hash}`)
}

window.addEventListener("hashchange", goThere)
goThere()
