# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""pylint with our settings still sees what takes a look at the classes above."""

import subprocess

import pytest

from tools import project, venv

pytestmark = pytest.mark.pure

FAULTS = """
class Base:
    def go(self, a):
        return a


class Child(Base):
    def run(self):
        self.go(1, a=2)
        return 1
        self.go(2)


class Loop(Loop):
    def run(self):
        return self.go(1)
"""


def test_faults_that_the_ancestors_tell_are_found(tmp_path):
    (tmp_path / "faults.py").write_text(FAULTS)
    done = subprocess.run(
        [venv.program("pylint"), tmp_path / "faults.py", "--msg-template={symbol}"],
        cwd=project.ROOT,
        env=venv.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stdout.splitlines() if line[:1] != "*"]
    assert told == ["redundant-keyword-arg", "unreachable"], done.stderr
