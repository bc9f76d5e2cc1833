# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import json

from odoo import api, fields, models

from .. import matching
from ..const import BILLS, OF_SUPPLIER
from ..matching.ids import siren_of, sirens_in
from .btp_paper_match_rows import MOST_SITES

#: How many are proposed where none is sure.
PROPOSED = 3
#: Less likely ones are no help.
LEAST = 0.02
#: So many times likelier than any other, what is called by its name is meant.
ALONE = 10
#: What a person who changes it has chosen.
ABOUT = {"chantier_id", "move_id", "partner_id"}
#: Kinds that are about one invoice of a chantier.
OF_INVOICE = matching.invoices.OF_INVOICE


class BtpPaper(models.Model):
    """What a paper is about: the one that is sure, else the three best and a question."""

    _inherit = "btp.paper"

    given_chantier_id = fields.Many2one(
        "btp.chantier", "Handed Over For", check_company=True, readonly=True
    )
    given_move_id = fields.Many2one(
        "account.move", "Handed Over For the Invoice", check_company=True, readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        # Where it was dropped says what it is about, before anything is read.
        return super().create(
            [
                {
                    "given_chantier_id": vals.get("chantier_id"),
                    "given_move_id": vals.get("move_id"),
                    **vals,
                }
                for vals in vals_list
            ]
        )

    def write(self, vals):
        # What a person changes in the form is chosen by hand.
        if vals.keys() & ABOUT and not self.env.context.get("btp_matching"):
            vals = {"matched_by_hand": True, "match_confidence": 1.0, **vals}
        return super().write(vals)

    # === BUSINESS === #

    def _match(self):
        """Find what these papers are about, with the evidence, or the three best to ask."""
        self._flush_candidates()
        for paper in self.with_context(btp_matching=True):
            if not paper.matched_by_hand:
                paper._match_one()

    def _match_one(self):
        self.ensure_one()
        facts = self._get_match_facts()
        if self.kind == "attestation":
            ranked = self._rank_certificate(facts)
        elif self.kind in BILLS and not self._is_ours(facts):
            return self._match_bill(facts)
        else:
            ranked = self._rank_sites(facts)
        return self._keep_match(ranked)

    def _match_bill(self, facts):
        """A supplier's bill is about the supplier first; its chantier is told where it is sure."""
        suppliers = matching.rank_suppliers(facts, self._read_suppliers(facts))
        own = ("chantier", "ref_marche")
        facts.values = {name: facts.get(name) for name in own if facts.get(name)}
        sites = matching.rank_chantiers(facts, self._read_chantiers(facts))
        self._keep_match(suppliers)
        given = self._get_given()[0]
        site = not given and self._find_named_site(sites)
        self.chantier_id = given or (site and site.chantier_id)
        if site:
            evidence = (self.match_evidence, self._write_evidence(site.clues))
            self.match_evidence = "\n".join(filter(None, evidence))

    @staticmethod
    def _find_named_site(sites):
        """Return the chantier that a bill is surely of, or that it alone calls by its name.

        Who delivers to a chantier knows its name, and neither its customer nor its contract.
        """
        best, *others = sites or [None]
        if not best or best.chantier_score >= matching.SURE:
            return best
        named = any(clue.code == "name_same" for clue in best.clues)
        alone = all(
            other.chantier_score < best.chantier_score / ALONE for other in others
        )
        return best if named and alone else None

    def _rank_sites(self, facts) -> list:
        """Rank the chantiers and their invoices."""
        sites = self._read_chantiers(facts)
        first = matching.rank_chantiers(facts, sites)
        ids = [one.chantier_id for one in first[:MOST_SITES]]
        invoices = self._read_invoices(facts, ids) if self._wants_invoice() else []
        known = {site.id for site in sites}
        others = {bill.chantier_id for bill in invoices} - known - {None}
        if others:
            sites = self._read_chantiers(facts, others)
            known = {site.id for site in sites}
        invoices = [bill for bill in invoices if bill.chantier_id in known | {None}]
        return matching.rank_chantiers(facts, sites, invoices)

    def _wants_invoice(self) -> bool:
        """Return whether the paper may be about one invoice of a chantier."""
        return bool(
            self.kind in (*OF_INVOICE, *BILLS)
            or self._get_given()[1]
            or self._get_values().get("ref_facture")
        )

    def _rank_certificate(self, facts) -> list:
        """Rank whose certificate it is: ours, or a subcontractor's."""
        if self._is_ours(facts):
            read = facts.get("siret") or facts.get("entreprise")
            clue = matching.Clue("ours", 6.0, {"read": read})
            return [matching.Ranked(clues=(clue,), score=0.95)]
        return matching.rank_suppliers(facts, self._read_suppliers(facts))

    def _is_ours(self, facts) -> bool:
        """Return whether the firm that wrote it is the company that received it."""
        number = siren_of(facts.get("siret"))
        if number and facts.our_siren:
            return number == facts.our_siren
        name = facts.get("entreprise")
        return bool(name and matching.likeness(name, facts.our_name) >= 90)

    # === WHAT IS KNOWN === #

    def _get_match_facts(self) -> matching.Facts:
        """Return what the paper says and how it came."""
        self.ensure_one()
        company = self.company_id.sudo()
        chantier, move = self._get_given()
        raw = self._get_text()
        return matching.Facts(
            kind=self.kind or "",
            values=self._get_values(),
            text=matching.plain(raw),
            raw=raw,
            sirens=sirens_in(raw),
            our_name=company.name,
            our_siren=siren_of(company.company_registry) or siren_of(company.vat),
            senders=frozenset(self.sender_id.commercial_partner_id.ids),
            asked_chantier=chantier.id or None,
            asked_invoice=move.id or None,
            today=self.env["btp.echeance"]._get_today(),
        )

    def _get_given(self) -> tuple:
        """Return the chantier and the invoice for which it came: not those that we found."""
        self.ensure_one()
        asked = self.asked_document_id.sudo()
        move = asked.move_id or self.given_move_id
        chantier = asked.chantier_id or self.given_chantier_id
        return chantier or move.btp_chantier_id, move

    def _get_text(self) -> str:
        """Return the words of the paper in their order."""
        self.ensure_one()
        if not self.words:
            return ""
        pages = json.loads(base64.b64decode(self.words))
        return " ".join(word[0] for words in pages.values() for word in words)

    # === WHAT IS KEPT === #

    def _keep_match(self, ranked):
        """Keep what is sure, and propose the best where nothing is.

        :param ranked: list of ``matching.Ranked``, the best first
        """
        self.ensure_one()
        self.sudo().candidate_ids.unlink()
        best = matching.choose(ranked)
        if not best:
            self._keep_unsure(ranked)
            return
        move = self.env["account.move"].browse(best.invoice_id or ())
        chantier = self.env["btp.chantier"].browse(best.chantier_id or ())
        self.write(
            {
                "chantier_id": chantier.id,
                "move_id": move.id,
                "partner_id": best.supplier_id
                or move.commercial_partner_id.id
                or chantier.partner_id.id,
                "match_confidence": best.score,
                "match_evidence": self._write_evidence(best.clues),
            }
        )

    def _keep_unsure(self, ranked):
        """Propose the three best; what surely is the chantier is kept, whatever the invoice."""
        top = ranked[0] if ranked else None
        site = top and top.chantier_score >= matching.SURE and top.chantier_id
        given, move = self._get_given()
        chantier = self.env["btp.chantier"].browse(site or given.id or ())
        enough = bool(site) and self.kind not in OF_INVOICE
        self.write(
            {
                "chantier_id": chantier.id,
                "move_id": move.id,
                # Whoever wrote a bill is not the customer of its chantier.
                "partner_id": self.kind not in OF_SUPPLIER and chantier.partner_id.id,
                "match_confidence": top.chantier_score
                if enough
                else (top.score if top else 0.0),
                "match_evidence": self._write_evidence(top.clues) if site else False,
            }
        )
        if not enough:
            self._propose(ranked)

    def _propose(self, ranked):
        self.env["btp.paper.candidate"].sudo().create(
            [
                {
                    "paper_id": self.id,
                    "chantier_id": one.chantier_id,
                    "move_id": one.invoice_id,
                    "partner_id": one.supplier_id,
                    "score": one.score,
                    "evidence": self._write_evidence(one.clues),
                }
                for one in ranked[:PROPOSED]
                if one.score >= LEAST
            ]
        )

    def _choose(self, chantier=None, move=None, partner=None, evidence=""):
        """Say by hand what the paper is about.

        :param chantier: ``btp.chantier``; that of the invoice where there is none
        :param move: ``account.move``
        :param partner: ``res.partner``; that of the invoice or of the chantier where there is none
        """
        self.ensure_one()
        chantier = chantier or (move.btp_chantier_id if move else None)
        partner = (
            partner
            or (move and move.commercial_partner_id)
            or (self.kind in OF_SUPPLIER and self.partner_id)
            or (chantier and self.kind not in OF_SUPPLIER and chantier.partner_id)
        )
        told = self._write_evidence(
            [matching.Clue("by_hand", 0.0, {"name": self.env.user.name})]
        )
        self.write(
            {
                "chantier_id": chantier.id if chantier else False,
                "move_id": move.id if move else False,
                "partner_id": partner.id if partner else False,
                "match_evidence": "\n".join(filter(None, [evidence, told])),
            }
        )


class BtpPaperCandidate(models.Model):
    """A person takes one of the three."""

    _inherit = "btp.paper.candidate"

    def action_choose(self):
        """The paper is about this one."""
        self.ensure_one()
        self.paper_id.check_access("write")
        self.paper_id._choose(
            self.chantier_id, self.move_id, self.partner_id, self.evidence
        )
