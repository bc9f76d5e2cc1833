# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import html_sanitize

from odoo.addons.btp_relance.models.res_company_privacy import NOTICE

#: Added to the company's own notice (GDPR art. 13): a French text for French customers,
#: not a label to translate.
SCORE_NOTICE = """<p><strong>Prévision des paiements</strong></p>
<p>Pour organiser ce suivi, un logiciel estime, à partir de nos seules factures et de leurs
paiements (montants, dates, conditions de règlement, nature du client, chantier, documents
attendus, relances déjà envoyées), la probabilité qu'une facture soit payée en retard, le jour
où nous en attendons le paiement et la façon de payer de chaque client. Aucune donnée ne vient
de tiers. Ni les données sensibles (art. 9), ni le prénom, la civilité, le lieu de naissance, la
nationalité, la langue ou l'adresse ne sont utilisés. Ce traitement repose sur notre intérêt
légitime à prévoir notre trésorerie et à relancer à bon escient (art. 6(1)(f)). Sauf mention
contraire de notre part, les particuliers en sont exclus.</p>
<p>Logique suivie et conséquences (art. 13(2)(f) et 15(1)(h)) : chaque facture est comparée à
celles dont le règlement est déjà connu ; les délais passés du client pèsent le plus. Le résultat
ordonne notre travail et propose le ton, le moyen et le moment d'une relance. Il ne fonde jamais
à lui seul une mise en demeure, une suspension de travaux, un refus de contracter ni aucune
décision qui produise des effets juridiques ou affecte de façon significative : une personne
examine et décide (art. 22 ; CJUE, 7 décembre 2023, SCHUFA, C-634/21).</p>
<p>Vous pouvez vous y opposer à tout moment, sans avoir à vous justifier (art. 21) : les
estimations qui vous concernent sont effacées aussitôt, plus aucune n'est faite, et le modèle est
réappris sans vos factures. Vous pouvez aussi demander ce que nous savions, ce que nous avons
utilisé et pourquoi nous en avons tiré ce résultat (art. 15(1)(h) ; CJUE, 27 février 2025,
Dun &amp; Bradstreet Austria, C-203/22). Ces estimations sont effacées au plus tard 24 mois après
leur calcul.</p>"""
#: What tells that a notice speaks of scores already.
MARK = "C-634/21"


class ResCompany(models.Model):
    """The company tells people that it estimates when they pay."""

    _inherit = "res.company"

    btp_privacy_notice = fields.Html(default=f"{NOTICE}\n{SCORE_NOTICE}")

    def _add_score_notice(self):
        """Complete the notices that do not speak of scores yet."""
        for company in self.sudo():
            notice = company.btp_privacy_notice or ""
            if MARK not in notice:
                company.btp_privacy_notice = f"{notice}\n{SCORE_NOTICE}"

    def _remove_score_notice(self):
        """Take our words out of the notices again, where nobody changed them."""
        words = str(html_sanitize(SCORE_NOTICE)).strip()
        for company in self.sudo():
            notice = str(company.btp_privacy_notice or "")
            if words in notice:
                company.btp_privacy_notice = notice.replace(words, "").rstrip()
