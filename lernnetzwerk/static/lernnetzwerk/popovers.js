// Menu and filters lie over the page in narrow windows. They close when the keyboard leaves them, so that the focus is
// never behind them (WCAG 2.4.11), and when the window becomes wide enough to show them beside the content.
const isSupported = "popover" in HTMLElement.prototype
const openOne = () => document.querySelector(":popover-open")
const openerOf = popover => document.querySelector(`[popovertarget="${popover.id}"]`)

function closeBehindFocus({ target }) {
  const popover = openOne()
  // A click on the opener focuses it without a ring and closes the popover by itself.
  if (popover && !popover.contains(target) && target.matches(":focus-visible")) popover.hidePopover()
}

function closeInWideWindow() {
  const popover = openOne()
  if (popover && !openerOf(popover).checkVisibility()) popover.hidePopover()
}

if (isSupported) {
  document.addEventListener("focusin", closeBehindFocus)
  addEventListener("resize", closeInWideWindow)
}
