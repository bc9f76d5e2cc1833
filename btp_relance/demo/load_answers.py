# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Three answers wait on the desk: read, with what they say and what to do about it."""

from markupsafe import Markup

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
