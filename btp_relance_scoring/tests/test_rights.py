# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rights of persons: information, objection, what was known, retention, fairness."""

import base64
import io
import json
import zipfile
from datetime import date, timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, format_datetime

from odoo.addons.btp_relance.tests.daily_job import TODAY

from ..hooks import post_init_hook, uninstall_hook
from ..learner import ledger as known
from ..models.btp_scoring_ledger import TYPES
from ..models.res_company_score_notice import MARK
from .scoring_common import ScoringCommon

#: What of a customer the learner may depend on: who they are to us, never who they are.
ALLOWED = {
    "id",
    "commercial_partner_id",
    "parent_id",
    "parent_path",
    "is_company",
    "active",
    "btp_regime",
    "btp_no_scoring",
    "btp_privacy_restricted",
}


@tagged("post_install", "-at_install")
class TestRights(ScoringCommon):
    def scores(self, partner):
        return self.env["btp.score"].search([("partner_id", "=", partner.id)])

    def habits(self, partner):
        return self.env["btp.score.partner"].search([("partner_id", "=", partner.id)])

    def journal(self, partner):
        """Return the kinds of rows about a customer's scores, oldest first."""
        events = self.env["btp.relance.event"].sudo()
        return events.search(
            [("debtor_ref", "=", partner.id), ("kind", "like", "scoring")], order="id"
        ).mapped("kind")

    def ask(self, partner):
        return self.env["btp.privacy.request"].create({"partner_id": partner.id})

    # === FAIRNESS === #

    def test_no_other_field_of_a_person_reaches_the_learner(self):
        """Whatever else the contact says – first name, birthplace, nationality, title,
        gender, language, address, function – the learner's columns stay the same."""
        self.company.btp_score_persons = True
        person = self.make_customer("Jeanne Martin", is_company=False, btp_regime="b2c")
        self.make_invoice(late=5, partner=person)
        self.make_invoice(late=40, partner=self.slow)
        before = self.read_ledger()
        self.assertEqual(len(before), 2)
        changed = self.shuffle("res_partner", ALLOWED)
        self.assertLessEqual(
            {"name", "lang", "city", "country_id", "email", "function"}, changed
        )
        self.assertEqual(repr(self.read_ledger()), repr(before))

    def shuffle(self, table, kept):
        """Write other values into all columns but some; return which."""
        self.env.flush_all()
        columns = self.env.execute_query(
            SQL(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_name = %s AND is_generated = 'NEVER'",
                table,
            )
        )
        new = {
            "character varying": SQL("'Zzz'"),
            "text": SQL("'Zzz'"),
            "date": SQL("DATE '1950-01-01'"),
            "timestamp without time zone": SQL("TIMESTAMP '1950-01-01'"),
            "boolean": SQL("TRUE"),
            "numeric": SQL("7"),
            "double precision": SQL("7"),
            "jsonb": SQL("NULL"),
        }
        references = {
            "country_id": self.env.ref("base.jp").id,
            "state_id": self.env["res.country.state"].search([], limit=1).id,
        }
        done = set()
        for name, kind in columns:
            value = references.get(name, new.get(kind))
            if name in kept or value is None:
                continue
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET %s = %s WHERE id = ANY(%s)",
                    SQL.identifier(name),
                    value,
                    (
                        self.slow
                        | self.env["res.partner"].search(
                            [("name", "in", ("Jeanne Martin", "Zzz"))]
                        )
                    ).ids,
                )
            )
            done.add(name)
        self.env.invalidate_all()
        return done

    def test_the_learner_has_a_closed_list_of_columns(self):
        allowed = {*known.NEEDED, *known.FACTS, "paid_date"}
        own = {"chantier_id", "open_amount", "currency"}
        self.assertEqual(set(TYPES) - own, allowed - {"reminders"})
        log = self.ledger._read_log(self.company, TODAY)
        self.assertLessEqual({name for _id, name, *_rest in log}, set(known.CHANGING))

    def test_natural_persons_are_left_out_as_a_whole(self):
        person = self.make_customer("Jeanne", is_company=False, btp_regime="b2c")
        self.make_invoice(late=5, partner=person)
        self.jobs._score(self.company)
        self.assertFalse(self.scores(person) or self.habits(person))
        self.company.btp_score_persons = True
        self.jobs._score(self.company)
        self.assertTrue(self.scores(person) and self.habits(person))
        self.company.btp_score_persons = False
        self.assertFalse(self.scores(person) or self.habits(person), "at once")
        self.jobs._score(self.company, TODAY + timedelta(days=1))
        self.assertFalse(self.scores(person) or self.habits(person))

    # === INFORMATION === #

    def test_the_notice_tells_of_scores_once_and_only_while_installed(self):
        company = self.company.sudo()
        company.btp_privacy_notice = "<p>Nos mots</p>"
        post_init_hook(self.env)
        post_init_hook(self.env)
        notice = company.btp_privacy_notice
        self.assertIn("Nos mots", notice)
        self.assertEqual(notice.count(MARK), 1)
        for article in ("art. 13(2)(f)", "15(1)(h)", "art. 21", "art. 22", "24 mois"):
            self.assertIn(article, notice)
        uninstall_hook(self.env)
        self.assertEqual(company.btp_privacy_notice, "<p>Nos mots</p>")

    def test_new_companies_tell_of_scores(self):
        company = self.env["res.company"].sudo().create({"name": "Neuve"})
        self.assertIn(MARK, company.btp_privacy_notice)

    # === OBJECTION === #

    def test_objection_is_a_right_of_its_own_with_effect_at_once(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "Halle", "partner_id": self.slow.id}
        )
        self.make_invoice(late=5, partner=self.slow, btp_chantier_id=chantier.id)
        relance = self.plan()
        self.jobs._score(self.company)
        relance.sudo().gain = 100
        request = self.ask(self.slow)
        [line] = request.line_ids.filtered(lambda item: item.name == "Scores")
        self.assertEqual(line.free, 2)
        request.action_object_scoring()
        self.assertIn("2 scores and habits were erased", request.told)
        self.assertTrue(request.objects_to_scoring)
        self.assertFalse(self.scores(self.slow) or self.habits(self.slow))
        self.assertEqual(relance.gain, 0)
        self.assertFalse(chantier.score_cash)
        self.jobs._score(self.company)
        self.assertFalse(self.scores(self.slow) or self.habits(self.slow))
        self.ask(self.slow).action_object_scoring()
        self.jobs._score(self.company)
        self.assertTrue(self.scores(self.slow))
        self.assertEqual(
            self.journal(self.slow), ["scoring_refused", "scoring_accepted"]
        )

    def test_choices_and_changes_of_habit_go_with_the_objection(self):
        self.make_invoice(late=5, partner=self.slow)
        relance = self.plan()
        root = self.jobs.env
        choice = root["btp.choice"].create(
            {
                "relance_id": relance.id,
                "partner_id": self.slow.id,
                "company_id": self.company.id,
                "chosen_on": TODAY,
                "aspect": "channel",
                "arm": "email",
                "rule_arm": "email",
                "why": "rule",
                "probability": 1.0,
            }
        )
        change = root["btp.score.change"].create(
            {
                "company_id": self.company.id,
                "kind": "slips",
                "partner_id": self.slow.id,
                "found_on": TODAY,
                "seen_on": TODAY,
            }
        )
        self.slow.btp_no_scoring = True
        self.assertFalse(choice.exists() or change.exists())

    def test_a_contact_objects_for_the_customer(self):
        person = self.make_customer("Zoé", is_company=False, parent_id=self.slow.id)
        self.make_invoice(late=5, partner=self.slow)
        self.jobs._score(self.company)
        person.btp_no_scoring = True
        self.assertTrue(self.slow.btp_no_scoring)
        self.assertFalse(self.scores(self.slow))
        self.assertEqual(self.journal(self.slow), ["scoring_refused"])

    def test_who_joins_somebody_who_objects_is_forgotten_too(self):
        artisan = self.make_customer(
            "Artisan", is_company=False, company_registry="80313145600011"
        )
        self.make_invoice(late=5, partner=artisan)
        self.jobs._score(self.company)
        self.assertTrue(self.scores(artisan) and self.habits(artisan))
        self.slow.btp_no_scoring = True
        artisan.parent_id = self.slow
        self.assertTrue(artisan.btp_no_scoring)
        self.assertFalse(self.scores(artisan) or self.habits(artisan))

    def test_ticking_it_twice_is_told_once(self):
        self.slow.btp_no_scoring = True
        self.slow.btp_no_scoring = True
        self.assertEqual(self.journal(self.slow), ["scoring_refused"])

    # === COPY === #

    def test_the_copy_tells_scores_reasons_habits_facts_and_model(self):
        self.make_past(self.slow, 25)
        self.make_past(self.prompt, 0)
        model = self.jobs._train(self.company, TODAY)
        self.make_invoice(late=-10, partner=self.slow)
        self.jobs._score(self.company)
        request = self.ask(self.slow)
        request.action_export()
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(request.archive))) as archive:
            page = archive.read("donnees-personnelles.html").decode()
            data = json.loads(archive.read("donnees-personnelles.json"))
        sections = {section["model"]: section["records"] for section in data}
        [score] = sections["btp.score"]
        values = {item["field"]: item["value"] for item in score}
        self.assertIn("Around", values["expectation"])
        self.assertIn("Pays on average 25 days", values["reason"])
        self.assertFalse({"weeks", "reasons"} & set(values))
        [habit] = sections["btp.score.partner"]
        self.assertIn("delay_median", {item["field"] for item in habit})
        [how] = sections["btp.scoring.model"]
        told = {item["field"]: item["value"] for item in how}
        self.assertEqual(
            told["trained_on"], format_datetime(model.env, model.trained_on)
        )
        self.assertIn("Nothing comes from outside", told["logic"])
        facts = sections["btp.scoring.ledger"]
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", self.slow.id),
                ("display_type", "=", "payment_term"),
            ]
        )
        self.assertEqual(len(facts), len(lines))
        # Codes are for a machine; the person reads invoices, words, days and money.
        fact = {item["field"]: item for item in facts[0]}
        self.assertEqual(fact["segment"]["value"], "business")
        self.assertEqual(fact["segment"]["said"], "Businesses")
        self.assertIn(fact["invoice_id"]["said"], lines.move_id.mapped("name"))
        self.assertRegex(fact["due_date"]["said"], r"^\d\d/\d\d/\d{4}$")
        self.assertIn(fact["amount"]["said"], page)
        self.assertIn("Pays on average 25 days", page)
        self.assertNotIn("Rapide SARL", page)

    def test_odoos_lookup_finds_the_scores_and_erases_them(self):
        self.make_invoice(late=5, partner=self.slow)
        self.jobs._score(self.company)
        self.slow.email = "compta@lent.example"
        wizard = (
            self.env["privacy.lookup.wizard"]
            .with_user(self.env.ref("base.user_admin"))
            .create({"name": self.slow.name, "email": self.slow.email})
        )
        wizard.action_lookup()
        lines = wizard.line_ids.grouped("res_model")
        self.assertIn("btp.score.partner", lines)
        lines["btp.score"].action_unlink()
        self.assertFalse(self.scores(self.slow))

    # === RETENTION === #

    def test_what_was_learned_ends_after_24_months(self):
        self.make_past(self.slow, 25)
        self.jobs._score(self.company)
        old = self.jobs._make(
            self.company, self.jobs._read_ledger(self.company, TODAY)[1], "delays", {}
        )
        used = self.jobs._train(self.company, TODAY)
        reader = self.jobs.env["btp.scoring.reader"].create(
            {
                "company_id": self.company.id,
                "state": "champion",
                "trained_on": fields.Datetime.now(),
                "figures": {"kinds": []},
            }
        )
        reader._store("{}", "0")
        payloads = old.payload_id | reader.payload_id
        self.assertEqual(len(payloads), 2)
        (old | used).trained_on = reader.trained_on = f"{TODAY} 10:00:00"
        self.assertEqual(self.purge(TODAY + timedelta(days=700)), {})
        later = self.purge(date(TODAY.year + 2, TODAY.month + 1, 28))
        self.assertEqual(later, {"score_habit": 1, "score_model": 1, "score_reader": 1})
        self.assertFalse(payloads.exists() or old.exists() or reader.exists())
        self.assertTrue(used.exists())
        self.assertFalse(self.habits(self.slow))

    def purge(self, day):
        """Erase what is past its time on a day; return how many of each kind."""
        privacy = self.jobs.env["btp.privacy"]
        done = {}
        for kind in ("score_habit", "score_model", "score_reader"):
            rule = self.env.ref(f"btp_relance_scoring.privacy_rule_{kind}")
            self.assertEqual(rule.months, 24)
            query = privacy._query(kind, self.company, day, rule._get_cutoff(day))
            ids = [id_ for id_, held in self.env.execute_query(query) if not held]
            if ids:
                done[kind] = privacy._erase(kind, ids)
        return done
