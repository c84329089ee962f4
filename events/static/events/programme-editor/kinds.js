// What kind of session a title speaks of.

// Several forums are their phase, unless something is told about them, such as „Ergebnisse aus den Praxisforen“.
const FORUMS =
  /^(?!.*(?:\baus\b|\bin die\b|ergebnis|bericht|vorstellung|auswertung|zusammenfassung).*foren).*foren(?:phase|runde|\b)/i
const PATTERNS = [
  [/pause|\bmittag|imbiss|kaffee|ankommen|einlass/i, "break"],
  [FORUMS, "forum_phase"],
  [/forum/i, "forum"],
  [/workshop/i, "workshop"],
  [/begrüßung|grußwort|willkommen|eröffnung/i, "welcome"],
  [/diskussion|gespräch|podium/i, "discussion"],
  [/abschluss|verabschiedung|ausblick|\bende\b/i, "closing"],
]

export const guessKind = title => PATTERNS.find(([pattern]) => pattern.test(title))?.[1] ?? "talk"
