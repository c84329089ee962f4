"""Keyboard use of a page with Tab, Enter, arrows and Escape; the focus must always be visible."""

from playwright.sync_api import Locator, Page, expect

STOPS = "a[href], button, select, textarea, input:not([type=hidden])"
NAME = "(element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent).trim().replace(/\\s+/g, ' ')"
IN_READING_ORDER = f"""
    () => [...document.querySelectorAll('{STOPS}')]
        .filter(element => element.tabIndex >= 0 && element.checkVisibility({{ visibilityProperty: true }}))
        .map(element => {NAME})
"""
# A card is ringed as a whole, a point of a map by its circle; a link may begin at the end of a line.
WHERE_I_AM = f"""
    () => {{
        const element = document.activeElement, box = element.getClientRects()[0]
        const isOutlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        const isStroked = style => style.stroke !== 'none' && parseFloat(style.strokeWidth) >= 3 // at rest 2
        const isPoint = element instanceof SVGElement
        const x = box.left + (isPoint ? box.width : Math.min(box.width, 20)) / 2
        const y = box.top + (isPoint ? box.height : Math.min(box.height, 20)) / 2
        const top = document.elementFromPoint(x, y)
        return {{
            name: {NAME},
            isRinged: [getComputedStyle(element), getComputedStyle(element, '::after')].some(isOutlined)
                || [...element.querySelectorAll('circle')].map(circle => getComputedStyle(circle)).some(isStroked),
            isInProgramme: Boolean(element.closest('ol.programme')),
            isSeen: Boolean(top) && (element.contains(top) || top.contains(element)),
        }}
    }}
"""
IS_HERE = "element => element === document.activeElement"
FAR = 150


def where(page: Page) -> dict:
    return page.evaluate(WHERE_I_AM)


def go_to(target: Locator) -> None:
    """Tab until the focus is on the target; at every stop on the way it must be seen where one is."""
    page = target.page
    expect(target).to_have_count(1)
    page.wait_for_load_state()  # without its styles and scripts a page shows no ring and its buttons do nothing
    element, lost = target.element_handle(), []
    for _stop in range(FAR):
        page.keyboard.press("Tab")
        here = where(page)
        if not (here["isRinged"] and here["isSeen"]):
            lost.append(here)
        if element.evaluate(IS_HERE):
            break
    assert lost == [], lost
    expect_focus(target)


def follow(target: Locator) -> None:
    go_to(target)
    target.page.keyboard.press("Enter")


def expect_focus(element: Locator) -> None:
    """On the element, and drawn around it."""
    expect(element).to_be_focused()
    expect(element).to_be_in_viewport()
    here = where(element.page)
    assert here["isRinged"], here
