"""Finds content lost when text grows: horizontal scrolling, cut or overlapping text, elements covering the window."""

# Text that may be cut: it repeats for the eye what stands in full beside it, or is not meant for the eye at all.
MAY_BE_CUT = ".cover__title, .kern-sr-only, .visually-hidden, .skip-link, .form__trap"
# Adopted, because the policy forbids style elements; the numbers are those of WCAG 1.4.12.
SPACED = """
    () => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(`
            * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
            p { margin-block-end: 2em !important }
        `)
        document.adoptedStyleSheets.push(globalThis.spacing = sheet)
    }
"""
PLAIN = """
    () => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== globalThis.spacing) }
"""

# Boxes of text are taller than their lines where lines are close, hence only the middle of each counts as touched.
LOSSES = """
    mayBeCut => {
        const width = document.documentElement.clientWidth, height = innerHeight, losses = []
        const say = (kind, element, more = '') => losses.push(`${kind}: ${element.outerHTML.slice(0, 110)} ${more}`)
        const isShown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })

        if (document.documentElement.scrollWidth > width) {
            losses.push(`sideways: ${document.documentElement.scrollWidth} px`)
            for (const element of document.querySelectorAll('body *')) {
                if (losses.length < 4 && isShown(element) && element.getBoundingClientRect().right > width + 1)
                    say('sticks out', element)
            }
        }

        const cut = (element, box) => {
            for (let outer = element; outer && outer !== document.body; outer = outer.parentElement) {
                const style = getComputedStyle(outer), frame = outer.getBoundingClientRect()
                const hides = value => value === 'hidden' || value === 'clip'
                if (hides(style.overflowX) && (box.left < frame.left - 2 || box.right > frame.right + 2)) return outer
                if (hides(style.overflowY) && (box.top < frame.top - 6 || box.bottom > frame.bottom + 6)) return outer
            }
        }
        const lines = []
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        while (texts.nextNode()) {
            const text = texts.currentNode, element = text.parentElement
            if (!text.data.trim() || element.closest(mayBeCut) || !isShown(element)) continue
            const range = document.createRange()
            range.selectNodeContents(text)
            for (const box of range.getClientRects()) {
                if (box.width < 1) continue
                const outer = cut(element, box)
                if (outer) say('cut', element, `by ${outer.className || outer.tagName}`)
                if (box.left < -1) say('left of the window', element)
                const middle = box.height * 0.3
                if (!element.closest('[aria-hidden=true]')) lines.push({ element, left: box.left + 1,
                    right: box.right - 1, top: box.top + middle, bottom: box.bottom - middle })
            }
        }

        lines.sort((one, other) => one.top - other.top)
        lines.forEach((one, place) => {
            for (let next = place + 1; next < lines.length && lines[next].top < one.bottom; next++) {
                const other = lines[next]
                if (one.element !== other.element && one.left < other.right && other.left < one.right)
                    say('text on text', one.element, `and ${other.element.outerHTML.slice(0, 80)}`)
            }
        })

        for (const element of document.querySelectorAll('body *')) {
            const isPinned = ['fixed', 'sticky'].includes(getComputedStyle(element).position)
            const box = element.getBoundingClientRect()
            if (isPinned && isShown(element) && box.width > width / 2 && box.height > height / 3)
                say('covers the window', element, `${Math.round(box.height)} of ${height} px`)
        }
        return [...new Set(losses)]
    }
"""
