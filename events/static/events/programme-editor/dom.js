/** An element; an attribute `on…` is a listener, `true` an attribute without a value, and null, undefined or false none. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value)
    else if (value === true) made.setAttribute(name, "")
    else if (value !== false && value != null) made.setAttribute(name, value)
  }
  made.append(...children.filter(Boolean))
  return made
}

export const button = (label, onclick) => element("button", { type: "button", onclick }, label)

/** The options of a select from pairs of a value and its label. */
export const options = (pairs, chosen) =>
  pairs.map(([value, label]) => element("option", { value, selected: value === chosen }, label))
