# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What became of the demo's papers: they came by mail, were read, and a person looked at some.

Everything goes the product's own way; what the reader finds is what the screens show.
"""

import logging
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

from ..reader import forms
from .papers import RESERVES, Papers, to_mail
from .story_bills import Bills
from .story_past import Past

_logger = logging.getLogger(__name__)


class Story(Bills, Past):
    """Brings papers in, has them read, and checks some as a person does.

    :param env: the environment of the demo's company, in French
    :param company: that company
    :param user: who checks
    """

    def __init__(self, env, company, user):
        self.env, self.company = env, company
        self.papers = env["btp.paper"].with_company(company)
        self.desk = self.papers.with_user(user).with_context(
            allowed_company_ids=company.ids
        )
        self.writer = Papers(env, company)
        self.today = self.writer.today
        self.pages = {}

    # === STEPS === #

    def bring(self, key, sender, subject, name, content):
        """Send one file by mail.

        :param key: by which the story knows the paper later
        """
        address = self.company.btp_paper_alias_id.alias_full_name
        known = self.papers.search([("company_id", "=", self.company.id)])
        mail = to_mail(sender, address, subject, name, content)
        self.env["mail.thread"].message_process(None, mail)
        mine = self.papers.search([("company_id", "=", self.company.id)]) - known
        if mine:
            self.pages[key] = mine[:1].id

    def read_all(self):
        """Read what waits."""
        self.papers.search(
            [("company_id", "=", self.company.id), ("state", "=", "waiting")],
            order="id",
        )._read()

    def check(self, key, kind, choice=None, seconds=25, supplier=False, **truth):
        """Look at a paper as a person does: what was read otherwise is corrected.

        :param choice: what it is about, where that is not found
        :param bool supplier: whether its supplier is created from it
        :param truth: what the paper says
        :return: the paper, None where it is not there to check
        """
        paper = self.desk.browse(self.pages.get(key) or [])
        if not paper or paper.state not in ("to_check", "failed"):
            return paper or None
        said = paper._get_said()
        values = {
            name: {"value": value}
            for name, value in truth.items()
            if not forms.same(said.get(name), value)
        }
        if paper.kind != kind:
            values["kind"] = kind
        try:
            with self.env.cr.savepoint():
                paper.save_review(paper.id, values, choice)
                if supplier and not paper.partner_id:
                    paper.create_supplier(paper.id)
                paper.save_review(paper.id, {}, None, confirm=True, seconds=seconds)
        except UserError as error:
            # Left to check: that is what a person would do, too.
            _logger.info("A paper of the demo stays to check: %s", error)
            self.env.invalidate_all()
        return paper.sudo()

    # === WHAT CAME === #

    def tell(self):
        """Bring all of it."""
        self.bring_contracts()
        self.live_months()
        self.bring_bills()
        self.read_all()
        self.check_contracts()
        self.check_bills()
        self.bring_more()
        self.read_all()
        self.check_more()

    def bring_contracts(self):
        """What customers and architects send: PV, visas, orders."""
        pv = self._find_missing("PVR")[:1]
        if pv:
            site = pv.chantier_id
            content = self.writer.pv(site, pages=2)
            self.bring("pv", self._owner(pv), "PV signé", "PV réception.pdf", content)
        self.visas = self._find_visas()[:3]
        for rank, visa in enumerate(self.visas[:2]):
            content = self.writer.certificate(visa.move_id)
            name = f"certificat {visa.move_id.btp_situation_number or rank + 1}.pdf"
            self.bring(
                f"visa{rank}", self._owner(visa), "Certificat visé", name, content
            )
        order = self._find_missing("BDC")[:1]
        self.site = order.chantier_id
        if order:
            sender = self.site.partner_id
            self.number = f"BC-{self.today.year}-0417"
            content = self.writer.order(self.site, self.number)
            self.bring("order", sender, "Bon de commande", "bc.pdf", content)
            start = self.today - timedelta(days=60)
            content = self.writer.service_order(self.site, start)
            self.bring("os", sender, "OS de démarrage", "OS 1.pdf", content)
        self.lifted = self._find_lifted()
        if self.lifted:
            content = self.writer.lifting(self.lifted, self.today - timedelta(days=4))
            sender = self.lifted.partner_id
            self.bring("lifting", sender, "Levée des réserves", "PV levée.pdf", content)
        self._bring_doubtful()

    def _bring_doubtful(self):
        """What a person must look at: unsigned, of one of several sites, cut on its way."""
        sites = self.env["btp.chantier"].search(
            [("company_id", "=", self.company.id)], order="id"
        )
        unsigned = (sites - self.site - self.lifted).filtered("date_reception")[:1]
        for site in unsigned:
            content = self.writer.pv(site, site.date_reception, signed=False)
            sender = site.partner_id
            self.bring("unsigned", sender, "PV à signer", "PV non signé.pdf", content)
            self.bring("cut", sender, "Fw: scan", "scan coupé.pdf", content[:700])
        heads = [site.name.split(" – ")[0] for site in sites]
        twins = sites.filtered(lambda one: heads.count(one.name.split(" – ")[0]) > 1)
        for site in (twins - self.site)[:1]:
            number = f"C-{self.today.year}-88"
            content = self.writer.order(site, number, named=False, net=18_600)
            sender = self.company.partner_id
            self.bring("twin", sender, "Commande", "commande.pdf", content)

        visas = self._find_visas()
        waiting = self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("move_type", "=", "out_invoice"),
                ("payment_state", "=", "not_paid"),
                ("btp_situation_number", ">", 0),
                ("btp_chantier_id", "not in", visas.chantier_id.ids),
            ],
            order="id desc",
        )
        crowded = max(
            waiting.grouped("btp_chantier_id").values(), key=len, default=waiting
        )
        for move in crowded[:1]:
            # Which of them is it? Neither number nor month, and less than was claimed.
            content = self.writer.certificate(move, named=False, admitted=0.93)
            sender = move.btp_chantier_id.moe_id or move.partner_id
            self.bring("which", sender, "Certificat", "certificat sans n°.pdf", content)

    # === WHAT A PERSON SAID === #

    def check_contracts(self):
        """Confirm what customers sent, but for what must wait."""
        for rank, visa in enumerate(self.visas[:2]):
            move = visa.move_id
            day = move.invoice_date + timedelta(days=12)
            self.check(
                f"visa{rank}",
                "certificat_paiement",
                {"move_id": move.id},
                seconds=31 - 9 * rank,
                montant_ht=f"{move.amount_untaxed:.2f}",
                date_signature=str(day),
                signed=True,
            )
        site = {"chantier_id": self.site.id}
        if self.site:
            self.check("order", "bon_commande", site, ref_commande=self.number)
            start = self.today - timedelta(days=60)
            self.check(
                "os",
                "ordre_service",
                site,
                seconds=18,
                ref_os="1",
                date_document=str(start),
                date_effet=str(start + timedelta(days=7)),
                signed=True,
            )
        if self.lifted:
            self.check(
                "lifting",
                "pv_levee_reserves",
                {"chantier_id": self.lifted.id},
                decision="levee_totale",
                date_levee=str(self.today - timedelta(days=4)),
                signed=True,
            )

    # === WHO AND WHAT === #

    def _find_missing(self, code):
        """Return the documents of a type that hold money."""
        return self.env["btp.document"].search(
            [
                ("company_id", "=", self.company.id),
                ("state", "=", "expected"),
                ("need_ids.missing", "=", True),
                ("type_id.code", "=", code),
            ],
            order="id",
        )

    def _find_visas(self):
        """Return the visas that unpaid situations still want, of the chantier that wants most."""
        wanted = self.env["btp.document"].search(
            [
                ("company_id", "=", self.company.id),
                ("state", "=", "expected"),
                ("type_id.code", "=", "VIS"),
                ("move_id.payment_state", "=", "not_paid"),
            ],
            order="id",
        )
        return max(
            wanted.grouped("chantier_id").values(), key=len, default=wanted.browse()
        )

    def _find_lifted(self):
        """Return a chantier with reserves, rather one whose quality is contested."""
        sites = self.env["btp.chantier"].search(
            [("company_id", "=", self.company.id), ("has_reserves", "=", True)],
            order="id",
        )
        contested = sites.filtered(lambda site: site._get_quality_disputes())
        site = (contested | sites)[:1]
        if site and not site.reserve_ids:
            self.env["btp.reserve"].create(
                [
                    {"chantier_id": site.id, "sequence": rank, "name": name}
                    for rank, name in enumerate(RESERVES, 1)
                ]
            )
        return site

    @staticmethod
    def _owner(document):
        """Return who sends a document that was asked for."""
        return document.owner_partner_id or document.chantier_id.partner_id


def tell(env, company):
    """Receive, read and check the papers of the demo company.

    :param env: its environment, in French
    """
    user = env["res.users"].search(
        [("login", "=", "nadia"), ("company_ids", "in", company.ids)], limit=1
    )
    started = fields.Datetime.now()
    Story(env, company, user or env.ref("base.user_admin")).tell()
    spent = fields.Datetime.now() - started
    _logger.info("The demo company received its papers in %s", spent)
