# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Three answers wait on the desk: read, with what they say and what to do about it.

Those of the year before were read, and a person said what each of them means.
"""

from datetime import timedelta

from markupsafe import Markup

from .answers_past import ANSWERS

TEXTS = (
    (
        "Bonjour Nadia,<br/><br/>Désolé pour le retard, notre comptable était absente. Nous "
        "vous virons un acompte de 2 000 € vendredi prochain et le solde partira à la fin du "
        "mois prochain.<br/>Pouvez-vous me renvoyer votre RIB, s'il vous plaît ?<br/><br/>"
        "Bien cordialement,<br/>Le service comptabilité"
    ),
    (
        "Bonjour,<br/><br/>Votre relance est mal venue : les réserves du PV ne sont toujours "
        "pas levées et le carrelage du hall est à reprendre. Nous ne paierons pas cette "
        "facture tant que ce n'est pas fait.<br/>Par ailleurs je n'apprécie pas du tout le "
        "ton de vos messages.<br/><br/>Cordialement"
    ),
    (
        "Bonjour,<br/><br/>Notre maître d'œuvre n'a pas encore validé la dernière "
        "situation : il manque l'attachement signé. Dès réception, nous mettrons le "
        "règlement en paiement.<br/>Je ne m'occupe plus de ces dossiers : merci d'écrire "
        "désormais à compta.travaux@exemple.fr.<br/><br/>Bien cordialement,"
    ),
)


def play(env, company):
    """Let three customers have answered their last e-mail.

    :param env: the environment of the loader (superuser, in French)
    :param company: the demo company, its weeks of follow-up played
    """
    relances = env["btp.relance"].search(
        [
            ("company_id", "=", company.id),
            ("kind", "=", "reminder"),
            ("state", "=", "sent"),
            ("channel", "=", "email"),
        ],
        order="sent_on desc, amount_due desc",
    )
    groups = list(relances.grouped("partner_id").values())[: len(TEXTS)]
    for text, group in zip(TEXTS, groups, strict=False):
        relance = group[0]
        # No link to the creation context: the answer is read as any other that comes in.
        subject = f"Re: {relance.documents_label}"
        relance.message_post(
            body=Markup(f"<p>{text}</p>"),
            subject=subject,
            author_id=relance.contact_id.id,
            email_from=relance.contact_id.email_formatted,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        relance.answer_ids._note("answer", "Démonstration : aucun message réel")


def play_past(env, company, clerk):
    """Let customers have answered over the last year, each answer read by the clerk.

    What the reader understands today is kept; where it is not what was meant, the clerk's
    own reading stands beside it.

    :param env: the environment of the loader (superuser, in French)
    :param company: the demo company
    :param clerk: the user who read them
    """
    rows = [(kind, text) for kind, texts in ANSWERS.items() for text in texts]
    partners = (
        env["account.move"]
        .search([("company_id", "=", company.id), ("move_type", "=", "out_invoice")])
        .partner_id.filtered("is_company")
        .sorted("id")
    )
    today = env["btp.echeance"].with_company(company)._get_today()
    answers = env["btp.answer"].create(
        [
            {
                "company_id": company.id,
                "partner_id": partner.commercial_partner_id.id,
                "contact_id": partner.id,
                "email_from": partner.email,
                "subject": "Re: Factures échues",
                # Kinds come mixed, one every five days.
                "received_on": today - timedelta(days=30 + 5 * (rank * 11 % len(rows))),
                "text": text,
                "lang": "fr",
            }
            for rank, (_kind, text) in enumerate(rows)
            for partner in partners[rank % len(partners)]
        ]
    )
    for answer, (kind, _text) in zip(answers, rows, strict=True):
        found = answer._read_text(answer.text, answer.lang, answer._get_facts())
        answer._make_readings(found)
        _decide(answer, kind, clerk)
    answers.write({"state": "read", "read_by_id": clerk.id})


def _decide(answer, kind, clerk):
    """Let the clerk have said that an answer means this kind."""
    by_clerk = {"decided_by_id": clerk.id, "decided_on": answer.received_on}
    readings = answer.reading_ids
    right = readings.filtered(lambda reading: reading.kind == kind)
    (readings - right).write({"state": "corrected", **by_clerk})
    if kind == "none":
        readings.write({"state": "dismissed", **by_clerk})
    elif right:
        right.write({"state": "applied", **by_clerk})
    else:
        answer.reading_ids.create(
            {
                "answer_id": answer.id,
                "kind": kind,
                "source": "person",
                "state": "applied",
                "corrected_id": readings[:1].id,
                **by_clerk,
            }
        )
