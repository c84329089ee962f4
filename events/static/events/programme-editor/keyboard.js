// The keys of the commands.

const WITH_ALT = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
  d: "copy",
  Delete: "remove",
  z: "undo",
}
const WITH_CONTROL = { Enter: "insert", s: "save" }

/** The name of the command that a keydown event stands for; undefined for any other key. */
export function commandFor({ key, altKey, ctrlKey, metaKey }) {
  if (ctrlKey || metaKey) return WITH_CONTROL[key]
  return altKey ? WITH_ALT[key] : undefined
}
