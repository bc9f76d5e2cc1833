# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Figures, the company's own backtest, who is promoted, and the command that shows it."""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "btp_relance_scoring"))
sys.path.append(str(ROOT / "tests"))

from invented import frames  # noqa: E402
from learner import LearnerError, Ledger, backtest, errors, metrics  # noqa: E402
from spreadsheet import to_csv  # noqa: E402

from tools import backtest as command  # noqa: E402

pytestmark = pytest.mark.pure

DAY = np.datetime64("2025-06-30")


@pytest.fixture(scope="module")
def found():
    train, _rows, _truth = frames(DAY, invoices=500)
    return backtest.run(Ledger(train), count=4, effort=0.3)


def test_figures_agree_with_scikit_learn():
    from sklearn.metrics import brier_score_loss, roc_auc_score

    rng = np.random.default_rng(1)
    p = rng.random(300).round(1)
    y = rng.random(300) < p
    assert metrics.auc(y, p) == pytest.approx(roc_auc_score(y, p))
    assert metrics.brier(y, p) == pytest.approx(brier_score_loss(y, p))
    assert metrics.auc(np.ones(5), np.arange(5)) is None


def test_calibration_error_tells_right_from_wrong():
    rng = np.random.default_rng(2)
    p = rng.random(4000)
    y = rng.random(4000) < p
    assert metrics.ece(y, p) < 0.03
    assert metrics.ece(y, np.sqrt(p)) > 0.1
    assert metrics.ece(y, p) == pytest.approx(metrics.ece_by_chance(p), abs=0.012)
    curve = metrics.reliability(y, p)
    assert len(curve) == 10
    assert sum(one["n"] for one in curve) == 4000
    assert all(one["low"] <= one["seen"] <= one["high"] for one in curve)


def test_stability_sees_a_population_that_moved():
    rng = np.random.default_rng(3)
    before = rng.normal(size=3000)
    assert metrics.stability(before, rng.normal(size=3000)) < 0.05
    assert metrics.stability(before, rng.normal(1, 1, 3000)) > 0.25
    gone = np.where(rng.random(3000) < 0.5, np.nan, rng.normal(size=3000))
    assert metrics.stability(before, gone) > 0.25


def test_rolling_brier_sees_a_model_go_stale():
    rng = np.random.default_rng(4)
    days = DAY + np.arange(400)
    p = rng.random(400)
    y = rng.random(400) < np.where(np.arange(400) < 200, p, 1 - p)
    rolled = metrics.rolling_brier(days, y, p)
    assert rolled[0]["brier"] < rolled[0]["base"] < rolled[-1]["base"] + 0.1
    assert rolled[-1]["brier"] > rolled[-1]["base"]
    assert metrics.rolling_brier([], [], []) == []


def test_the_table_has_every_contender_with_its_window(found):
    assert set(found["table"]) == set(backtest.CONTENDERS)
    assert found["first"] < found["last"] < found["until"] == "2025-06-30"
    rows = {name: figures["n"] for name, figures in found["table"].items()}
    assert len(set(rows.values())) == 1
    learned, rule = found["table"]["learner"], found["table"]["rule"]
    assert learned["auc"] > 0.7
    assert rule["auc"] == pytest.approx(0.5)
    assert learned["brier"] < rule["brier"]
    assert learned["mae"] < rule["mae"]
    assert found["promote"]["champion"] in backtest.CONTENDERS


def figures(brier, ece=0.02, origins=4, each=None, mae=(3.0,) * 4, auc=0.8):
    each = each or [brier] * origins
    return {
        "brier": brier,
        "ece": ece,
        "mae": sum(mae) / len(mae),
        "auc": auc,
        "by_origin": [
            {"brier": one, "mae": days, "auc": auc}
            for one, days in zip(each, mae, strict=False)
        ],
    }


