# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""More layouts kept back: short papers in many words, written after the rules."""

from decimal import Decimal
from html import escape as e

from .facts import money
from .held import decided, signed_by, who
from .html import box, hand, page, signature, stamp, table


def pv_lot(f):
    """Minutes by lot, boxes after the options."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves", "refusee")
    signed = signed_by(f, fields)

    def row(name, text):
        return [
            text,
            f"<div style='text-align:center'>{box(f.rng, decision == name, 'frame')}</div>",
        ]

    body = f"""<p><b>PV DE RÉCEPTION DES TRAVAUX</b></p><p>OPÉRATION : {e(f.site)}</p><p>MAÎTRE D'OUVRAGE : {e(f.owner)}</p><p>LOT N° {f.lot} – {f.trade.upper()}</p><p>TITULAIRE : {e(f.firm)}</p><p>MARCHÉ N° {f.contract} notifié le {f.day(f.old)}</p><p>Les opérations préalables se sont déroulées le {f.day(f.visit)}. Le maître d'ouvrage prononce :</p>
    {table([row("sans_reserve", "La réception sans réserve"), row("avec_reserves", "La réception avec réserves"), row("refusee", "Le refus de la réception")], widths=("80%", "20%"))}<p>Prise d'effet : {f.day(f.effect) if decision != "refusee" else "—"}</p>"""
    if decision == "avec_reserves":
        body += "<p><u>Réserves à lever :</u></p>" + "".join(
            f"<p>• {e(r)}</p>" for r in f.reserves
        )
    body += f"<p>{f.town}, le {f.day(f.signed_on) if signed else '............'}</p><p>Visa du maître d'ouvrage</p>{signature(f.rng) if signed else ''}"
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "site", "owner", "lot", "firm", "contract"),
    )


def pv_cmi(f):
    """A house's reception by private persons."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    signed = signed_by(f, fields)
    body = f"""<h3>RÉCEPTION DE L'OUVRAGE</h3><p>Constructeur : {e(f.firm)}, SIRET {f.siret_text()}</p><p>Maîtres de l'ouvrage : {e(f.owner)}</p><p>Ouvrage : {e(f.site)}</p><p>Contrat n° {f.contract}</p><p>Les parties se sont réunies ce jour, {f.day(f.effect)}, pour procéder à la réception.</p><p>La réception a lieu : {box(f.rng, decision == "sans_reserve", "brackets")} sans réserve {box(f.rng, decision == "avec_reserves", "brackets")} avec les réserves suivantes :</p>"""
    body += (
        table([[str(n), e(r)] for n, r in enumerate(f.reserves, 1)])
        if decision == "avec_reserves"
        else ""
    )
    body += (
        f"<p>Fait en double exemplaire à {f.town}, le {f.day(f.effect) if signed else ''}</p>"
        + table(
            [
                ["Maître de l'ouvrage (lu et approuvé)", "Constructeur"],
                [
                    signature(f.rng) if signed else "&nbsp;<br>&nbsp;<br>",
                    signature(f.rng),
                ],
            ]
        )
    )
    if signed:
        fields["date_signature"] = f.effect.isoformat()
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "firm", "siret", "owner", "site", "contract"),
    )


def decision_letter(f):
    """A public buyer's decision with articles."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    signed = signed_by(f, fields)
    told = (
        "est prononcée sans réserve"
        if decision == "sans_reserve"
        else "est prononcée avec réserves"
    )
    body = f"""<p><b>{e(f.owner)}</b></p><h3>Décision de réception des travaux</h3><p>Vu le marché n° {f.contract} passé avec {e(f.firm)} pour le lot {f.lot} de l'opération « {e(f.site)} » ;<br>Vu le procès-verbal des opérations préalables du {f.day(f.visit)} ;<br>Vu la proposition de {e(f.designer)}, maître d'œuvre ;</p><p><b>DÉCIDE</b></p><p>Article 1er : La réception des travaux {told}. Elle prend effet le {f.day(f.effect)}.</p>"""
    if decision == "avec_reserves":
        body += (
            f"<p>Article 2 : Les réserves ci-après devront être levées au plus tard le {f.day(f.deadline)} :</p><ul>"
            + "".join(f"<li>{e(r)}</li>" for r in f.reserves)
            + "</ul>"
        )
    body += f"<p>Fait à {f.town}, le {f.day(f.signed_on) if signed else '.......'}</p><p>Le représentant de la collectivité</p>{signature(f.rng) if signed else ''}"
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "owner", "contract", "firm", "lot", "site", "designer"),
    )


