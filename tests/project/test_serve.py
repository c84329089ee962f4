import socket

import pytest

from tools import serve
from tools.steps import StepFailed


@pytest.fixture
def dotenv(monkeypatch, tmp_path):
    monkeypatch.setattr(serve, "DOTENV", tmp_path / ".env")
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.delenv("SITE_URL")
    return tmp_path / ".env"


def test_the_first_start_writes_a_random_key_readable_only_by_its_owner(dotenv):
    serve.write_dotenv()

    assert len(serve.read_dotenv()["SECRET_KEY"]) >= 50
    assert dotenv.stat().st_mode & 0o777 == 0o600


def test_a_second_start_does_not_change_the_file(dotenv):
    dotenv.write_text("SECRET_KEY=mine\n")

    serve.write_dotenv()

    assert dotenv.read_text() == "SECRET_KEY=mine\n"


def test_a_key_from_the_environment_needs_no_file(dotenv, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "mine")

    serve.write_dotenv()

    assert not dotenv.exists()


def test_the_address_of_the_site_follows_the_port(dotenv):
    assert serve.settings_environment(8123)["SITE_URL"] == "http://127.0.0.1:8123"


def test_an_address_in_the_file_is_kept(dotenv):
    dotenv.write_text("# SITE_URL=http://no.example\nSITE_URL='https://portal.example'\n")

    assert serve.settings_environment(8123)["SITE_URL"] == "https://portal.example"


def test_a_busy_port_is_reported(monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(StepFailed, match=f"^Port {port} is in use; choose another: make run PORT="):
            serve.port_number()


@pytest.mark.parametrize("text", ["", "0", "65536", "eighty", "-1", "80.5"])
def test_an_invalid_port_is_reported(monkeypatch, text):
    monkeypatch.setenv("PORT", text)

    with pytest.raises(StepFailed, match=r"^PORT must be a number between 1 and 65535"):
        serve.port_number()


def test_a_site_with_https_gets_no_demo_content():
    assert serve.load_demo("no-python", {"SITE_URL": "https://portal.example"}) == ""