@pytest.mark.parametrize(
    ("learned", "champion", "why"),
    [
        (figures(0.15), "learner", "better"),
        (figures(0.15, ece=0.08), "rate", "not_calibrated"),
        (figures(0.15, ece=0.08) | {"ece_chance": 0.04}, "learner", "better"),
        (figures(0.15, origins=2), "rate", "few_origins"),
        (figures(0.20), "rate", "not_better"),
        (figures(0.17, each=[0.05, 0.19, 0.19, 0.19]), "rate", "not_better"),
        (figures(0.15, mae=(3.2, 3.2, 3.2, 2.9)), "rate", "not_better"),
        (figures(0.15, mae=(4.0, 2.9, 2.9, 2.9)), "learner", "better"),
        (figures(0.15, auc=0.7), "rate", "not_better"),
    ],
)
def test_promotion(learned, champion, why):
    count = len(learned["by_origin"])
    table = {
        "rule": figures(0.25, origins=count),
        "rate": figures(0.18, origins=count),
        "delays": figures(0.19, origins=count),
        "learner": learned,
    }
    decided = backtest.decide(table)
    assert decided["champion"] == champion
    assert decided["promoted"] == (champion == "learner")
    assert decided["why"]["learner"] == why


def test_the_rule_stays_when_nothing_beats_it():
    table = {"rule": figures(0.10), "rate": figures(0.18), "learner": figures(0.2)}
    assert backtest.decide(table)["champion"] == "rule"


def test_a_large_company_is_measured_with_less(monkeypatch):
    train, _rows, _truth = frames(DAY, invoices=15)
    ledger = Ledger(train)
    assert backtest.pace(ledger) == {"count": 6, "effort": 1.0}
    monkeypatch.setattr(backtest, "LARGE", len(ledger))
    less = backtest.pace(ledger)
    assert (less["count"], less["effort"]) == (4, 0.5)
    # Enough past days for the learner to be promoted all the same.
    assert less["count"] >= backtest.decide.__defaults__[0]


def test_no_history_is_said():
    train, _rows, _truth = frames(DAY, invoices=15)
    with pytest.raises(LearnerError) as error:
        backtest.run(Ledger(train))
    assert error.value.code == "no_history"


@pytest.fixture
def file(tmp_path):
    """A file as a French program exports it."""
    train, _rows, _truth = frames(DAY, invoices=260)
    train.pop("asof")
    path = tmp_path / "factures.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow([*train, "note"])
        for row in zip(*train.values(), strict=True):
            cells = []
            for name, value in zip(train, row, strict=True):
                if name.endswith("_date"):
                    cells.append(
                        "" if np.isnat(value) else value.item().strftime("%d/%m/%Y")
                    )
                elif name == "amount":
                    cells.append(
                        f"{value:,.2f}".replace(",", "\u202f").replace(".", ",")
                    )
                else:
                    cells.append(value)
            writer.writerow([*cells, "x"])
    return path


def test_the_command_prints_the_table(file, tmp_path, capsys):
    out = tmp_path / "figures.json"
    assert command.main([str(file), "--origins", "3", "--json", str(out)]) == 0
    shown = capsys.readouterr().out
    for title in command.TITLES.values():
        assert title in shown
    assert "In charge:" in shown
    table = json.loads(out.read_text())["table"]
    assert f"{table['learner']['brier']:.4f}" in shown


def test_the_command_reads_what_was_written(file):
    rows = command.read(file)
    train, _rows, _truth = frames(DAY, invoices=260)
    assert rows[5]["amount"] == train["amount"][5]
    assert rows[5]["issue_date"] == str(train["issue_date"][5])


@pytest.mark.parametrize(("point", "separator"), [(".", ","), (",", ";")])
def test_the_command_reads_the_export_of_either_language(tmp_path, point, separator):
    """A French spreadsheet wants semicolons and decimal commas; an English one the contrary."""
    names = (
        "invoice_id",
        "customer_id",
        "issue_date",
        "due_date",
        "paid_date",
        "amount",
        "p_late",
    )
    row = (7, 3, "2025-01-02", "2025-02-03", "", np.float64(1234.5), 0.25)
    rows = [row] * 1100
    content = b"".join(to_csv(names, rows, point))
    path = tmp_path / "scoring.csv"
    path.write_bytes(content)
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == separator.join(names)
    assert lines[1].split(separator)[5:] == [f"1234{point}5", f"0{point}25"]
    read = command.read(path)
    assert len(read) == 1100
    assert (read[0]["amount"], read[0]["due_date"]) == (1234.5, "2025-02-03")


