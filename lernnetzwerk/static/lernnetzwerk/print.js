// Buttons that print the page; where scripts are off, the style sheet hides them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print())
}
