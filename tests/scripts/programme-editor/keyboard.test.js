import assert from "node:assert/strict"
import { test } from "node:test"
import { commandFor } from "../../../events/static/events/programme-editor/keyboard.js"

const COMMANDS = [
  [{ key: "ArrowUp", altKey: true }, "up"],
  [{ key: "ArrowDown", altKey: true }, "down"],
  [{ key: "ArrowRight", altKey: true }, "in"],
  [{ key: "ArrowLeft", altKey: true }, "out"],
  [{ key: "d", altKey: true }, "copy"],
  [{ key: "Delete", altKey: true }, "remove"],
  [{ key: "z", altKey: true }, "undo"],
  [{ key: "Enter", ctrlKey: true }, "insert"],
  [{ key: "s", ctrlKey: true }, "save"],
  [{ key: "s", metaKey: true }, "save"],
  [{ key: "ArrowUp" }, undefined],
  [{ key: "s" }, undefined],
  [{ key: "s", altKey: true }, undefined],
  [{ key: "z", ctrlKey: true }, undefined],
  [{ key: "d", ctrlKey: true, altKey: true }, undefined],
]

for (const [event, command] of COMMANDS)
  test(`${JSON.stringify(event)} is ${command ?? "no command"}`, () => {
    assert.equal(commandFor(event), command)
  })
