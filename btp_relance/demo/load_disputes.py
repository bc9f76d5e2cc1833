# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What customers of the demo company contest, and what its sites are asked."""

from datetime import timedelta

#: reason, share contested (%), words, days ago, what became of it
_ROWS = (
    (
        "quantity",
        18,
        "Nous comptons 42 m² de dallage de moins que la situation.",
        6,
        None,
    ),
    (
        "quality",
        10,
        "Deux réserves ne sont pas levées : seuil et joint de fractionnement.",
        12,
        "lifted",
    ),
    ("price", 6, "Le prix du béton n'est pas celui de l'avenant n° 1.", 20, "accepted"),
    (
        "missing_order",
        100,
        "Merci de nous rappeler le numéro de bon de commande.",
        4,
        None,
    ),
    (
        "not_delivered",
        8,
        "Les massifs du local vélos n'ont pas été coulés.",
        25,
        "rejected",
    ),
    (
        "already_paid",
        100,
        "Virement fait le mois dernier, voyez votre banque.",
        2,
        None,
    ),
    (
        "duplicate",
        100,
        "Cette facture ressemble à celle du mois précédent.",
        15,
        "cancelled",
    ),
)
_REASONS = (
    "Le bon de livraison et le constat contradictoire du chantier montrent que ces ouvrages "
    "ont été réalisés ; nous vous en envoyons copie sur demande."
)


def play(env, company):
    """Open a dispute of each main reason, and settle some.

    Customers and sites get no message: the addresses are not theirs. One site has a task.

    :param env: the environment of the loader (superuser, in French)
    :param company: the demo company, reminders switched on
    """
    env = env(context={**env.context, "btp_tell": False})
    asks, company.btp_ask_site = company.btp_ask_site, False
    today = env["btp.echeance"].with_company(company)._get_today()
    moves = _choose(env, company)
    for row, move in zip(_ROWS, moves, strict=False):
        reason, share, words, ago, outcome = row
        free = sum(due.free for due in env["btp.dispute"]._get_dues(move))
        amount = move.currency_id.round(float(free) * share / 100)
        dispute = env["btp.dispute"]._open(
            move, reason, words, amount=amount, source="answer"
        )
        opened = today - timedelta(days=ago)
        dispute.write(
            {
                "opened_on": opened,
                "date_deadline": company._get_btp_dispute_deadline(reason, opened),
            }
        )
        _settle(dispute, outcome)
    company.btp_ask_site = asks
    for dispute in env["btp.dispute"].search(
        [("company_id", "=", company.id), ("reason", "=", "quantity")], limit=1
    ):
        if dispute.chantier_id._get_site_person().email_normalized:
            dispute._ask_site().mail_id.cancel()
    _ask_for_papers(env, company)


def _ask_for_papers(env, company):
    """Ask the conducteur de travaux of one chantier for the papers that it waits for."""
    documents = env["btp.document"].search(
        [
            ("company_id", "=", company.id),
            ("owed_by", "=", "site_manager"),
            ("state", "=", "expected"),
            ("chantier_id", "!=", False),
        ]
    )
    for chantier, group in documents.grouped("chantier_id").items():
        person = chantier._get_site_person()
        if person.email_normalized:
            owner = company.btp_relance_user_id
            task = env["btp.site.task"]._ask(chantier, person, owner, documents=group)
            task.mail_id.cancel()
            return


def _choose(env, company):
    """Return unpaid invoices of chantiers that no reminder lists, one a customer."""
    echeances = env["btp.echeance"].search(
        [
            ("company_id", "=", company.id),
            ("days_overdue", ">", 0),
            ("is_retention", "=", False),
            ("chantier_id", "!=", False),
            ("hold_code", "not in", ("missing_document", "insolvency", "legal_file")),
        ],
        order="date_due desc, id",
    )
    chosen = env["account.move"]
    for move in echeances.move_id:
        free = "planned" not in move.btp_relance_line_ids.mapped("state")
        if free and move.commercial_partner_id not in chosen.commercial_partner_id:
            chosen |= move
    return chosen


def _settle(dispute, outcome: str | None):
    """Give a dispute the end that the table says."""
    if outcome == "accepted":
        dispute._accept(
            None, "Le prix de l'avenant n° 1 s'applique : nous le corrigeons."
        )
    elif outcome == "rejected":
        dispute._reject(_REASONS)
    elif outcome == "cancelled":
        dispute.action_cancel()
    elif outcome == "lifted":
        dispute._propose("lifted")