def exe5(f):
    """The architect's proposals, which decide nothing."""
    body = f"""<p class=r>EXE5</p><h3>RÉCEPTION DES TRAVAUX – PROPOSITIONS DU MAÎTRE D'ŒUVRE</h3><p>A - Maître d'ouvrage : {e(f.owner)}</p><p>B - Titulaire : {e(f.firm)}</p><p>C - Maître d'œuvre : {e(f.designer)}</p><p>D - Objet : {e(f.site)}, marché n° {f.contract}</p><p>Au vu des opérations préalables du {f.day(f.visit)}, le maître d'œuvre propose de prononcer la réception : {box(f.rng, True, "letter")} sans réserve {box(f.rng, False, "letter")} avec réserves</p><p>A {f.town}, le {f.day(f.signed_on)}</p><p>Le maître d'œuvre</p>{signature(f.rng)}"""
    return (
        page(f, body),
        "pv_opr",
        {
            "date_document": f.visit.isoformat(),
            "date_signature": f.signed_on.isoformat(),
            "signed": True,
            "reserves": False,
        }
        | who(f, "owner", "firm", "designer", "site", "contract"),
    )


def lifting_mail(f):
    """A lifting by the owner in a table with dates."""
    done = [True] * len(f.reserves)
    done[-1] = f.rng.random() < 0.5
    whole = all(done)
    fields = {
        "decision": "levee_totale" if whole else "levee_partielle",
        "reserves": not whole,
        "date_levee": f.issued.isoformat(),
        "date_reception": f.effect.isoformat(),
    }
    signed = signed_by(f, fields)
    body = f"""<h3>CONSTAT DE LEVÉE DE RÉSERVES</h3><p>Programme : {e(f.site)}<br>Marché : {f.contract}<br>MOA : {e(f.owner)}<br>Entreprise : {e(f.firm)}<br>Date de réception : {f.day(f.effect)}<br>Date du constat : {f.day(f.issued)}</p>{table([[e(r), "Oui" if d else "Non"] for r, d in zip(f.reserves, done, strict=True)], head=["Réserve", "Levée"], widths=("80%", "20%"))}<p>{"Toutes les réserves sont levées." if whole else "Reste à lever : 1 réserve."}</p><p>Pour le maître d'ouvrage{", le " + f.day(f.issued) if signed else ""}</p>{signature(f.rng) if signed else ""}"""
    if not whole:
        fields["reserves_list"] = [f.reserves[-1]]
    if signed:
        fields["date_signature"] = f.issued.isoformat()
    return (
        page(f, body),
        "pv_levee_reserves",
        fields | who(f, "site", "contract", "owner", "firm"),
    )


def order_simple(f):
    """A small firm's order in a few lines."""
    rows, ht = f.lines(3)
    tva = (ht * Decimal("0.2")).quantize(Decimal("0.01"))
    fields = {
        "date_document": f.effect.isoformat(),
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ht + tva:.2f}",
    }
    signed = signed_by(f, fields, 0.6)
    body = f"""<p style='font-size:14pt'><b>{e(f.owner)}</b></p><p>Notre commande n° {f.order} du {f.day(f.effect)}</p><p>à {e(f.firm)} – SIRET {f.siret_text()}</p><p>Pour le chantier : {e(f.site)}</p>{"".join(f"<p>{q} x {e(n)} à {money(p)} = {money(t)}</p>" for n, q, p, t in rows)}<p>Soit HT {money(ht)}, TVA 20 % {money(tva)}, TTC {money(ht + tva)}</p><p>Bon pour accord</p>{signature(f.rng) if signed else ""}"""
    return (
        page(f, body),
        "bon_commande",
        fields | who(f, "owner", "order", "firm", "siret", "site"),
    )


