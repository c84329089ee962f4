import assert from "node:assert/strict"
import { test } from "node:test"
import { setTimeout } from "node:timers/promises"
import { debounce, latest } from "../../../events/static/events/programme-editor/timers.js"

test("work is done once, after the last of several calls", async () => {
  let done = 0
  const schedule = debounce(() => done++, 10)

  schedule()
  schedule()
  assert.equal(done, 0)
  await setTimeout(50)

  assert.equal(done, 1)
})

test("cancelled work is not done", async () => {
  let done = 0
  const schedule = debounce(() => done++, 10)

  schedule()
  schedule.cancel()
  await setTimeout(50)

  assert.equal(done, 0)
})

test("only the latest of several questions is answered, in whatever order the answers come", async () => {
  const waiting = []
  const ask = latest(async word => {
    await new Promise(resolve => {
      waiting.push(resolve)
    })
    return word
  })
  const answers = [ask("first"), ask("second")]

  for (const answer of waiting.toReversed()) answer()

  assert.deepEqual(await Promise.all(answers), [undefined, "second"])
})

test("a cancelled question is not answered", async () => {
  const ask = latest(word => Promise.resolve(word))
  const answer = ask("first")

  ask.cancel()

  assert.equal(await answer, undefined)
})
