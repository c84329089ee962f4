// Lines that name a day of the meeting: "Freitag, 30. November 2018", "Tag 2 (30.11.)", "Freitag".

const MONTHS = ["jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"]
const MONTH =
  "jan(?:uar)?|feb(?:ruar)?|märz?|mrz|maerz|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?"
const WEEKDAYS = ["so", "mo", "di", "mi", "do", "fr", "sa"]
const ORDINALS = { erster: 1, zweiter: 2, dritter: 3 }
const SEPARATED = "[\\s:,|(–—-]*"
const NUMBERED =
  /^(?:(?:(\d)\.|(erster|zweiter|dritter)) ?(?:\p{L}{0,20})tag(?!\p{L})|tag (\d)(?!\d|[.:]\d))[\s:,|(–—-]*/iu
const WEEKDAY = new RegExp(
  `^(?:am )?(?:(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)|(mo|di|mi|do|fr|sa|so)(?=[.,]| \\d))(?!\\p{L})\\.?${SEPARATED}(?:(?:den|dem|der) )?`,
  "iu",
)
const DATE = new RegExp(
  `^(?:am |datum: ?)?(\\d{1,2})\\.( ?)(?:(\\d{1,2})\\.(?:( ?\\d{4})(?!\\d)|(\\d{2})(?!\\d|[.:]\\d)|(?!\\d))|(${MONTH})(?!\\p{L})\\.?(?: (\\d{4})(?!\\d))?)${SEPARATED}`,
  "iu",
)
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?!\d)[\s:,|(–—-]*/
const SPAN = new RegExp(
  `^(?:\\p{L}+,? )?\\d{1,2}\\.(?: ?(?:${MONTH})(?: \\d{4})?| ?\\d{1,2}\\.(?:\\d{2,4})?)? ?(?:[-–—/]|und|bis) ?(?:\\p{L}+,? )?\\d{1,2}\\. ?(?:\\d|(?:${MONTH})(?!\\p{L}))`,
  "iu",
)

/** `{ number, weekday, date, rest }` of a line that names a day, `date` as `{ day, month, year }`; null for any other. */
export function readDay(text) {
  if (SPAN.test(text)) return null
  const [numbered, digit, ordinal, plain] = NUMBERED.exec(text) ?? [""]
  const [named, long, short] = WEEKDAY.exec(text.slice(numbered.length)) ?? [""]
  const { length, date } = readDate(text.slice(numbered.length + named.length))
  const rest = text
    .slice(numbered.length + named.length + length)
    .replace(/^\)?[\s:,|–—-]*/, "")
    .trim()
  const number = Number(digit ?? plain ?? ORDINALS[ordinal?.toLowerCase()] ?? 0)
  const isDay = date || number || (long && !rest)
  return isDay ? { number, weekday: named ? weekdayOf(long ?? short) : -1, date, rest } : null
}

const weekdayOf = name => WEEKDAYS.indexOf(name.slice(0, 2).toLowerCase())

function readDate(text) {
  const [iso, ...parts] = ISO.exec(text) ?? [""]
  if (iso) return dated(iso, Number(parts[2]), Number(parts[1]), Number(parts[0]))
  const [found, day, space, month, year, short, name, yearOfName] = DATE.exec(text) ?? [""]
  // "1. 10.15 Uhr" is a number and a time.
  if (!found || (space && short)) return dated("", 0, 0, 0)
  const number = month ? Number(month) : monthOf(name)
  const fullYear = short ? 2000 + Number(short) : Number(year ?? yearOfName ?? 0)
  return dated(found, Number(day), number, fullYear)
}

const monthOf = name =>
  MONTHS.indexOf(
    name
      .toLowerCase()
      .replace(/^(?:mrz|mae)/, "mär")
      .slice(0, 3),
  ) + 1

function dated(found, day, month, year) {
  const isDate = day > 0 && day < 32 && month > 0 && month < 13
  return isDate ? { length: found.length, date: { day, month, year } } : { length: 0, date: null }
}

/** Which of the event's `days` is named; `previous` is the day of the line above, null before the first such line. */
export function findDay({ number, weekday, date }, days, previous) {
  const dates = days.filter(day => day.date)
  const isSame = day => {
    const [year, month, ofMonth] = day.date.split("-").map(Number)
    return ofMonth === date.day && month === date.month && (!date.year || year === date.year)
  }
  if (date && dates.length) return dates.find(isSame) ?? days.find(day => !day.date && day.number === number) ?? null
  if (number) return days.find(day => day.number === number) ?? null
  if (!date && dates.length) return dates.find(day => new Date(`${day.date}T12:00Z`).getUTCDay() === weekday) ?? null
  return days[previous ? days.findIndex(day => day.number === previous) + 1 : 0] ?? null
}
