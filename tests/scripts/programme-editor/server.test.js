// Against a real server on this machine, which gives the answers a test has written down for an address, one by one.

import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer } from "node:http"
import { after, before, beforeEach, test } from "node:test"
import { Server } from "../../../events/static/events/programme-editor/server.js"

const PAGE = "<!doctype html><title>Bitte warten</title>"
const STATE = { seen_at: "later", rows: [], unplaced: [], token: "fresh" }

let origin
let answers
let requests
let server

const listener = createServer((request, response) => {
  let body = ""
  request.on("data", part => {
    body += part
  })
  request.on("end", () => {
    const { method, url, headers } = request
    requests.push({ method, url, token: headers["x-csrftoken"], body })
    const { status = 200, json, html, location, isLost } = answers[`${method} ${url}`]?.shift() ?? {}
    if (isLost) return request.socket.destroy()
    if (location) response.setHeader("Location", location)
    response.writeHead(status).end(html ?? JSON.stringify(json ?? {}))
  })
})

before(() => once(listener.listen(0, "127.0.0.1"), "listening"))
after(() => {
  listener.closeAllConnections()
  listener.close()
})
beforeEach(() => {
  origin = `http://127.0.0.1:${listener.address().port}`
  answers = {}
  requests = []
  const words = ["zeilen", "hinweise", "personen", "kommunen", "namen", "abgleich"]
  server = new Server(Object.fromEntries(words.map(word => [word, `${origin}/${word}/`])), "first")
})

const save = () => server.save("moment", '[{"title": "Eins"}]')

test("a save sends the rows, the version they are based on and the token", async () => {
  answers["POST /zeilen/"] = [{ json: STATE }]

  assert.deepEqual(await save(), { outcome: "saved", data: STATE })
  const body = '{"seen_at": "moment", "rows": [{"title": "Eins"}]}'
  assert.deepEqual(requests, [{ method: "POST", url: "/zeilen/", token: "first", body }])
})

const OUTCOMES = [
  [
    { status: 409, json: { state: STATE } },
    { outcome: "conflict", data: { state: STATE } },
  ],
  [
    { status: 422, json: { errors: { 0: ["Falsch."] } } },
    { outcome: "refused", data: { errors: { 0: ["Falsch."] } } },
  ],
  [{ status: 400, html: PAGE }, { outcome: "failed" }],
  [{ status: 413, html: PAGE }, { outcome: "failed" }],
  [{ status: 500, html: PAGE }, { outcome: "unanswered" }],
  [{ status: 503, html: PAGE }, { outcome: "unanswered" }],
  [{ isLost: true }, { outcome: "unanswered" }],
  [{ status: 200, html: PAGE }, { outcome: "unanswered" }],
  [{ status: 409, html: PAGE }, { outcome: "unanswered" }],
]

for (const [answer, expected] of OUTCOMES)
  test(`after ${JSON.stringify(answer)} the outcome is ${expected.outcome}`, async () => {
    answers["POST /zeilen/"] = [answer]

    assert.deepEqual(await save(), expected)
    assert.equal(requests.length, 1)
  })

test("who has signed in again in another window saves with the new token, then and later", async () => {
  answers["POST /zeilen/"] = [{ status: 403 }, { json: STATE }, { json: STATE }]
  answers["GET /zeilen/"] = [{ json: STATE }]

  assert.equal((await save()).outcome, "saved")
  await save()

  const sent = requests.map(({ method, token }) => [method, token])
  assert.deepEqual(sent, [
    ["POST", "first"],
    ["GET", undefined],
    ["POST", "fresh"],
    ["POST", "fresh"],
  ])
})

test("who is led to the sign-in is signed out", async () => {
  answers["POST /zeilen/"] = [{ status: 302, location: "/login/" }]
  answers["GET /zeilen/"] = [{ status: 302, location: "/login/" }]
  answers["GET /login/"] = [{ html: PAGE }, { html: PAGE }]

  assert.deepEqual(await save(), { outcome: "signed out" })
})

for (const answer of [{ html: PAGE }, { json: {} }, { isLost: true }, { status: 503, html: PAGE }])
  test(`after ${JSON.stringify(answer)} in place of a new token the next save is tried again`, async () => {
    answers["POST /zeilen/"] = [{ status: 403 }, { json: STATE }]
    answers["GET /zeilen/"] = [answer]

    assert.deepEqual(await save(), { outcome: "signed out" })
    assert.deepEqual(await save(), { outcome: "saved", data: STATE })
  })

test("overlaps are asked for with the rows; where there is no answer there are none", async () => {
  answers["POST /hinweise/"] = [
    { json: { warnings: { 0: ["Zu früh."] } } },
    { status: 204 },
    { html: PAGE },
    { isLost: true },
  ]
  const found = []
  for (let time = 0; time < 4; time++) found.push(await server.findOverlaps("[]"))

  assert.deepEqual(found, [{ 0: ["Zu früh."] }, null, null, null])
  assert.equal(requests[0].body, '{"rows": []}')
})

test("people and towns are found by a text, none where there is no answer", async () => {
  answers["GET /personen/?q=Ada%20%26%20Co"] = [{ json: { found: [{ label: "Ada" }] } }, { html: PAGE }]
  answers["GET /kommunen/?q=L%C3%BCnen"] = [{ json: { found: [{ label: "Lünen" }] } }, { isLost: true }]

  assert.deepEqual(await server.findPeople("Ada & Co"), [{ label: "Ada" }])
  assert.deepEqual(await server.findPeople("Ada & Co"), [])
  assert.deepEqual(await server.findTowns("Lünen"), [{ label: "Lünen" }])
  assert.deepEqual(await server.findTowns("Lünen"), [])
})

test("what another address answers is no answer", async () => {
  answers["GET /personen/?q=Ada"] = [{ status: 302, location: "/login/" }]
  answers["GET /login/"] = [{ json: { found: [{ label: "Ada" }] } }]

  assert.deepEqual(await server.findPeople("Ada"), [])
})

test("a line about a person is taken apart, null where there is no answer", async () => {
  answers["GET /namen/?q=Ada"] = [{ json: { first_name: "Ada" } }, { html: PAGE }]

  assert.deepEqual(await server.parsePerson("Ada"), { first_name: "Ada" })
  assert.equal(await server.parsePerson("Ada"), null)
})

test("fragments of a pasted programme are sent together, null where there is no answer", async () => {
  const fragments = { people: ["Dr. Ada Muster"], municipalities: ["Hamm"] }
  const found = { people: [null], municipalities: [{ pk: 1, name: "Hamm" }] }
  answers["POST /abgleich/"] = [{ json: found }, { status: 403 }, { html: PAGE }, { isLost: true }]

  const matched = []
  for (let time = 0; time < 4; time++) matched.push(await server.match(fragments))

  assert.deepEqual(matched, [found, null, null, null])
  assert.deepEqual([requests[0].token, requests[0].body], ["first", JSON.stringify(fragments)])
})
