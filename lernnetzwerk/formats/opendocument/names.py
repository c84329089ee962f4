"""Namespaces of OpenDocument 1.3."""

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
DRAW, OFFICE, TABLE, TEXT = (f"{{{ODF}{name}:1.0}}" for name in ("drawing", "office", "table", "text"))
PRESENTATION, STYLE, META = (f"{{{ODF}{name}:1.0}}" for name in ("presentation", "style", "meta"))
SVG, FO = f"{{{ODF}svg-compatible:1.0}}", f"{{{ODF}xsl-fo-compatible:1.0}}"
OPENOFFICE = "{http://openoffice.org/2010/draw}"
