"""Scripts that find content lost when text grows: horizontal scrolling, cut or overlapping text, covered windows."""

# Text that may be cut, because it repeats text shown in full beside it or is meant for screen readers only.
MAY_BE_CUT = ".cover__title, .kern-sr-only, .visually-hidden, .site-header__search .kern-label, .skip-link, .form__trap"
# An adopted style sheet, because the content security policy forbids style elements; values from WCAG 1.4.12.
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

# Returns one sentence for each problem. Boxes of text in adjacent lines may overlap by a few pixels, hence only the
# middle of each box is compared.
PROBLEMS = """
    mayBeCut => {
        const width = document.documentElement.clientWidth, height = innerHeight, problems = []
        const add = (kind, element, more = '') => problems.push(`${kind}: ${element.outerHTML.slice(0, 110)} ${more}`)
        const isShown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })

        if (document.documentElement.scrollWidth > width) {
            problems.push(`sideways: ${document.documentElement.scrollWidth} px`)
            for (const element of document.querySelectorAll('body *')) {
                if (problems.length < 4 && isShown(element) && element.getBoundingClientRect().right > width + 1)
                    add('sticks out', element)
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
                if (outer) add('cut', element, `by ${outer.className || outer.tagName}`)
                if (box.left < -1) add('left of the window', element)
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
                    add('text on text', one.element, `and ${other.element.outerHTML.slice(0, 80)}`)
            }
        })

        for (const element of document.querySelectorAll('body *')) {
            const isPinned = ['fixed', 'sticky'].includes(getComputedStyle(element).position)
            const box = element.getBoundingClientRect()
            if (isPinned && isShown(element) && box.width > width / 2 && box.height > height / 3)
                add('covers the window', element, `${Math.round(box.height)} of ${height} px`)
        }
        return [...new Set(problems)]
    }
"""
