from whitenoise.storage import CompressedManifestStaticFilesStorage

# `import … from "./x.js"` and `import "./x.js"`, as Biome writes them; Django's own expressions want a semicolon.
IMPORT = (r"""(?m)(?P<matched>^(?P<begin>import\s(?:[^"]*\sfrom\s)?)"(?P<url>\./[^"]+)")""", '%(begin)s"%(url)s"')


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashes in the names of imported modules too: no browser can mix a module with others of an earlier version.

    A module's hash follows from the names it imports. Modules that import each other in a circle have none, and
    `collectstatic` fails.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("events/programme-editor/*.js", (IMPORT,)))
    max_post_process_passes = 20  # how deep imports may go
