# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

#: Ready to paste in the company's own notice (GDPR art. 13): a French text for French
#: customers, not a label to translate.
NOTICE = """<p><strong>Suivi de nos factures</strong></p>
<p>Nous utilisons vos nom, fonction, adresse, courriel, téléphone, factures, paiements et
nos échanges pour suivre le règlement de nos factures et, s'il le faut, défendre nos droits.
Ces traitements reposent sur l'exécution du contrat (RGPD, art. 6(1)(b)), notre intérêt
légitime à recouvrer nos créances (art. 6(1)(f)) et nos obligations comptables
(art. 6(1)(c)).</p>
<p>Seules les personnes chargées de la facturation et du recouvrement y ont accès, ainsi que
les prestataires qui acheminent nos messages et, en cas de litige, nos conseils et les
juridictions. Aucune mise en demeure, suspension de travaux ni action en justice n'est
décidée par une machine : une personne décide (art. 22).</p>
<p>Nos échanges sont en usage courant jusqu'au paiement puis trois mois ; ils sont ensuite
archivés, puis effacés cinq ans après leur envoi, jamais avant la prescription de la créance.
Les factures et écritures sont conservées dix ans (C. com. L123-22).</p>
<p>Vous pouvez demander l'accès à vos données, leur copie, leur rectification, leur
effacement ou la limitation de leur traitement, ou vous y opposer, en nous écrivant ; vous
pouvez aussi saisir la CNIL (www.cnil.fr). Ce que la loi nous impose de garder, ou dont la
défense de nos droits a besoin, est conservé jusqu'au terme prévu (art. 17(3)).</p>"""


class ResCompany(models.Model):
    """What the company tells people of their data."""

    _inherit = "res.company"

    btp_privacy_notice = fields.Html(
        "Privacy Notice",
        default=NOTICE,
        groups="btp_relance.group_manager",
        help="Paste it in your own notice, and correct it where you do otherwise.",
    )
    btp_privacy_contact = fields.Char(
        "Contact for Personal Data",
        groups="btp_relance.group_manager",
        help="Whom people write to: the data protection officer if you have one.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_privacy_notice = fields.Html(
        related="company_id.btp_privacy_notice", readonly=False
    )
    btp_privacy_contact = fields.Char(
        related="company_id.btp_privacy_contact", readonly=False
    )
