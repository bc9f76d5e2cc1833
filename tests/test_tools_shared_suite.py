# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two processes of Odoo run one suite between them: each class once, by one of them."""

import json
import os
import subprocess

import pytest

from tools import project, venv

pytestmark = pytest.mark.pure

#: A process that has Odoo's runner, which takes seconds to load.
CODE = """
import importlib.util, json, os, sys
from odoo.tests.case import TestCase
from odoo.tests.result import OdooTestResult
from odoo.tests.suite import OdooSuite

path, shared = sys.argv[1:]
own_run = OdooSuite.run

def load():
    OdooSuite.run = own_run
    spec = importlib.util.spec_from_file_location("shared_suite", path)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))

class One(TestCase):
    def setUp(self): ran.append(type(self).__name__)
    def test(self): pass
    def test_more(self): pass

class Two(One): pass
class Three(One): pass

def run(where):
    os.environ["BTP_SHARED_SUITE"] = where
    load()
    ran.clear()
    tests = [kind(name) for kind in (One, Two, Three) for name in ("test", "test_more")]
    OdooSuite(tests).run(OdooTestResult())
    return list(ran)

ran = []
told = {"first": run(shared), "second": run(shared), "alone": run("")}
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    shared = tmp_path_factory.mktemp("shared")
    (shared / "__main__.Two").touch()
    path = project.TEST_ADDONS / "btp_dev" / "shared_suite.py"
    done = subprocess.run(
        [venv.program("python"), "-c", CODE, path, shared],
        env={**os.environ, **venv.environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_class_that_another_process_took_is_left_to_it(told):
    assert told["first"] == ["One", "One", "Three", "Three"]
    assert told["second"] == []


def test_a_suite_that_nobody_shares_is_whole(told):
    assert told["alone"] == ["One", "One", "Two", "Two", "Three", "Three"]
