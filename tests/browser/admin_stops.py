"""Steps through a page of the administration with Tab and finds what a person without a mouse would miss."""

from playwright.sync_api import Page

# Notes each stop while it has the focus, and whether one sees that. A list that searches and a rich text are framed as
# a whole; a field for a date has stops of its own for day, month, year and calendar, and so have groups of choices.
LISTEN = """
    () => {
        const frame = element => element.closest('.select2-selection')
            ?? element.closest('.ProseMirror')?.closest('.prose-editor') ?? element
        const isSeen = element => {
            const box = element.getBoundingClientRect(), { outlineStyle, boxShadow } = getComputedStyle(frame(element))
            const isAway = box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth
            return !isAway && (outlineStyle !== 'none' || boxShadow !== 'none')
        }
        const isStop = element => element.tabIndex >= 0 && !element.disabled && element.type !== 'radio'
            && element.checkVisibility({ visibilityProperty: true })
        const stops = 'a[href], button, input, select, textarea, summary, [contenteditable=true], [tabindex]'
        globalThis.steps = { passed: [], unseen: [], expected: [...document.querySelectorAll(stops)].filter(isStop) }
        document.addEventListener('focusin', ({ target }) => {
            steps.passed.push(target)
            if (!isSeen(target)) steps.unseen.push(target)
        })
        const start = document.createElement('span')
        start.tabIndex = -1
        document.body.prepend(start)
        start.focus()
        steps.passed.length = steps.unseen.length = 0
        const more = document.querySelectorAll('[type=radio], [type=date], [type=time]').length
        return steps.expected.length + 3 * more + 1
    }
"""
FAULTS = """
    () => {
        const line = kind => element => ({ rule: kind, reason: '', html: element.outerHTML.slice(0, 160) })
        const missed = steps.expected.filter(each => !steps.passed.includes(each))
        return [...steps.unseen.map(line('focus not seen')), ...missed.map(line('not reached'))]
    }
"""


def faults(page: Page) -> list[dict]:
    """Each stop whose focus is not seen, and each control that Tab does not reach, as all behind a trap."""
    for _stop in range(page.evaluate(LISTEN)):
        page.keyboard.press("Tab")
    return page.evaluate(FAULTS)
