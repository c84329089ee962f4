"""The measurements: their load, and the tables that they write into the README."""

import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bench.__main__ import PARTS
from bench.load import Rate, Target, best, measure, processor_seconds
from tools import readme
from tools.steps import StepFailed


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b"x" * 70_000
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@pytest.fixture
def address():
    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_load_counts_complete_responses_and_refuses_another_status(address, monkeypatch):
    monkeypatch.setattr("bench.load.CONNECTIONS", 1)

    assert measure(Target(f"{address}/"), 0.05).per_second > 0
    with pytest.raises(StepFailed, match="404"):
        measure(Target(f"{address}/nothing"), 0.05)


def test_a_load_stays_on_this_machine():
    with pytest.raises(ValueError, match="not on this machine"):
        measure(Target("http://192.0.2.1/"))


def test_the_best_of_the_rounds_is_what_counts():
    found = best([Rate(10, 5, 9, 2.0), Rate(20, 4, 8, 3.0)])

    assert found == Rate(20, 4, 8, 2.0)
    assert (found.of(Rate(10, 0, 0)), found.cost_of(Rate(1, 1, 1, 4.0))) == (2.0, 2.0)


def test_a_table_replaces_only_the_one_of_its_name(tmp_path, monkeypatch):
    monkeypatch.setattr(readme, "README", tmp_path / "README.md")
    readme.README.write_text("before <!-- a -->old<!-- /a --> after <!-- b -->kept<!-- /b -->")

    readme.write("a", readme.table(["x", "y"], [["1", "2"]]))

    assert readme.README.read_text() == (
        "before <!-- a -->\n| x | y |\n| --- | ---: |\n| 1 | 2 |\n<!-- /a --> after <!-- b -->kept<!-- /b -->"
    )
    with pytest.raises(StepFailed):
        readme.write("c", "x")


@pytest.mark.parametrize("name", ["pages", "downloads", "memory"])
def test_each_part_that_writes_has_its_place_in_the_readme(name):
    text = readme.README.read_text()

    assert name in PARTS
    assert text.index(f"<!-- bench {name} -->") < text.index(f"<!-- /bench {name} -->")


def test_the_processor_time_of_another_process_can_be_read():
    assert processor_seconds([os.getppid()]) > 0