def test_the_command_says_which_rows_the_rule_takes_over(file, capsys):
    lines = file.read_text(encoding="utf-8-sig").split("\n")
    names = lines[0].split(";")
    for number, name, value in (
        (1, "amount", "-5,00"),
        (2, "amount", ""),
        (3, "due_date", "01/01/2001"),
        (4, "due_date", "soon"),
        (5, "customer_id", ""),
    ):
        cells = lines[number].split(";")
        cells[names.index(name)] = value
        lines[number] = ";".join(cells)
    file.write_text("\n".join(lines))
    assert command.main([str(file), "--origins", "1"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("1 rows not learned from") == 5
    for code in set(errors.ROW_TROUBLES) - {errors.PAID_BEFORE_ISSUE}:
        assert command.ROWS[code] in shown


HEAD = "invoice_id,customer_id,issue_date,due_date,amount,paid_date"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_the_command_reads_what_spreadsheets_write(tmp_path, encoding):
    path = tmp_path / "factures.csv"
    path.write_text(
        f" {HEAD.upper().replace(',', ' ; ')};SEGMENT\n"
        "F1;Chloé;01/02/2024;02/03/2024;1 234,50;;Marché privé\n",
        encoding=encoding,
    )
    [row] = command.read(path)
    assert row["customer_id"] == "Chloé"
    assert (row["issue_date"], row["amount"]) == ("2024-02-01", 1234.5)
    assert row["segment"] == "Marché privé"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.56", 1234.56),
        ("1 234,56 €", 1234.56),
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1,234,567", 1234567),
        ("-12,5", -12.5),
        ("", None),
        ("much", None),
    ],
)
def test_amounts_are_read_as_they_are_written(text, amount):
    assert command.read_figure(text) == amount


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/2/2024", "2024-02-03"),
        ("03.02.24", "2024-02-03"),
        ("2024-02-03 10:00", "2024-02-03"),
        (None, ""),
    ],
)
def test_days_are_read_as_they_are_written(text, day):
    assert command.read_day(text) == day


def test_the_command_measures_as_the_product_does(file, monkeypatch):
    asked = []

    def run(_ledger, _grace, **pace):
        asked.append(pace)
        raise errors.LearnerError("no_history")

    monkeypatch.setattr(backtest, "run", run)
    monkeypatch.setattr(backtest, "LARGE", 100)
    for options in ([], ["--origins", "2"]):
        assert command.main([str(file), *options]) == 1
    assert asked == [{"count": 4, "effort": 0.5}, {"count": 2, "effort": 0.5}]


def test_what_is_dated_after_today_is_not_known_yet(file, capsys):
    names = file.read_text(encoding="utf-8-sig").split("\n", 1)[0].split(";")
    cells = {"issue_date": "30/12/9999", "due_date": "31/12/9999", "amount": "5"}
    with file.open("a") as out:
        out.write(";".join(cells.get(name, "") for name in names) + "\n")
    assert command.main([str(file), "--origins", "1"]) == 0
    assert "known up to 9999" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "cannot be read: no lines"),
        ("\0" * 300, "no text file"),
        (f"{HEAD}\n", "no lines"),
        (f"{HEAD}\n1,2,soon,later,5,\n", "no day of issue"),
        (f"{HEAD}\n1,2,2025-01-01,later,5,\n", "the due date cannot be read"),
        (
            "invoice_id,customer_id,issue_date,amount,paid_date\n1,2,2025-01-01,5,\n",
            "due_date is missing",
        ),
        (
            "invoice_id,customer_id,issue_date,due_date,amount\n1,2,2025-01-01,,5\n",
            "paid_date is missing",
        ),
    ],
)
def test_the_command_refuses_in_one_sentence(tmp_path, capsys, content, said):
    path = tmp_path / "x.csv"
    path.write_text(content)
    assert command.main([str(path)]) == 1
    assert said in capsys.readouterr().err
    assert command.main([str(tmp_path / "none.csv")]) == 1


@pytest.mark.parametrize(
    "option", [("--asof", "9000-01-01"), ("--asof", "soon"), ("--grace", "-1")]
)
def test_the_command_refuses_options_without_a_sense(file, capsys, option):
    with pytest.raises(SystemExit) as stopped:
        command.main([str(file), *option])
    assert stopped.value.code == 2
    assert option[0] in capsys.readouterr().err
