import assert from "node:assert/strict"
import { test } from "node:test"
import { divide, titleOf } from "../../../events/static/events/programme-editor/pasted-parts.js"

const TOWNS = new Set(["Hamm", "Stadt Hamm", "Bielefeld", "Kreis Warendorf"])

// A text; then its title, its people with their roles, its room, and what is left in the title with doubt.
const TEXTS = [
  ["Was Kinder, Eltern und Fachkräfte stärkt", "Was Kinder, Eltern und Fachkräfte stärkt", [], "", []],
  ["Frühe Hilfen auf dem Land, Kreis Warendorf", "Frühe Hilfen auf dem Land", [], "", []],
  ["Frühe Hilfen, Kreis Muster", "Frühe Hilfen, Kreis Muster", [], "", ["Kreis Muster"]],
  ["Hamm: Bildungsbegleiter", "Bildungsbegleiter", [], "", []],
  ["Bildungsbegleiter (Hamm und Bielefeld)", "Bildungsbegleiter", [], "", []],
  ["Praxisforum Hamm", "Praxisforum Hamm", [], "", []],
  ["Was wirkt?, Moderation: Dr. Anna Muster, LWL", "Was wirkt?", ["chair Dr. Anna Muster, LWL"], "", []],
  ["Was wirkt? (Moderation: Anna Muster)", "Was wirkt?", ["chair Anna Muster"], "", []],
  ["Was wirkt?, Moderation: N.N.", "Was wirkt?, Moderation: N.N.", [], "", ["Moderation: N.N."]],
  [
    "Was wirkt? – Prof. Dr. Kai Probe (FH Muster, Bonn)",
    "Was wirkt?",
    ["talk Prof. Dr. Kai Probe (FH Muster, Bonn)"],
    "",
    [],
  ],
  ["„Was, wie, wer?“ (Prof. Dr. Kai Probe)", "Was, wie, wer?", ["talk Prof. Dr. Kai Probe"], "", []],
  ["Vortrag von Prof. Dr. Kai Probe: Was wirkt?", "Was wirkt?", ["talk Prof. Dr. Kai Probe"], "", []],
  ["Dr. Kai Probe, FH Muster: Was wirkt?", "Was wirkt?", ["talk Dr. Kai Probe, FH Muster"], "", []],
  ["Vortrag von Prof. Dr. Kai Probe", "", ["talk Prof. Dr. Kai Probe"], "", []],
  [
    "Grußwort durch Bürgermeisterin Ada Muster, Stadt Hamm",
    "Grußwort",
    ["talk Ada Muster (Bürgermeisterin), Stadt Hamm"],
    "",
    [],
  ],
  [
    "Begrüßung durch Marco Muster (Ministerium für Kinder, Familie und Jugend)",
    "Begrüßung",
    ["talk Marco Muster (Ministerium für Kinder, Familie und Jugend)"],
    "",
    [],
  ],
  [
    "Einblicke – Ada Muster und Bert Probe, Stadt Hamm",
    "Einblicke",
    ["talk Ada Muster, Stadt Hamm", "talk Bert Probe, Stadt Hamm"],
    "",
    [],
  ],
  [
    "Podium: Dr. Ada Muster (LWL), Bert Probe (LVR) und Carla Beispiel",
    "",
    ["panel Dr. Ada Muster (LWL)", "panel Bert Probe (LVR)", "panel Carla Beispiel"],
    "",
    [],
  ],
  ["Was wirkt? (Raum 2.14)", "Was wirkt?", [], "Raum 2.14", []],
  ["Was wirkt?, Großer Sitzungssaal", "Was wirkt?", [], "Großer Sitzungssaal", []],
  ["Was wirkt? | Raum: Haus B", "Was wirkt?", [], "Haus B", []],
  ["Übergang Schule – Beruf, Frühe Hilfen", "Übergang Schule – Beruf, Frühe Hilfen", [], "", []],
  ["Frau und Beruf", "Frau und Beruf", [], "", []],
  ["Was wirkt? – Maria in der Au, M.A., Stadt Hamm", "Was wirkt?", ["talk Maria in der Au, M.A., Stadt Hamm"], "", []],
  ["Grußwort Landrätin Muster (Kreis Muster)", "Grußwort", ["talk Muster (Landrätin), Kreis Muster"], "", []],
  ["Begrüßung: Ada Muster", "Begrüßung", ["talk Ada Muster"], "", []],
  ["Einführung: Soziale Räume", "Einführung: Soziale Räume", [], "", []],
  ["Dr. Kai Probe (FH Muster) – Was wirkt?", "Was wirkt?", ["talk Dr. Kai Probe (FH Muster)"], "", []],
  ["Dr. Kai Probe, FH Muster, „Was wirkt?”", "Was wirkt?", ["talk Dr. Kai Probe, FH Muster"], "", []],
  ["Familienbüros (Ida Muster, Stadt Hamm)", "Familienbüros", ["talk Ida Muster, Stadt Hamm"], "", []],
  ["Thomas Muster, Beigeordneter der Stadt Hamm", "", ["talk Thomas Muster, Beigeordneter der Stadt Hamm"], "", []],
  ["Koordinatorin Kreis Muster", "Koordinatorin Kreis Muster", [], "", []],
]

for (const [text, title, people, room, doubts] of TEXTS)
  test(`„${text}“ is divided`, () => {
    const divided = divide(text, "talk")
    const named = new Set(divided.people.map(({ line }) => line))

    assert.deepEqual(titleOf(divided.parts, TOWNS, named), { title, doubts })
    assert.deepEqual(
      divided.people.map(({ role, line }) => `${role} ${line}`),
      people,
    )
    assert.equal(divided.room, room)
  })

test("a name without title or affiliation is a person if the server knows it, and otherwise in doubt", () => {
  const { parts } = divide("Was wirkt?, Ada Muster", "talk")

  assert.deepEqual(titleOf(parts, TOWNS, new Set(["Ada Muster"])), { title: "Was wirkt?", doubts: [] })
  assert.deepEqual(titleOf(parts, TOWNS, new Set()), { title: "Was wirkt?, Ada Muster", doubts: ["Ada Muster"] })
})