def os_stop(f):
    """A service order in capital labels."""
    fields = {
        "ref_os": f.number,
        "date_effet": f.effect.isoformat(),
        "date_document": f.visit.isoformat(),
    }
    signed = signed_by(f, fields)
    body = f"""<table class=plain><tr><td>{e(f.designer)}</td><td class=r>OS N° {f.number}<br>du {f.day(f.visit)}</td></tr></table><h3>ORDRE DE SERVICE DE DÉMARRAGE DES TRAVAUX</h3>{table([["OPERATION", e(f.site)], ["MAITRE D'OUVRAGE", e(f.owner)], ["MAITRE D'ŒUVRE", e(f.designer)], ["ENTREPRISE", e(f.firm)], ["MARCHE N°", f.contract], ["LOT", f.lot]], widths=("30%", "70%"))}<p>L'entreprise est invitée à démarrer les travaux le {f.day(f.effect)}.</p><p>Pour le maître d'œuvre,</p>{signature(f.rng) if signed else ""}"""
    return (
        page(f, body),
        "ordre_service",
        fields | who(f, "designer", "site", "owner", "firm", "contract", "lot"),
    )


def situation_short(f):
    """A demand for payment on account."""
    ht, tva, ttc = f.amounts()
    fields = {
        "ref_situation": f.number,
        "periode": f"{f.effect:%Y-%m}",
        "date_document": f.issued.isoformat(),
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ttc:.2f}",
    }
    signed = signed_by(f, fields)
    body = f"""<p><b>{e(f.firm)}</b> – SIRET {f.siret_text()}</p><h3>Décompte mensuel n° {f.number}</h3><p>Établi le {f.day(f.issued)}</p><p>Mois : {f.effect:%m/%Y}</p><p>Maître d'ouvrage : {e(f.owner)} – Opération : {e(f.site)}</p><p>Référence du marché : {f.contract}</p>{table([["Montant du marché HT", money(ht * 8)], ["Cumul précédent HT", money(ht * 2)], ["Montant du mois HT", money(ht)], ["TVA 20 %", money(tva)], ["Montant du mois TTC", money(ttc)]], widths=("70%", "30%"))}<p>Vérifié par {e(f.designer)}, maître d'œuvre{", le " + f.day(f.signed_on) if signed else ""}</p>{signature(f.rng) if signed else ""}"""
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    return (
        page(f, body),
        "situation",
        fields | who(f, "firm", "siret", "owner", "site", "contract", "designer"),
    )


def doe_receipt(f):
    """A receipt of the final file."""
    names = f.rng.sample(
        [
            "Plans de récolement",
            "Fiches techniques",
            "Notices de maintenance",
            "PV d'essais COPREC",
            "Schémas électriques",
            "Consuel",
            "Garanties",
        ],
        f.rng.randrange(3, 6),
    )
    fields = {"date_document": f.issued.isoformat(), "nb_documents": len(names)}
    signed = signed_by(f, fields, 0.6)
    body = f"""<h3>DOE – RÉCÉPISSÉ DE DÉPÔT</h3><p>Affaire : {e(f.site)} (marché {f.contract}, lot n° {f.lot})</p><p>Déposé par : {e(f.firm)}</p><p>Remis à : {e(f.owner)}</p><p>Date : {f.day(f.issued)}</p><p>Pièces remises :</p>{table([[e(n), "PDF"] for n in names], head=["Pièce", "Format"], widths=("80%", "20%"))}<p>Nombre de pièces : {len(names)}</p><p>Pour réception, le {f.day(f.due) if signed else "........."}</p>{signature(f.rng) if signed else ""}"""
    if signed:
        fields["date_signature"] = f.due.isoformat()
    return (
        page(f, body),
        "doe_bordereau",
        fields | who(f, "site", "contract", "lot", "firm", "owner"),
    )


def invoice_right(f):
    """An invoice with its data at the right and a footer."""
    rows, ht = f.lines()
    tva = (ht * Decimal("0.2")).quantize(Decimal("0.01"))
    body = f"""<div style='text-align:right'><b>FACTURE N° {f.invoice}</b><br>Émise le {f.day(f.issued)}<br>Réf. commande : {f.order}<br>Règlement au {f.day(f.due)}</div><p><b>{e(f.firm)}</b><br>{f.street}<br>{f.post} {f.town}</p><p>À l'attention de :<br>{e(f.owner)}</p><p>Travaux réalisés : {e(f.site)}</p>{table([[e(n), str(q), money(p, ""), money(t, "")] for n, q, p, t in rows], head=["Libellé", "Quantité", "Prix HT", "Total HT"])}<p class=r>MONTANT HT {money(ht)}<br>MONTANT TVA (20%) {money(tva)}<br>MONTANT TTC {money(ht + tva)}</p><p style='font-size:7pt;text-align:center'>{e(f.firm)} – Siret {f.siret} – APE 4322A</p>"""
    fields = {
        "ref_facture": f.invoice,
        "date_document": f.issued.isoformat(),
        "date_echeance": f.due.isoformat(),
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ht + tva:.2f}",
    }
    return (
        page(f, body),
        "facture",
        fields | who(f, "firm", "siret", "owner", "site", "order"),
    )


