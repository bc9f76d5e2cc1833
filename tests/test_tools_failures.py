# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each failure of ./btp ends in one sentence that says what to do, never in a traceback."""

import errno
import os
import socket
import subprocess
import sys
import threading
from collections import namedtuple

import pytest

from tools import (
    cli,
    debian,
    machine,
    odoo_source,
    project,
    provision,
    python,
    serving,
    ui,
)
from tools.ui import Failure

pytestmark = pytest.mark.pure


def btp(*args, **env):
    """Run the command as its user does; return (exit code, standard error)."""
    clean = {name: value for name, value in os.environ.items() if name[:2] != "PG"}
    done = subprocess.run(
        [sys.executable, project.ROOT / "btp", *args],
        env={**clean, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def assert_sentence(result, *words):
    """One line on standard error that has these words."""
    code, text = result
    assert code
    assert text.count("\n") == 1, text
    assert text.startswith("btp: ")
    for word in words:
        assert word in text


def test_an_unknown_command():
    assert_sentence(btp("dmeo"), "no command 'dmeo'", "./btp help")


def test_help_names_every_command():
    done = subprocess.run(
        [project.ROOT / "btp", "help"], capture_output=True, text=True
    )
    for name in cli.COMMANDS:
        assert f"  {name} " in done.stdout
    assert not done.returncode


def test_a_state_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    state = tmp_path / "file" / "state"
    assert_sentence(btp("setup", BTP_STATE=str(state)), "Cannot write in", "BTP_STATE")


def test_a_postgresql_server_that_does_not_answer():
    result = btp("setup", PGHOST="127.0.0.1", PGPORT=str(serving.free_port()))
    assert_sentence(result, "which PGHOST/PGPORT name, refuses", "unset them")


def test_a_wrong_odoo_source(tmp_path):
    result = btp("setup", ODOO_SRC=str(tmp_path))
    assert_sentence(result, "holds no Odoo", "19.0 branch")
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text("version_info = (18, 0, 0, FINAL)\n")
    result = btp("setup", ODOO_SRC=str(tmp_path))
    assert_sentence(result, "is Odoo 18.0", "name an Odoo 19.0")


def test_a_port_that_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with pytest.raises(Failure, match=f"Port {port} is taken: .*BTP_PORT"):
            serving.choose_port(port)
    assert serving.choose_port(port) == int(port)


def test_a_port_that_is_not_one():
    with pytest.raises(Failure, match="'http' is not a port"):
        serving.choose_port("http")


@pytest.mark.parametrize(
    ("version", "good"),
    [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)],
)
def test_the_supported_pythons(version, good):
    assert python.supported(version) is good


def test_a_python_that_is_too_old_without_another_one():
    with pytest.raises(SystemExit, match=r"Python 3.9 is not supported: install"):
        python.find_supported((3, 9), which=lambda name: None)


def test_a_python_that_is_too_old_hands_over():
    found = python.find_supported((3, 9), which=lambda name: f"/usr/bin/{name}")
    assert found == "/usr/bin/python3.13"


def test_a_disk_that_is_too_small(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: usage(9, 8, 10**9))
    with pytest.raises(Failure, match=r"Only 0.9 GB free .* 4 GB needed: free some"):
        machine.check_disk()


def test_a_disk_that_fills_up_meanwhile():
    assert "is full" in cli.describe(OSError(errno.ENOSPC, "No space left on device"))


def test_a_command_that_fails_on_a_full_disk(monkeypatch, tmp_path):
    monkeypatch.setenv("BTP_STATE", str(tmp_path))
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(ui.shutil, "disk_usage", lambda _path: usage(9, 9, 0))
    with pytest.raises(OSError, match="No space left") as caught:
        ui.run(["false"], "Unpacking", "it failed")
    assert "is full: free some space" in cli.describe(caught.value)


def test_a_command_that_fails_names_its_log(monkeypatch, tmp_path):
    monkeypatch.setenv("BTP_STATE", str(tmp_path))
    with pytest.raises(Failure, match=r"pip failed: try again .*btp\.log"):
        ui.run(["false"], "Installing", "pip failed: try again")


def test_a_missing_program_for_a_normal_user(monkeypatch):
    monkeypatch.setattr(machine, "is_root", lambda: False)
    monkeypatch.setattr(machine, "can_install", lambda name: name != "chromium")
    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/usr/bin/{name}")
    line = "sudo apt-get install postgresql wkhtmltopdf "
    with pytest.raises(Failure, match=line):
        machine.install(["postgresql"], ["wkhtmltopdf", "chromium"])


def test_papers_need_their_libraries(monkeypatch):
    monkeypatch.setattr(provision, "find_library", lambda name: name != "pango-1.0")
    assert provision.missing_libraries() == ["libpango-1.0-0"]
    assert "libpango-1.0-0" in provision.missing_packages(for_tests=False)[0]
    monkeypatch.setattr(machine, "install", lambda needed, wanted: None)
    monkeypatch.setattr(provision, "missing_fonts", list)
    with pytest.raises(Failure, match="cannot be printed without libpango-1.0-0:"):
        provision.install_packages(for_tests=False)


def test_a_missing_extra_does_not_stop_a_normal_user(monkeypatch, capsys):
    monkeypatch.setattr(machine, "is_root", lambda: False)
    monkeypatch.setattr(machine, "can_install", lambda name: True)
    machine.install([], ["wkhtmltopdf"])
    assert "Going on without wkhtmltopdf" in capsys.readouterr().out


def test_no_network(monkeypatch, tmp_path):
    monkeypatch.setenv("BTP_STATE", str(tmp_path))
    monkeypatch.setattr(
        odoo_source.debian, "find_mirror", lambda: ("file:/nowhere", "x")
    )
    monkeypatch.setattr(odoo_source, "GIT_URL", str(tmp_path / "nowhere"))
    with pytest.raises(Failure, match="Could not get Odoo 19 .*check the network"):
        odoo_source.fetch()


def test_git_takes_over_where_debian_has_nothing(monkeypatch, tmp_path):
    origin = tmp_path / "origin"
    (origin / "odoo").mkdir(parents=True)
    (origin / "odoo" / "release.py").write_text("version_info = (19, 0, 0, FINAL)\n")
    for args in (
        ["init", "-q", "-b", "19.0"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *args], cwd=origin, check=True)

    def no_debian():
        raise debian.Unavailable("this machine has no apt")

    monkeypatch.setenv("BTP_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(odoo_source.debian, "find_mirror", no_debian)
    monkeypatch.setattr(odoo_source, "GIT_URL", f"file://{origin}")
    found = odoo_source.fetch()
    assert odoo_source.read_version(found) == (19, 0)
    assert odoo_source.remembered() == found


def test_a_machine_without_debian_packages(monkeypatch):
    monkeypatch.setattr(
        debian, "capture", lambda _cmd: (True, "http://a/ubuntu noble main")
    )
    monkeypatch.setattr(debian.shutil, "which", lambda name: name)
    with pytest.raises(debian.Unavailable, match="BTP_DEBIAN_MIRROR"):
        debian.find_mirror()


def test_the_mirror_is_the_machine_s_own(monkeypatch):
    lines = (
        "http://a/debian-security/ trixie-security main\nhttp://b/debian/ trixie main"
    )
    monkeypatch.setattr(debian, "capture", lambda _cmd: (True, lines))
    monkeypatch.setattr(debian.shutil, "which", lambda name: name)
    assert debian.find_mirror() == ("http://b/debian/", "trixie")


def test_links_that_lead_nowhere_are_found(tmp_path):
    (tmp_path / "good").symlink_to(tmp_path)
    (tmp_path / "bad").symlink_to(tmp_path / "absent")
    assert debian.broken_links(tmp_path) == [tmp_path / "bad"]


def test_two_setups_at_once_wait_for_each_other(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("BTP_STATE", str(tmp_path))
    events = []

    def second():
        with machine.lock("setup"):
            events.append("second")

    with machine.lock("setup"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.3)
        events.append("first")
    thread.join(5)
    assert events == ["first", "second"]
    assert "waiting for it" in capsys.readouterr().out
