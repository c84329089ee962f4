// Walks the pages named on standard input in Firefox; prints a list of its findings as JSON.

import { text } from "node:stream/consumers"
import puppeteer from "puppeteer-core"

const MOST_DISCLOSURES = 3 // of one page: the next ones are alike
const ABORTED = "NS_BINDING_ABORTED" // by the walk itself, which opens the next page
const LANDMARKS = { main: 1, "main h1": 1, "body > header": 1, "body > footer": 1, "nav[aria-label]": Infinity }
const SHOWN = "filter(each => each.checkVisibility({ visibilityProperty: true }))"
const OPENERS = `[...document.querySelectorAll('button[popovertarget]:not([popovertargetaction])')].${SHOWN}`
const SUMMARIES = `[...document.querySelectorAll('main summary')].${SHOWN}`

const { program, url, paths, widths, problems, jumps, distance } = JSON.parse(await text(process.stdin))
const findings = []
let place = ""

const note = finding => findings.push(`${place}: ${finding}`)

function listen(page) {
  page.on("console", message => ["error", "warn"].includes(message.type()) && note(`console: ${message.text()}`))
  page.on("pageerror", error => note(`error: ${error.message}`))
  page.on("requestfailed", request => {
    const reason = request.failure()?.errorText
    if (reason !== ABORTED) note(`failed: ${request.url()} ${reason}`)
  })
  page.on("response", response => response.status() >= 400 && note(`${response.status()}: ${response.url()}`))
}

async function open(page, address) {
  await page.goto(url + address, { waitUntil: "load" })
  await page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
}

async function checkLandmarks(page) {
  for (const [selector, most] of Object.entries(LANDMARKS)) {
    const count = await page.evaluate(`document.querySelectorAll('${selector}').length`)
    if (count < 1 || count > most) note(`${count} x ${selector}`)
  }
  const levels = await page.evaluate(`[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].${SHOWN}
    .map(each => Number(each.localName[1]))`)
  if (levels.some((level, index) => level > (levels[index - 1] ?? 0) + 1)) note(`levels of headings: ${levels}`)
}

async function checkPopovers(page) {
  const count = await page.evaluate(`${OPENERS}.length`)
  for (let index = 0; index < count; index++) {
    const [opener, covering] = [`${OPENERS}[${index}]`, `${OPENERS}[${index}].popoverTargetElement`]
    const isOpen = `${covering}.matches(':popover-open')`
    await page.evaluate(`${opener}.focus()`)
    await page.keyboard.press("Enter")
    if (!(await page.evaluate(isOpen))) note(`Enter does not open popover ${index}`)
    await page.keyboard.press("Tab")
    if (!(await page.evaluate(`${covering}.contains(document.activeElement)`))) note(`Tab leaves popover ${index}`)
    await page.keyboard.press("Escape")
    if (await page.evaluate(isOpen)) await page.keyboard.press("Escape") // the first closed a list of suggestions
    if (await page.evaluate(isOpen)) note(`Escape does not close popover ${index}`)
    if (!(await page.evaluate(`document.activeElement === ${opener}`))) note(`popover ${index} loses the focus`)
  }
  return count
}

async function checkDisclosures(page) {
  const count = Math.min(MOST_DISCLOSURES, await page.evaluate(`${SUMMARIES}.length`))
  for (let index = 0; index < count; index++) {
    const isOpen = `${SUMMARIES}[${index}].parentElement.open`
    const before = await page.evaluate(isOpen)
    await page.evaluate(`${SUMMARIES}[${index}].focus()`)
    await page.keyboard.press("Enter")
    if ((await page.evaluate(isOpen)) === before) note(`Enter does not turn disclosure ${index}`)
    await page.keyboard.press(" ")
    if ((await page.evaluate(isOpen)) !== before) note(`Space does not turn disclosure ${index} back`)
  }
  return count
}

async function checkLastJump(page, address) {
  const hash = (await page.evaluate(`(${jumps})()`)).at(-1)
  if (!hash) return 0
  await page.goto("about:blank")
  await open(page, address + hash)
  const missed = await page.evaluate(`(${distance})(${JSON.stringify(hash)})`)
  if (missed < 0 || missed > 100) note(`${hash} missed by ${Math.round(missed)} px`)
  return 1
}

async function look(page, address, width) {
  place = `${address} at ${width} px`
  await page.setViewport({ width, height: 740 })
  await open(page, address)
  const lost = await page.evaluate(problems)
  lost.forEach(note)
  await checkLandmarks(page)
  const seen = { popovers: await checkPopovers(page), disclosures: await checkDisclosures(page) }
  return { ...seen, jumps: await checkLastJump(page, address) }
}

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: program,
  extraPrefsFirefox: { "intl.accept_languages": "de-DE", "ui.prefersReducedMotion": 1 },
})
const totals = { popovers: 0, disclosures: 0, jumps: 0 }
try {
  const page = await browser.newPage()
  listen(page)
  for (const address of paths) {
    for (const width of widths) {
      const seen = await look(page, address, width)
      for (const name of Object.keys(totals)) totals[name] += seen[name]
    }
  }
} finally {
  await browser.close()
}
process.stdout.write(JSON.stringify({ findings, totals }))
