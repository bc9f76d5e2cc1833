# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import csv
import io

from lxml import etree

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged

from odoo.addons.btp_relance.tests.common import BrowserTwice, RelanceHttpCommon
from odoo.addons.btp_relance.tests.daily_job import TODAY

from .scoring_common import ScoringCommon

#: The customers of the forecast, one of them, and what it owes.
DRILL = """
(async () => {
    const find = async (said, where = "button") => {
        for (let tries = 0; tries < 200; tries++) {
            const found = [...document.querySelectorAll(where)].find(
                (one) => one.innerText.trim() === said
            );
            if (found) {
                return found;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error(`Not found: ${said}`);
    };
    (await find("By customer")).click();
    (await find("%(name)s")).click();
    await find("%(name)s", ".table-active button");
    (await find("Amounts Due")).click();
    await find("%(name)s", ".o_facet_value");
    // What is overdue is a part of it: nothing else filters.
    if (document.querySelectorAll(".o_facet_value").length !== 1) {
        throw new Error("Filtered by something else too");
    }
    console.log("test successful");
})()
"""
READY = """document.querySelectorAll(".o_btp_%s .o_btp_chart canvas").length >= %d"""


@tagged("post_install", "-at_install")
class TestQuality(BrowserTwice, ScoringCommon, RelanceHttpCommon):
    """The page that says whether the model is any good, and what an auditor takes away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.manager = cls.make_user(
            "manager", "btp_relance.group_manager", password="manager", lang="en_US"
        )
        cls.agent = cls.make_user(
            "agent", "btp_relance.group_agent", password="agent", lang="en_US"
        )
        cls.make_past(cls.slow, 25, count=25)
        cls.make_past(cls.prompt, 0, count=25)
        cls.model = cls.jobs._train(cls.company, TODAY)
        cls.make_invoice(late=-10, partner=cls.slow)
        cls.jobs._score(cls.company, TODAY)

    def page(self, user=None):
        models = self.env["btp.scoring.model"].with_user(user or self.agent)
        return models.with_company(self.company).get_quality()

    def test_the_page_says_who_is_in_charge_why_and_how_sure(self):
        page = self.page()
        table = self.model.figures["table"]
        self.assertEqual(page["method"], self.model.method)
        self.assertIn("in charge", page["headline"])
        self.assertEqual(page["reason"], self.model.reason)
        self.assertIn("2 customers", page["history"])
        self.assertFalse(page["can_run"])
        self.assertTrue(self.page(self.manager)["can_run"])
        mine = next(one for one in page["contenders"] if one["charge"])
        self.assertEqual(mine["mae"], table[self.model.method]["mae"])
        bands = self.model.figures["bands"]
        self.assertLessEqual({"learner", "delays"}, set(bands))
        self.assertEqual(
            self.model.figures["cash"]["coverage"], bands[self.model.method]["coverage"]
        )
        for name in ("learner", "delays"):
            said = next(one for one in page["contenders"] if one["name"] == name)
            held = round(100 * bands[name]["coverage"])
            self.assertIn(f"its band of 80 % held {held} weeks in 100", said["words"])
        low, high = mine["brier_interval"]
        self.assertTrue(low <= mine["brier"] <= high)
        self.assertEqual(
            page["origins"]["days"],
            [one["origin"] for one in table["rule"]["by_origin"]],
        )
        self.assertIn("Of 100 amounts said to be late at", page["reliability_words"][0])
        self.assertIn("No week that was foretold", page["cash"]["frozen"])
        self.assertTrue(page["cash"]["replayed"])

    def test_without_a_model_the_page_says_so(self):
        self.model.state = "previous"
        page = self.page()
        self.assertIn("No model yet", page["headline"])
        self.assertIn("Not enough history yet", page["confidence"])
        self.assertFalse(page["contenders"])

    def test_an_auditor_gets_features_and_outcomes_without_names_or_objectors(self):
        self.authenticate("agent", "agent")
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self.url_open("/btp_relance_scoring/export.csv")
        self.assertEqual(answer.status_code, 403)
        with self.assertRaises(AccessError):
            self.env["btp.scoring.export"].with_user(self.agent)._read(self.company)
        self.prompt.btp_no_scoring = True
        self.authenticate("manager", "manager")
        answer = self.url_open("/btp_relance_scoring/export.csv")
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn(self.slow.name, answer.text)
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        self.assertEqual(len(rows), 26)
        self.assertEqual({row["customer_id"] for row in rows}, {str(self.slow.id)})
        paid = [row for row in rows if row["paid_date"]]
        self.assertEqual({row["days_late"] for row in paid}, {"25"})
        self.assertEqual({row["is_late"] for row in paid}, {"1"})
        self.assertTrue(any(row["feature_late_240"] for row in rows))
        for row in rows:
            self.assertTrue(not row["known_on"] or row["known_on"] >= row["issue_date"])
        waiting = next(row for row in rows if not row["paid_date"])
        self.assertEqual((waiting["is_late"], waiting["days_late"]), ("", ""))
        self.assertEqual(
            float(waiting["p_first"]), self.env["btp.score"].search([]).p_late
        )
        answer = self.url_open("/btp_relance_scoring/columns.csv")
        told = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
        self.assertEqual([name for name, _words in told], list(rows[0]))
        self.assertTrue(all(words for _name, words in told))
        # A digit that is no number, as UTF-8 in a header: no company of anybody.
        self.opener.cookies.set("cids", "\u00c2\u00b2")
        answer = self.url_open("/btp_relance_scoring/columns.csv")
        self.assertEqual(answer.status_code, 200)

    def test_a_french_spreadsheet_opens_the_export_in_columns(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.manager.lang = "fr_FR"
        self.authenticate("manager", "manager")
        answer = self.url_open("/btp_relance_scoring/export.csv")
        text = answer.content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        self.assertEqual(len(rows), 51)
        self.assertRegex(rows[0]["amount"], r"^\d+,\d+$")
        answer = self.url_open("/btp_relance_scoring/columns.csv")
        told = answer.content.decode("utf-8-sig").splitlines()
        self.assertEqual(told[0], "Colonne;Signification")

    def test_buttons_reach_their_methods(self):
        """A button gives ids, be they none: a method of the model alone takes none."""
        views = self.env["ir.ui.view"].search([("model", "=like", "btp.%")])
        buttons = {
            (view.model, button.get("name"))
            for view in views
            for button in etree.fromstring(view.arch).iter("button")
            if button.get("type") == "object"
        }
        self.assertIn(("btp.document.delay", "action_measure"), buttons)
        # A button of a list within a form is of another model.
        refused = [
            (model, name)
            for model, name in buttons
            if getattr(getattr(self.env[model], name, None), "_api_model", False)
        ]
        self.assertFalse(refused)
        for model, name in (
            ("btp.scoring.model", "action_train"),
            ("btp.scoring.model", "action_score"),
            ("btp.document.delay", "action_measure"),
        ):
            models = self.env[model].with_user(self.manager)
            self.assertTrue(call_kw(models.with_company(self.company), name, [[]], {}))

    def test_the_charts_are_drawn(self):
        for path, name, count in (
            ("is-the-model-good", "quality", 4),
            ("expected-cash", "cash", 1),
        ):
            self.browser_js(
                f"/odoo/{path}",
                "console.log('test successful')",
                READY % (name, count),
                login="manager",
            )

    def test_from_a_customer_of_the_forecast_to_what_it_owes(self):
        self.browser_js(
            "/odoo/expected-cash",
            DRILL % {"name": self.slow.name},
            READY % ("cash", 1),
            login="manager",
        )
