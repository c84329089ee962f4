"""The programme editor's script modules after `collectstatic`: hashed names, and imports of these names."""

import re
import shutil
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from events.administration.programme_editor.admin import MODULES, STATIC
from lernnetzwerk.web.static_files import StaticFilesStorage

IMPORTED = re.compile(r'^(?:import\b|\}).*"\./([^"]+)"$', re.MULTILINE)
FOLDER = "events/programme-editor"


@pytest.fixture
def source(tmp_path):
    """The folder of a copy of the modules, which a test may change."""
    shutil.copytree(STATIC / FOLDER, tmp_path / "source" / FOLDER)
    return tmp_path / "source"


@pytest.fixture
def collect(source, tmp_path):
    def collect_into(name: str) -> dict[str, Path]:
        """Maps the name of each module to its collected file."""
        (tmp_path / name / FOLDER).mkdir(parents=True)
        storage = StaticFilesStorage(location=tmp_path / name, base_url="/static/")
        plain = FileSystemStorage(source)
        modules = [f"{FOLDER}/{path.name}" for path in (source / FOLDER).glob("*.js")]
        for module in modules:
            shutil.copy(source / module, storage.path(module))
        for _name, _hashed, problem in storage.post_process({module: (plain, module) for module in modules}):
            if isinstance(problem, Exception):
                raise problem
        return {Path(module).stem: Path(storage.path(storage.hashed_files[module])) for module in modules}

    return collect_into


def test_every_import_refers_to_a_collected_module(collect):
    files = collect("first")

    imported = {name for file in files.values() for name in IMPORTED.findall(file.read_text())}
    assert len(imported) == len(files) - 1  # no module imports the first one
    assert imported < {file.name for file in files.values()}


def test_a_changed_module_and_its_importers_get_new_names(source, collect):
    before = collect("first")
    times = source / FOLDER / "times.js"
    times.write_text(times.read_text() + "// changed\n")

    after = collect("second")

    changed = {name for name in before if before[name].name != after[name].name}
    assert {"times", "paste", "clipboard", "moves", "row", "list", "fields", "saving", "editor"} <= changed
    assert not {"kinds", "dom", "messages", "server", "rows", "timers"} & changed


def test_modules_that_import_each_other_cannot_be_collected(source, collect):
    kinds = source / FOLDER / "kinds.js"
    kinds.write_text('import "./paste.js"\n' + kinds.read_text())

    with pytest.raises(RuntimeError, match="Max post-process passes exceeded"):
        collect("first")


def test_the_page_names_every_module():
    assert sorted(f"{FOLDER}/{path.name}" for path in (STATIC / FOLDER).iterdir()) == MODULES
