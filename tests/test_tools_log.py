# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What ./btp test reads in Odoo's log and in pytest's report."""

import pytest

from tools import odoo_suites, odoolog, outcome

pytestmark = pytest.mark.pure
TEST = "odoo.addons.btp_relance.tests.test_a"
LOG = f"""\
Running as user 'root' is a security risk.
2026-01-05 10:00:00,000 7 INFO db {TEST}: Starting TestA.test_good ...
2026-01-05 10:00:00,000 7 INFO db {TEST}: Starting TestA.test_bad ...
2026-01-05 10:00:00,000 7 INFO db {TEST}: ======================================
2026-01-05 10:00:00,000 7 ERROR db {TEST}: FAIL: Subtest TestA.test_bad (i=1)
Traceback (most recent call last):
AssertionError: 1 != 2
2026-01-05 10:00:00,000 7 ERROR db {TEST}: FAIL: Subtest TestA.test_bad (i=2)
2026-01-05 10:00:00,000 7 INFO db {TEST}: Starting TestA.test_skipped ...
2026-01-05 10:00:00,000 7 INFO db {TEST}: skipped TestA.test_skipped : no wkhtmltopdf
2026-01-05 10:00:00,000 7 ERROR db odoo.tests.suite: ERROR: setUpClass ({TEST}.TestB)
2026-01-05 10:00:00,000 7 ERROR db odoo.tests.suite: ERROR: setUpClass ({TEST}.TestC)
2026-01-05 10:00:00,000 7 WARNING db odoo.addons.btp_relance.models.x: careful
with this
2026-01-05 10:00:00,000 7 ERROR db odoo.modules.loading: Module btp_relance: 1 failures, 0 errors of 3 tests
2026-01-05 10:00:00,000 7 ERROR db odoo.modules.loading: At least one test failed when loading the modules.
2026-01-05 10:00:00,000 7 ERROR db odoo.tests.result: 1 failed, 2 error(s) of 3 tests when loading database 'db'
"""


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "odoo.log"
    path.write_text(LOG)
    return path


def test_each_test_counts_once_and_summaries_do_not_count(log):
    found = outcome.from_odoo_log(log)
    assert found.passed == 1
    assert list(found.failed) == [
        f"{TEST}.TestA.test_bad",
        f"{TEST}.TestB.setUpClass",
        f"{TEST}.TestC.setUpClass",
        "WARNING odoo.addons.btp_relance.models.x: careful",
    ]
    assert found.skipped == {f"{TEST}.TestA.test_skipped": "no wkhtmltopdf"}


def test_a_warning_is_a_failure_with_its_whole_text(log):
    failed = outcome.from_odoo_log(log).failed
    assert (
        failed["WARNING odoo.addons.btp_relance.models.x: careful"]
        == "careful\nwith this"
    )


def test_a_test_that_is_run_again_is_named_and_its_first_failure_does_not_count(
    tmp_path,
):
    path = tmp_path / "odoo.log"
    path.write_text(
        f"2026-01-05 10:00:00,000 7 INFO db {TEST}: Starting TestA.test_good ...\n"
        f"2026-01-05 10:00:00,000 7 _ERROR db {TEST}: FAIL: TestA.test_good\n"
        "_Traceback_ (most recent call last):\n"
        "2026-01-05 10:00:00,000 7 RUNBOT db odoo.tests.common: "
        "Retrying a failed test: TestA.test_good\n"
        f"2026-01-05 10:00:00,000 7 INFO db {TEST}: Starting TestA.test_good ...\n"
    )
    found = outcome.from_odoo_log(path)
    assert (found.passed, found.failed) == (1, {})
    assert found.retried == ["TestA.test_good"]


def test_the_slowest_classes_and_files_are_named(tmp_path, capsys):
    log, report = tmp_path / "odoo.log", tmp_path / "report.xml"
    log.write_text(
        "2026-01-05 10:00:00,000 7 DEBUG db odoo.tests.stats: Detailed Tests Report:\n"
        "\tbtp_relance: 9.00s 90 queries\n"
        "\tbtp_relance.test_a.TestA: 7.50s 70 queries\n"
        "\tbtp_relance.test_a.TestA.setUpClass: 6.00s 50 queries\n"
        "\tbtp_relance.test_b.TestB: 1.50s 20 queries\n"
    )
    report.write_text(
        "<testsuite><testcase classname='tests.test_c' name='one' time='2.5'/>"
        "<testcase classname='tests.test_c' name='two' time='1'/></testsuite>"
    )
    total = outcome.from_odoo_log(log)
    total.add(outcome.from_junit(report))
    total.show_slowest(2)
    assert capsys.readouterr().out.splitlines() == [
        "     7.5 s btp_relance.test_a.TestA",
        "     3.5 s tests.test_c",
    ]


def test_a_run_without_any_test_is_a_failure(tmp_path):
    path = tmp_path / "odoo.log"
    path.write_text(
        "2026-01-05 10:00:00,000 7 WARNING db odoo.tests.result: "
        "0 failed, 0 error(s) of 0 tests when loading database 'db'\n"
    )
    assert len(outcome.from_odoo_log(path).failed) == 1


def test_the_last_error_names_the_exception(tmp_path):
    path = tmp_path / "odoo.log"
    path.write_text(
        "2026-01-05 10:00:00,000 7 CRITICAL db odoo.service.server: Failed to start\n"
        "Traceback (most recent call last):\n"
        "odoo.tools.convert.ParseError: while parsing views.xml:83, somewhere inside\n"
        "<record/>\n"
    )
    assert odoolog.last_error(path).startswith("odoo.tools.convert.ParseError: while")


def test_pytest_report(tmp_path):
    path = tmp_path / "report.xml"
    path.write_text(
        "<testsuites><testsuite><testcase classname='a' name='good'/>"
        "<testcase classname='a' name='bad'><failure>1 != 2</failure></testcase>"
        "<testcase classname='a' name='torn'><error>no fixture</error></testcase>"
        "<testcase classname='a' name='left'><skipped message='later'/></testcase>"
        "</testsuite></testsuites>"
    )
    found = outcome.from_junit(path)
    assert (found.passed, found.skipped) == (1, {"a::left": "later"})
    assert found.failed == {"a::bad": "1 != 2", "a::torn": "no fixture"}


def test_the_last_line_is_the_count(capsys):
    total = outcome.Outcome(passed=3)
    assert total.conclude() == 0
    total.fail("a::bad", "1 != 2")
    assert total.conclude() == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["3 passed, 0 failed", "FAILED a::bad", "3 passed, 1 failed"]


def test_only_what_fails_with_the_addons_is_our_fault(log, tmp_path):
    quiet = tmp_path / "quiet.log"
    quiet.write_text(LOG.replace("FAIL: Subtest TestA.test_bad", "nothing"))
    with_addons, without = odoolog.Report(log), odoolog.Report(quiet)
    assert list(odoo_suites.compare(without, with_addons).failed) == [
        f"{TEST}.TestA.test_bad"
    ]
    assert not odoo_suites.compare(with_addons, with_addons).failed


def test_a_test_that_no_longer_runs_is_our_fault(log, tmp_path):
    short = tmp_path / "short.log"
    short.write_text(LOG.replace("Starting TestA.test_good", "Stopping"))
    lost = odoo_suites.compare(odoolog.Report(log), odoolog.Report(short))
    assert list(lost.failed) == [f"{TEST}.TestA.test_good"]
