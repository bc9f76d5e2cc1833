# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Attacks on the customer's page, each with a real HTTP client: refused, told and logged."""

import logging
import threading
from datetime import timedelta
from unittest.mock import patch

import requests

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..models.btp_portal_hit import LIMITS, Limit
from .portal_common import LOGGER, PortalCommon
from .portal_file_attacks import FileAttacks


@tagged("post_install", "-at_install")
class TestPortalSecurity(FileAttacks, PortalCommon):
    # Those of the files are in a file of their own.
    allow_inherited_tests_method = True

    def why(self, page):
        """Return why a page was refused: what its one sentence is about."""
        return page.text.split('data-why="')[1].split('"')[0]

    def expect(self, address, status, why, **options):
        """Ask for an address that is refused; return the log of it."""
        with self.assertLogs(LOGGER, logging.INFO) as logs:
            page = self.url_open(address, **options)
        self.assertEqual((page.status_code, self.why(page)), (status, why))
        for name in (self.first.name, self.customer.name, self.customer.email):
            self.assertNotIn(name, page.text)
            self.assertNotIn(name, "".join(logs.output))
        self.assertNotIn(self.relance.access_token or "-", "".join(logs.output))
        return logs.output

    # === KEYS === #

    def test_another_customers_token_and_a_guessed_id_open_nothing(self):
        token = self.stranger._portal_ensure_token()
        self.relance._portal_ensure_token()
        for number, guess in (
            (self.relance.id, token),
            (self.relance.id, "0" * 36),
            (self.relance.id, "é"),
            (self.relance.id, self.relance.access_token[:-1]),
            (self.relance.id + 1000, token),
            (2**31 + 5, token),
        ):
            for suffix in ("", "/pay", "/promise", "/transfer.png", "/dispute/1"):
                self.expect(
                    f"/my/relances/{number}{suffix}?access_token={guess}",
                    404,
                    "unknown",
                )

    def test_a_link_is_no_key_to_odoos_own_discussions(self):
        """They would take any file, of any size, and know of no expiry."""
        token = self.relance._portal_ensure_token()
        thread = {"thread_model": "btp.relance", "thread_id": self.relance.id}
        post = {"body": "Hello", "message_type": "comment"}
        csrf = self.open_form("/paid")["csrf_token"]
        before = self.relance.message_ids
        for route, more in (
            ("/mail/chatter_fetch", {}),
            ("/mail/message/post", {"post_data": post}),
        ):
            with self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(route, {**thread, **more, "token": token})
        answer = self.url_open(
            "/mail/attachment/upload",
            data={**thread, "token": token, "csrf_token": csrf},
            files={"ufile": ("a.pdf", b"MZ")},
        )
        self.assertEqual(answer.status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(self.relance.message_ids, before)

    def test_without_a_token_one_logs_in(self):
        page = self.url_open(f"/my/relances/{self.relance.id}", allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        self.assertIn("/web/login", page.headers["Location"])

    def test_short_links_are_keys_too(self):
        good = self.relance._get_link_token()
        for number, guess in (
            (self.relance.id, good[:-1] + "x"),
            (self.relance.id, self.stranger._get_link_token()),
            (self.relance.id + 1000, good),
        ):
            self.expect(f"/r/{number}/{guess}", 404, "unknown")

    def test_pages_are_kept_to_oneself(self):
        for address in (self.url(), self.url("/pay"), self.url("/promise"),
                        f"/r/{self.relance.id}/{self.relance._get_link_token()}"):  # fmt: skip
            headers = self.url_open(address, allow_redirects=False).headers
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertIn("noindex", headers["X-Robots-Tag"])
            self.assertIn("no-store", headers["Cache-Control"])
            self.assertEqual(headers["X-Frame-Options"], "SAMEORIGIN")

    def test_no_key_is_in_the_log_of_requests(self):
        short = self.relance._get_link_token()
        with self.assertLogs("werkzeug", logging.INFO) as logs:
            logging.getLogger("werkzeug").info('"%s" 200', f"GET {self.url()} HTTP/1.1")
            logging.getLogger("werkzeug").info('"%s" 200', f"GET /r/5/{short} HTTP/1.1")
        for handled in logs.records:
            self.assertNotIn(self.relance.access_token, handled.getMessage())
            self.assertNotIn(short, handled.getMessage())

    # === EXPIRY AND REVOCATION === #

    def age(self, days):
        then = fields.Datetime.now() - timedelta(days=days)
        self.env.cr.execute(
            "UPDATE btp_relance SET sent_on = %s, create_date = %s,"
            " link_issued_on = NULL WHERE id = %s",
            [then, then, self.relance.id],
        )
        self.env.invalidate_all()

    def test_an_expired_link_sends_a_fresh_one_to_the_address_on_file(self):
        old, short = (
            self.url(),
            f"/r/{self.relance.id}/{self.relance._get_link_token()}",
        )
        self.age(179)
        self.assertEqual(self.url_open(old).status_code, 200)
        self.age(181)
        self.expect(old, 410, "expired")
        self.expect(short, 410, "expired")
        page = self.url_open(old)
        self.assertNotIn(self.customer.email, page.text)
        csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        token = self.relance.access_token
        answer = self.url_open(
            f"/my/relances/{self.relance.id}/link",
            data={"csrf_token": csrf, "access_token": token},
        )
        self.assertEqual((answer.status_code, self.why(answer)), (200, "sent"))
        self.assertNotIn(self.customer.email, answer.text)
        self.env.invalidate_all()
        self.assertNotEqual(self.relance.access_token, token)
        # Asked for again with the old one, the new one stays good: it is sent once.
        fresh = self.relance.access_token
        self.url_open(
            f"/my/relances/{self.relance.id}/link",
            data={"csrf_token": csrf, "access_token": token},
        )
        self.env.invalidate_all()
        self.assertEqual(self.relance.access_token, fresh)
        told = self.env["btp.confirmation"].search([("kind", "=", "link")])
        self.assertEqual(told.contact_id, self.customer)
        with self.mock_mail_gateway(), self.scheduler() as engine:
            engine.env["btp.confirmation"]._send_queued()
        told.invalidate_recordset()
        self.assertEqual(told.state, "sent", told.reason)
        self.assertIn(fresh, told.mail_id.body_html)
        self.assertEqual(self.url_open(self.url()).status_code, 200)
        self.expect(old, 410, "expired")
        self.expect(short, 410, "expired")
        self.assertEqual(len(self.events(self.relance, "link_renewed")), 1)

    def test_a_withdrawn_link_opens_nothing_not_even_a_new_one(self):
        old, short = (
            self.url(),
            f"/r/{self.relance.id}/{self.relance._get_link_token()}",
        )
        invoice = self.first.get_portal_url()
        other = self.url(relance=self.stranger)
        self.customer.with_user(self.clerk).action_btp_revoke_links()
        self.env.invalidate_all()
        self.expect(old, 410, "revoked")
        self.expect(short, 410, "revoked")
        self.assertNotIn(self.first.name, self.url_open(invoice).text)
        self.assertEqual(self.url_open(other).status_code, 200)
        self.assertEqual(len(self.events(self.relance, "link_revoked")), 1)
        csrf = self.url_open(other).text.split('csrf_token: "')[1].split('"')[0]
        with self.assertLogs(LOGGER, "WARNING"):
            page = self.url_open(
                f"/my/relances/{self.relance.id}/link",
                data={
                    "csrf_token": csrf,
                    "access_token": old.split("access_token=")[1],
                },
            )
        self.assertEqual(self.why(page), "unknown")
        self.assertFalse(self.env["btp.confirmation"].search([("kind", "=", "link")]))
        self.relance.with_user(self.clerk).action_renew_link()
        self.assertEqual(self.url_open(self.url()).status_code, 200)

    def test_a_cancelled_reminder_has_no_page(self):
        address = self.url()
        self.env.cr.execute(
            "UPDATE btp_relance SET state = 'cancelled' WHERE id = %s",
            [self.relance.id],
        )
        self.env.invalidate_all()
        self.expect(address, 410, "cancelled")

    # === FORMS === #

    def logged(self, suffix, data, files=None, **options):
        with self.assertLogs(LOGGER, "WARNING") as logs:
            error = self.refused(suffix, data, files, **options)
        self.env.invalidate_all()
        return error, "".join(logs.output)

    def test_altered_forms_do_nothing(self):
        promise = {"day": self.days(7), "row": self.key(self.first)}
        mine, theirs = (
            self.open_form("/promise"),
            self.open_form("/promise", self.stranger),
        )
        paid = self.open_form("/paid")
        for form in (theirs["form_token"], paid["form_token"], "", "a.1.b", "x" * 500,
                     mine["form_token"][:-1] + "!"):  # fmt: skip
            error, _log = self.logged(
                "/promise", promise, hidden={**mine, "form_token": form}
            )
            self.assertIn("out of date", error)
        # Lines of another debtor, and of nobody.
        for keys in (
            self.key(self.foreign),
            self.key(self.first, self.foreign),
            ["0"],
            ["1 OR 1"],
        ):
            error, log = self.logged("/promise", {**promise, "row": keys})
            self.assertIn("changed in the meantime", error)
            self.assertNotIn(self.customer.name, log)
            self.logged("/paid", {"day": self.days(-1), "row": keys})
        self.assertFalse(
            self.env["btp.promise"].search([("company_id", "=", self.company.id)])
        )
        self.assertFalse(
            self.env["btp.portal.act"].search(
                [("relance_id", "in", (self.relance + self.stranger).ids)]
            )
        )
        self.assertTrue(self.events(self.relance, "portal_refused"))
        with self.assertLogs(LOGGER, "WARNING"):
            self.refused(f"/dispute/{self.foreign.id}", {"reason": "price"},
                         hidden=self.open_form(f"/dispute/{self.first.id}"))  # fmt: skip

    def test_altered_payments_do_nothing(self):
        route = (
            f"/my/relances/{self.relance.id}/transaction/{self.company.currency_id.id}"
        )
        params = {
            "access_token": self.relance._portal_ensure_token(),
            "provider_id": 1,
            "payment_method_id": 1,
            "token_id": None,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": "/my",
        }
        one = self.key(self.first)[0]
        for rows, amount, token in (
            (f"/{one}", 999.99, None),
            (f"/{one}", "nan", None),
            (f"/{one}", "x", None),
            (f"/{self.key(self.foreign)[0]}", 777, None),
            (f"/{one}-{self.key(self.foreign)[0]}", 1777, None),
            (f"/{one}", 1000, self.stranger._portal_ensure_token()),
            ("", 1500, "guess"),
        ):
            with (
                self.assertLogs("odoo.http", "WARNING"),
                self.assertLogs(LOGGER, "WARNING"),
                self.assertRaisesRegex(JsonRpcException, "ValidationError"),
            ):
                self.make_jsonrpc_request(
                    route + rows,
                    {
                        **params,
                        "amount": amount,
                        "access_token": token or params["access_token"],
                    },
                )
        with self.assertLogs(LOGGER, "WARNING"):
            page = self.see("/pay", row=self.key(self.foreign)[0])
        self.assertIn("cannot be paid any more", page)
        self.assertNotIn(self.foreign.name, page)
        self.assertFalse(
            self.env["payment.transaction"].search(
                [("btp_relance_id", "=", self.relance.id)]
            )
        )

    def test_csrf_missing_or_wrong_is_refused(self):
        hidden = self.open_form("/promise")
        data = {"day": self.days(7), "row": self.key(self.first)}
        for csrf in (None, "wrong", "0" * 40 + "o9999999999"):
            hidden.pop("csrf_token", None)
            sent = {**hidden, **data, **({"csrf_token": csrf} if csrf else {})}
            with (
                self.assertLogs(LOGGER, "WARNING"),
                self.assertLogs("odoo.http", "WARNING"),
            ):
                page = self.url_open(
                    f"/my/relances/{self.relance.id}/promise", data=sent
                )
            self.assertEqual((page.status_code, self.why(page)), (400, "form"))
        self.assertFalse(
            self.env["btp.promise"].search([("company_id", "=", self.company.id)])
        )

    # === WORDS === #

    def test_a_script_in_any_field_is_only_words(self):
        script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
        names = (
            "row", "day", "amount", "note", "count", "reason", "line", "means", "change",
            "name", "email", "phone", "channel", "refused", "language", "currency", "lang",
            "preview", "done", "form_token",
        )  # fmt: skip
        everywhere = dict.fromkeys(names, script)
        with mute_logger(LOGGER + ".controllers.portal_gate"):
            for suffix in ("", "/pay", "/problem", "/promise", "/plan", "/paid",
                           "/contact", "/choice", f"/dispute/{self.first.id}"):  # fmt: skip
                page = self.url_open(self.url(suffix), params=everywhere)
                self.assertEqual(page.status_code, 200, suffix)
                self.assertNotIn("<script>alert", page.text, suffix)
                self.assertNotIn("<img src=x", page.text, suffix)
            for suffix in ("/promise", "/plan", "/paid", "/contact", "/choice",
                           f"/dispute/{self.first.id}"):  # fmt: skip
                hidden = self.open_form(suffix)
                page = self.refused_page(suffix, everywhere | hidden)
                self.assertNotIn("<script>alert", page.text, suffix)
                self.assertNotIn("<img src=x", page.text, suffix)

    def refused_page(self, suffix, data):
        with mute_logger(LOGGER + ".controllers.portal_acts"):
            page = self.url_open(f"/my/relances/{self.relance.id}{suffix}", data=data)
        self.assertIn(page.status_code, (200, 422), suffix)
        return page

    # === FLOODS === #

    def test_a_flood_is_asked_to_wait(self):
        few = {**LIMITS, "page": Limit(5, 60)}
        with patch.dict(LIMITS, few):
            for _time in range(5):
                self.assertEqual(self.url_open(self.url("/contact")).status_code, 200)
            self.expect(self.url("/contact"), 429, "busy")
            with self.assertLogs(LOGGER, "WARNING"):
                page = self.url_open(self.url("/contact"))
            self.assertTrue(1 <= int(page.headers["Retry-After"]) <= 60)
            # Another customer is let in.
            self.assertEqual(
                self.url_open(self.url(relance=self.stranger)).status_code, 200
            )

    def test_guessing_is_soon_over(self):
        guess = f"/my/relances/{self.relance.id}?access_token="
        with patch.dict(LIMITS, {**LIMITS, "guess": Limit(3, 600)}):
            for number in range(3):
                self.expect(f"{guess}{number}", 404, "unknown")
            self.expect(f"{guess}x", 429, "busy")
            # Whoever has a good link is not kept out by a neighbour who guesses.
            self.assertEqual(self.url_open(self.url()).status_code, 200)

    def test_links_are_not_sent_without_end(self):
        page = self.url_open(self.url("/contact"))
        csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        data = {"csrf_token": csrf, "access_token": self.relance.access_token}
        for _time in range(3):
            answer = self.url_open(f"/my/relances/{self.relance.id}/link", data=data)
            self.assertEqual(answer.status_code, 200)
        with self.assertLogs(LOGGER, "WARNING"):
            answer = self.url_open(f"/my/relances/{self.relance.id}/link", data=data)
        self.assertEqual(answer.status_code, 429)

    def test_hits_tell_nothing_of_people_and_go_away(self):
        self.see()
        hits = self.env["btp.portal.hit"].search([])
        self.assertTrue(hits)
        self.assertFalse({"127.0.0.1", str(self.relance.id)} & set(hits.mapped("key")))
        hits.invalidate_recordset()
        self.env.cr.execute(
            "UPDATE btp_portal_hit SET moment = moment - INTERVAL '2 days'"
        )
        self.env["btp.portal.hit"]._gc_hits()
        self.assertFalse(self.env["btp.portal.hit"].search([]))

    # === PEOPLE WITH AN ACCOUNT === #

    def test_a_portal_user_sees_only_their_own(self):
        other_company = self.env["res.company"].create({"name": "Autre Bâtiment"})
        self.make_portal_user("mine", self.customer)
        self.make_portal_user("theirs", self.other)
        self.make_portal_user(
            "elsewhere",
            self.env["res.partner"].create(
                {"name": "Site", "parent_id": self.customer.id}
            ),
            other_company,
        )
        address = f"/my/relances/{self.relance.id}"
        self.authenticate("mine", "mine")
        self.assertEqual(self.url_open(address).status_code, 200)
        for login in ("theirs", "elsewhere"):
            self.authenticate(login, login)
            for suffix in ("", "/pay", "/promise", "/paid"):
                self.expect(address + suffix, 404, "unknown")
            self.assertNotIn(self.first.name, self.url_open("/my/relances").text)
            # A form of theirs, sent to another's page.
            csrf = (
                self.url_open("/my/account")
                .text.split('csrf_token: "')[1]
                .split('"')[0]
            )
            with self.assertLogs(LOGGER, "WARNING"):
                page = self.url_open(
                    f"{address}/promise",
                    data={
                        "csrf_token": csrf,
                        "day": self.days(7),
                        "row": self.key(self.first),
                    },
                )
            self.assertEqual(page.status_code, 404)

    def test_records_are_not_read_by_rpc(self):
        self.make_portal_user("mine", self.customer)
        self.authenticate("mine", "mine")
        for model in (
            "btp.relance",
            "btp.portal.act",
            "btp.contact.proposal",
            "btp.portal.hit",
        ):
            with (
                self.assertLogs("odoo.http", "WARNING"),
                self.assertRaisesRegex(JsonRpcException, "AccessError"),
            ):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/{model}/search_read",
                    {
                        "model": model,
                        "method": "search_read",
                        "args": [[]],
                        "kwargs": {},
                    },
                )

    def test_the_clerk_of_another_company_withdraws_nothing(self):
        other_company = self.env["res.company"].create({"name": "Autre Bâtiment"})
        clerk = self.make_user(
            "yves", "btp_relance.group_agent",
            company_id=other_company.id, company_ids=other_company.ids,
        )  # fmt: skip
        address = self.url()
        with self.assertRaises(UserError):
            self.customer.with_user(clerk).action_btp_revoke_links()
        self.assertEqual(self.url_open(address).status_code, 200)

    def test_two_readers_at_once_never_see_each_others_lines(self):
        pages, addresses = {}, {
            "mine": self.base_url() + self.url(),
            "theirs": self.base_url() + self.url(relance=self.stranger),
        }  # fmt: skip

        def read(name):
            client = requests.Session()
            client.cookies.set("test_request_key", self.http_request_key)
            pages[name] = [
                client.get(addresses[name], timeout=30).text for _time in range(3)
            ]

        threads = [threading.Thread(target=read, args=(name,)) for name in addresses]
        with self.allow_requests():
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        for page in pages["mine"]:
            self.assertIn(self.first.name, page)
            self.assertNotIn(self.foreign.name, page)
        for page in pages["theirs"]:
            self.assertIn(self.foreign.name, page)
            self.assertNotIn(self.first.name, page)
