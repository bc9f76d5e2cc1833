# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cases that went to a person, two months of them already judged, and who answers."""

from datetime import timedelta
from typing import NamedTuple


class Past(NamedTuple):
    """A case of the last months, as it was closed."""

    kind: str
    ago: int
    days: int
    outcome: str
    minutes: int
    reason: str
    note: str = ""
    paid: bool = False


PAST = (
    Past("broken_promise", 58, 1, "paid", 10, "Promis pour le 12, non réglé",
         "Virement reçu après l'appel", True),
    Past("broken_promise", 47, 2, "promise", 15, "Promis pour la fin du mois, non réglé",
         "Nouvelle date donnée par la comptable", True),
    Past("broken_promise", 33, 1, "nothing", 20, "Promis pour vendredi, non réglé",
         "Personne ne décroche"),
    Past("high_value", 62, 3, "plan", 45, "Plus de 10 000 € en retard depuis 60 jours",
         "Trois mensualités convenues avec le gérant", True),
    Past("high_value", 41, 4, "threshold_low", 5,
         "Plus de 10 000 € en retard depuis 60 jours", "Client public : mandat en cours"),
    Past("high_value", 36, 2, "threshold_low", 5,
         "Plus de 10 000 € en retard depuis 60 jours", "Paiement déjà programmé", True),
    Past("unusual", 29, 3, "dispute", 30,
         "Paie d'habitude à temps ; ces derniers temps, 26 jours après",
         "Réserves sur le lot 3, le conducteur passe jeudi"),
    Past("bounces", 24, 1, "promise", 10, "2 messages sont revenus",
         "Nouvelle adresse donnée par le standard", True),
    Past("complaint", 19, 1, "nothing", 25, "Trouve nos messages trop secs",
         "Excuses présentées"),
    Past("distress", 15, 2, "legal", 60, "Annonce une cessation de paiements",
         "Dossier transmis à l'avocat"),
)  # fmt: skip

#: Cases of today: customer, kind, why.
TODAY = (
    ("moulin", "distress", "« Nous n'avons plus de trésorerie jusqu'en septembre »"),
    ("acacias", "complaint", "« Votre ton est inacceptable, je préviens le syndic »"),
    ("morvan", "broken_promise", "Promis pour lundi dernier, rien n'est arrivé"),
)


def play(env, company):
    """Let cases have been opened and closed for two months, and some wait today.

    :param env: the environment of the loader (superuser, in French)
    :param company: the demo company, reminders switched on
    """
    cases = env["btp.escalation"].with_company(company)
    env["btp.escalation.rule"]._ensure_own(company)
    company.btp_review_on = cases._get_today()
    for past in PAST:
        _play_past(cases, company, past)
    for key, kind, reason in TODAY:
        partner = env.ref(f"__btp_demo__.customer_{key}")
        cases._escalate(kind, partner, partner, company, reason)
    cases._detect_high_value()
    cases._detect_unusual()
    late = cases.search(
        [("company_id", "=", company.id), ("state", "=", "open")], order="id", limit=1
    )
    late.date_deadline = cases._get_today() - timedelta(days=1)
    _play_contacts(env, company)


def _play_past(cases, company, past: Past):
    """Open a case on an amount that was paid in the 30 days after, or is still owed."""
    day = cases._get_today() - timedelta(days=past.ago)
    taken = cases.search([("company_id", "=", company.id)]).line_ids
    lines = cases.env["account.move.line"]
    if past.paid:
        partials = cases.env["account.partial.reconcile"].search(
            [
                ("company_id", "=", company.id),
                ("max_date", ">=", day),
                ("max_date", "<=", day + timedelta(days=30)),
                ("debit_move_id.account_id.account_type", "=", "asset_receivable"),
                ("debit_move_id", "not in", taken.ids),
                ("credit_move_id.move_id.move_type", "=", "entry"),
            ],
            order="amount desc, id",
            limit=1,
        )
        line = partials.debit_move_id
    else:
        line = lines.search(
            [
                ("company_id", "=", company.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("amount_residual", ">", 500),
                ("date_maturity", "<", day),
                ("parent_state", "=", "posted"),
                ("id", "not in", taken.ids),
            ],
            order="id",
            limit=1,
        )
    if not line:
        return
    rule = cases.env["btp.escalation.rule"]._for(past.kind, company)
    late = line.date_maturity or line.date
    case = cases._open(
        rule,
        [
            {
                "kind": past.kind,
                "res_model": line._name,
                "res_id": line.id,
                "partner_id": line.partner_id.commercial_partner_id.id,
                "company_id": company.id,
                "reason": past.reason,
                "line_ids": line.ids,
                "amount": line.balance if past.paid else line.amount_residual,
                "age_days": max((day - late).days, 0),
                "bounce_count": 2 if past.kind == "bounces" else 0,
                "jump_days": 26 if past.kind == "unusual" else 0,
                "opened_on": day,
            }
        ],
    )
    case.write(
        {
            "note": past.note,
            "minutes": past.minutes,
            "acted_on": day + timedelta(days=past.days),
        }
    )
    case._close(past.outcome, case.user_id)
    case.closed_on = case.acted_on


def _play_contacts(env, company):
    """At one customer's, the contact is silent and a colleague answered on the phone."""
    groups = env["btp.relance"]._read_group(
        [
            ("company_id", "=", company.id),
            ("state", "=", "sent"),
            ("channel", "=", "email"),
            ("tone", "!=", "preventive"),
            ("partner_id.is_company", "=", True),
        ],
        ["partner_id", "contact_id"],
        ["__count"],
        having=[("__count", ">=", 2)],
        limit=1,
    )
    for partner, _contact, _count in groups:
        other = env["res.partner"].create(
            {
                "name": "Mme Hélène Durand",
                "parent_id": partner.id,
                "type": "contact",
                "function": "Comptable fournisseurs",
                "email": "h.durand@" + (partner.email or "client.test").split("@")[-1],
                "phone": partner.phone,
                "lang": partner.lang,
                "btp_contact_role": "accounting",
            }
        )
        answer = env["btp.contact.answer"]._add("answered", other, company, "call")
        answer.day -= timedelta(days=12)
