from whitenoise.storage import CompressedManifestStaticFilesStorage

# `import … from "./x.js"` and `import "./x.js"`, as Biome writes them; Django's own patterns need a semicolon.
IMPORT = (r"""(?m)(?P<matched>^(?P<begin>import\s(?:[^"]*\sfrom\s)?)"(?P<url>\./[^"]+)")""", '%(begin)s"%(url)s"')


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashes the names of imported modules too, so that a browser never mixes modules of two versions.

    A module's hash depends on the names it imports, so `collectstatic` fails on circular imports.
    """

    modules = ("events/programme-editor/*.js", "lernnetzwerk/paste*.js")
    patterns = (*CompressedManifestStaticFilesStorage.patterns, *((path, (IMPORT,)) for path in modules))
    max_post_process_passes = 20  # maximum depth of imports
