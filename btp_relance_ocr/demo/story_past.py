# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The months before: bills came, were read and checked, and the reader learned how they look."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from odoo.addons.btp_relance.demo import identity

from .papers import Firm

#: So many months are told of before the present one.
MONTHS = 5
RENTAL = Firm(
    "Location Vendée Matériel",
    identity.siret(7_310_483),
    "ZI de la Boulaie, 85000 La Roche-sur-Yon",
    "Location de nacelle 16 m",
    "factures@vendee-materiel.test",
)
CONCRETE = Firm(
    "Bétons de la Sèvre",
    identity.siret(7_310_499),
    "Route de Gorges, 44190 Clisson",
    "Béton C25/30, livré sur chantier",
    "compta@betonsdelasevre.test",
)
SCAFFOLD = Firm(
    "Échafaudages Atlantique",
    identity.siret(7_310_505),
    "4 rue du Port, 44600 Saint-Nazaire",
    "Échafaudage de façade, montage et location",
    "gestion@echaf-atlantique.test",
)
JOINER = Firm(
    "Menuiserie du Pays de Retz",
    identity.siret(7_310_519),
    "8 rue des Ajoncs, 44210 Pornic",
    "Blocs-portes, fourniture et pose",
    "contact@menuiserie-retz.test",
)
#: (firm, how its numbers look, how it writes them, amount before tax, first month of the five).
SENDERS = (
    (CONCRETE, "BS-{:%y%m}-31", {}, 1_240.0, 5),
    (RENTAL, "LV{:%y%m}07", {"title": "FACTURE", "label": "Pièce"}, 460.0, 5),
    (SCAFFOLD, "EA/{:%y}/{:%m}4", {"title": "FACTURE", "label": "Dossier"}, 2_150.0, 3),
    (JOINER, "MR-{:%y}{:%m}-19", {"title": "FACTURE", "label": "Pièce"}, 3_480.0, 2),
)


class Past:
    """The part of the story that is about the past; its steps are those of ``Story``."""

    def live_months(self):
        """Bring, read and check what came month by month, and date it of its month."""
        for back in range(MONTHS, 0, -1):
            day = self.today.replace(day=9) - relativedelta(months=back)
            known = self.papers.search([("company_id", "=", self.company.id)])
            bills = [self._bring_past(day, *one) for one in SENDERS if back <= one[4]]
            self.read_all()
            for key, firm, number, net in bills:
                self._check_past(key, firm, number, net, day)
            mine = self.papers.search([("company_id", "=", self.company.id)]) - known
            self._date_back(mine, day)

    def _bring_past(self, day, firm, pattern, how, net, _first):
        """Bring the bill of a firm of a month: ``(key, firm, number, amount)``."""
        number = pattern.format(day, day)
        net += 37.5 * day.month
        more = {"days": (self.today - day).days + 3}
        if how:
            more |= {
                "title": how["title"],
                "reference": f"{how['label']} {number}<br>",
            }
        content = self.writer.bill(firm, number, [(20, net)], self.site, **more)
        self.bring(number, firm, "Facture", f"{number.replace('/', '-')}.pdf", content)
        return number, firm, number, net

    def _check_past(self, key, firm, number, net, day):
        days = (self.today - day).days + 3
        paper = self.check(
            key,
            "facture",
            seconds=12 + len(number),
            supplier=True,
            **self._bill(firm, number, net, days),
        )
        if paper and paper.move_id.state == "draft":
            paper.move_id.action_post()

    def _date_back(self, papers, day):
        """Give papers, and what was done with them, the moment of their month."""
        self.env.flush_all()
        moment = SQL("%s::timestamp + INTERVAL '8 hours'", day + timedelta(days=1))
        for table, column, about in (
            ("btp_paper", "create_date", "id"),
            ("btp_paper", "read_on", "id"),
            ("btp_paper", "reviewed_on", "id"),
            ("btp_paper_effect", "done_on", "paper_id"),
            ("btp_paper_layout", "last_used_on", "paper_id"),
        ):
            name = SQL.identifier(column)
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE %s IN %s AND %s IS NOT NULL",
                    SQL.identifier(table),
                    name,
                    moment,
                    SQL.identifier(about),
                    tuple(papers.ids) or (0,),
                    name,
                )
            )
        self.env.invalidate_all()
        papers.message_ids.date = day
