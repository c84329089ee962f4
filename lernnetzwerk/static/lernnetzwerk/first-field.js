// A form for something new begins in its first field, or in the first one with an error, not on a button: Enter would
// send it empty.
const FIELDS =
  "input:not([type=hidden], [type=submit]), select:not(.select2-hidden-accessible), textarea, .select2-selection"

function focusFirst() {
  const all = document.querySelectorAll(`#content-main form fieldset :is(${FIELDS})`)
  const fields = [...all].filter(field => field.checkVisibility())
  const first = fields.find(field => field.closest(".errors")) ?? fields[0]
  if (document.activeElement === document.body) first?.focus()
}

// Called in turn, after boxes that suggest have taken the place of their fields.
globalThis.django.jQuery(focusFirst)
