"""Finds icons without contrast to what is behind them, for instance where the browser forces its own colours."""

# Returns the markup of each icon whose colours are all those of its ground: elements with a mask, and drawings.
# Ornaments, which let clicks through, may vanish.
INVISIBLE = """
    () => {
        const drawing = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
        const pixel = colour => {
            drawing.clearRect(0, 0, 1, 1)
            drawing.fillStyle = colour
            drawing.fillRect(0, 0, 1, 1)
            return String(drawing.getImageData(0, 0, 1, 1).data)
        }
        const paper = matchMedia('(prefers-color-scheme: dark)').matches ? 'black' : 'white'
        const isClear = colour => pixel(colour).endsWith(',0')
        const ground = element => {
            const colour = getComputedStyle(element).backgroundColor
            if (!isClear(colour)) return colour
            return element.parentElement ? ground(element.parentElement) : paper
        }
        const shows = (colours, element) => colours.some(colour =>
            colour !== 'none' && !isClear(colour) && pixel(colour) !== pixel(ground(element)))

        const invisible = new Set()
        for (const element of document.querySelectorAll('body, body *')) {
            if (!element.checkVisibility({ visibilityProperty: true })) continue
            for (const part of [null, '::before', '::after']) {
                const style = getComputedStyle(element, part)
                if (style.maskImage === 'none' || style.content === 'none' || style.pointerEvents === 'none') continue
                if (!shows([style.backgroundColor], part ? element : element.parentElement))
                    invisible.add(element.outerHTML.slice(0, 120) + (part ?? ''))
            }
            if (element.localName !== 'svg') continue
            const shapes = [...element.querySelectorAll('path, circle, rect, line, polyline, polygon, ellipse, use')]
            const colours = shapes.map(shape => getComputedStyle(shape)).flatMap(style => [style.fill, style.stroke])
            if (!shows(colours, element)) invisible.add(element.outerHTML.slice(0, 120))
        }
        return [...invisible]
    }
"""
SCHEMES = ("light", "dark")
