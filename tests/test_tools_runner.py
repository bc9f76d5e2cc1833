# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the addon of the tests changes in Odoo's runner: two processes share a suite, caches are kept."""

import json
import os
import subprocess

import pytest

from tools import project, venv

pytestmark = pytest.mark.pure

#: A process that has Odoo's runner, which takes seconds to load.
CODE = """
import importlib.util, json, os, sys
from types import SimpleNamespace
from odoo.tests.case import TestCase
from odoo.tests.result import OdooTestResult
from odoo.tests.suite import OdooSuite
from odoo.tools.lru import LRU

folder, shared = sys.argv[1:]
own_run = OdooSuite.run

def load(name):
    OdooSuite.run = own_run
    spec = importlib.util.spec_from_file_location(name, f"{folder}/{name}.py")
    part = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(part)
    return part

class One(TestCase):
    def setUp(self): ran.append(type(self).__name__)
    def test(self): pass
    def test_more(self): pass

class Two(One): pass
class Three(One): pass

def run(where):
    os.environ["BTP_SHARED_SUITE"] = where
    load("shared_suite")
    ran.clear()
    tests = [kind(name) for kind in (One, Two, Three) for name in ("test", "test_more")]
    OdooSuite(tests).run(OdooTestResult())
    return list(ran)

ran = []
told = {"first": run(shared), "second": run(shared), "alone": run("")}

kept = load("kept_caches")
caches = {name: LRU(8, [("of before", 1)]) for name in kept.KEPT}
registry = SimpleNamespace(_Registry__caches=caches)
a_class, a_test = kept.Kept(registry), kept.Kept(registry)
caches["templates"]["of the test"] = 2
caches["assets"].clear()
caches["assets"]["after a change"] = 3
for part in (a_test, a_class):
    part.learn()
    for cache in caches.values():
        cache.clear()
    part.give_back()
    told[part is a_test and "test" or "class"] = {
        name: {key: value for key, value in cache.snapshot.items() if key is not a_class}
        for name, cache in caches.items()
    }
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    shared = tmp_path_factory.mktemp("shared")
    (shared / "__main__.Two").touch()
    folder = project.TEST_ADDONS / "btp_dev"
    done = subprocess.run(
        [venv.program("python"), "-c", CODE, folder, shared],
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


def test_what_was_learned_is_kept_unless_something_was_cleared(told):
    assert told["test"]["templates"] == {"of before": 1, "of the test": 2}
    assert told["test"]["assets"] == {"of before": 1}


def test_a_class_keeps_what_its_tests_learned(told):
    assert told["class"] == told["test"]