def certificate_short(f):
    """A certificate in sentences."""
    ht, tva, ttc = f.amounts()
    fields = {
        "ref_situation": f.number,
        "date_document": f.issued.isoformat(),
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ttc:.2f}",
    }
    signed = signed_by(f, fields)
    body = f"""<p><b>{e(f.designer)}</b>, architecte</p><h3>CERTIFICAT DE PAIEMENT</h3><p>Situation n° {f.number}</p><p>Chantier : {e(f.site)}</p><p>Client : {e(f.owner)}</p><p>Nous certifions que l'entreprise {e(f.firm)} (marché {f.contract}) peut recevoir la somme suivante :</p><p>Montant HT : {money(ht)}<br>TVA : {money(tva)}<br>Montant TTC à régler : {money(ttc)}</p><p>Le {f.day(f.issued)}, l'architecte</p>{signature(f.rng) if signed else ""}{stamp(f.rng, f.designer)}"""
    if signed:
        fields["date_signature"] = f.issued.isoformat()
    return (
        page(f, body),
        "certificat_paiement",
        fields | who(f, "designer", "site", "owner", "firm", "contract"),
    )


def hand_pv(f):
    """A form of few words, all by hand."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    signed = signed_by(f, fields, 0.8)
    body = f"""<h3 style='text-align:center'>Bon de réception de travaux</h3><p>Artisan : {e(f.firm)} – {f.siret_text()}</p><p>Client : {e(f.owner)}</p><p>Lieu : {e(f.site)}</p><p>Travaux reçus le {hand(f.day(f.effect))}</p><p>{box(f.rng, decision == "sans_reserve", "frame")} sans réserve &nbsp;&nbsp;&nbsp; {box(f.rng, decision == "avec_reserves", "frame")} avec réserves :</p>"""
    body += (
        "".join(f"<p>{hand('- ' + r)}</p>" for r in f.reserves)
        if decision == "avec_reserves"
        else ""
    )
    body += f"<p>Le client, date et signature : {hand(f.day(f.signed_on)) if signed else ''}</p>{signature(f.rng) if signed else ''}"
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "firm", "siret", "owner", "site"),
    )


def amendment_trap(f):
    """An amendment to a contract."""
    ht = f.amounts()[0]
    body = f"<h3>AVENANT N° {f.number} AU MARCHÉ {f.contract}</h3><p>Entre {e(f.owner)} et {e(f.firm)}. Le montant du marché est porté à {money(ht)} HT. Le délai court jusqu'à la réception prononcée sans réserve.</p><p>Fait à {f.town}, le {f.day(f.effect)}</p>{signature(f.rng)}"
    return page(f, body), "autre", {}


def reminder_trap(f):
    """A reminder of an unpaid invoice."""
    body = f"<p>{e(f.firm)}</p><p>{f.town}, le {f.day(f.due)}</p><p>Objet : relance facture {f.invoice}</p><p>Sauf erreur, notre facture n° {f.invoice} du {f.day(f.issued)} d'un montant de {money(f.amounts()[2])} TTC reste impayée. Le bon de commande {f.order} et le PV de réception vous ont été transmis.</p>"
    return page(f, body), "autre", {}


def test_trap(f):
    """Minutes of tests."""
    body = f"<h3>PROCÈS-VERBAL D'ESSAIS</h3><p>Installation : {e(f.site)}</p><p>Entreprise : {e(f.firm)}</p><p>Essais réalisés le {f.day(f.effect)} : conformes, sans réserve. Ces essais précèdent la réception.</p>{signature(f.rng)}"
    return page(f, body), "autre", {}


FAMILIES = {
    "pv_lot": pv_lot,
    "pv_cmi": pv_cmi,
    "decision_letter": decision_letter,
    "exe5": exe5,
    "lifting_mail": lifting_mail,
    "order_simple": order_simple,
    "os_stop": os_stop,
    "situation_short": situation_short,
    "doe_receipt": doe_receipt,
    "invoice_right": invoice_right,
    "certificate_short": certificate_short,
    "hand_pv": hand_pv,
    "amendment_trap": amendment_trap,
    "reminder_trap": reminder_trap,
    "test_trap": test_trap,
}
