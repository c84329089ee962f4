// What kind of session a title speaks of.

// Several groups are their phase, unless something is told about them, such as „Ergebnisse aus den Praxisforen“.
const GROUPS =
  "foren(?:phase|runde|\\b)|(?:arbeits|klein|gesprächs)gruppen(?:phase|runde|arbeit|\\b)|gruppenarbeit|\\bags\\b|workshop(?:s\\b|phase|runde)|thementische\\b"
const TOLD =
  "(?:\\baus\\b|\\bin die\\b|ergebnis|bericht|vorstellung|präsentation|auswertung|zusammenfassung|rückmeldung|blitzlicht)"
const PHASE = new RegExp(`^(?!.*${TOLD}.*(?:${GROUPS})).*(?:${GROUPS})`, "i")
const PATTERNS = [
  [/^(?:begrüßung|grußworte?|willkommen|eröffnung)\b/i, "welcome"],
  [/pause|\bmittag(?:essen|simbiss|s?buffet|\b)|imbiss|kaffee|ankommen|ankunft|einlass|registrierung/i, "break"],
  [
    /abendessen|abendprogramm|abendbuffet|frühstück|gemeinsames essen|\bbuffet|lunch|snack|umtrunk|get-?together/i,
    "break",
  ],
  [
    /^(?:anmeldung|anreise|abreise|check-?in|transfer|empfang|ausklang|gemütlicher|stadtrundgang|stadtführung)\b/i,
    "break",
  ],
  [PHASE, "forum_phase"],
  [/forum|^AG [\dA-Z]\b|arbeitsgruppe(?!n)|thementisch(?!e)/i, "forum"],
  [/workshop(?!s\b)/i, "workshop"],
  [/begrüßung|grußwort|willkommen|eröffnung/i, "welcome"],
  [/diskussion|gespräch|podium|austausch|plenum|fishbowl|fragerunde/i, "discussion"],
  [/abschluss|verabschiedung|ausblick|schlusswort|\bfazit\b|resümee|\bende\b/i, "closing"],
]

export const guessKind = title => PATTERNS.find(([pattern]) => pattern.test(title))?.[1] ?? "talk"

/** Whether the title alone says what the row is; "talk" is also what everything else is. */
export const hasKind = title =>
  PATTERNS.some(([pattern]) => pattern.test(title)) || /vortrag|impuls|input|keynote/i.test(title)
