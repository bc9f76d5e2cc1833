# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A fifth set kept back: the State's long forms, standard forms of the trade, invoices with discounts."""

from decimal import Decimal
from html import escape as e

from .facts import MONTHS, money
from .fourth import amounts
from .held import decided, who
from .html import box, hand, page, signature, stamp, table
from .names import PAPERS
from .third import sign

CENT = Decimal("0.01")


def state_head(f, code, title):
    """The head of a form of the State."""
    return f"""<table class=plain><tr><td style='width:75%'><b>DIRECTION DES AFFAIRES JURIDIQUES</b><br>MARCHÉS PUBLICS</td><td class=r><b>{code}</b></td></tr></table><p class=c><b>{title}</b></p>
    <p><b>A - Identification de l'acheteur.</b></p><p>{e(f.owner)}</p><p><b>B - Identification du titulaire du marché public.</b></p><p>{e(f.firm)}<br>{f.street}, {f.post} {f.town}<br>N° SIRET : {f.siret_text()}</p><p><b>C - Objet du marché public.</b></p><p>■ Objet : {e(f.site)}<br>■ Référence du marché : {f.contract} &nbsp; Lot n° {f.lot}</p><p><b>D - Identification du maître d'œuvre.</b></p><p>{e(f.designer)}</p>"""


STATE = ("owner", "firm", "siret", "site", "contract", "lot", "designer")


def exe5_long(f):
    """The designer's proposals on the State's form."""
    bad = f.rng.random() < 0.5
    fields = {"date_document": f.visit.isoformat(), "reserves": bad}
    if bad:
        fields["reserves_list"] = list(f.reserves)
    _signed, when, strokes = sign(f, fields, f.signed_on, 0.8)
    body = f"""{state_head(f, "EXE5", "RÉCEPTION DES TRAVAUX<br>PROPOSITIONS DU MAÎTRE D'ŒUVRE AU MAÎTRE DE L'OUVRAGE")}<p><b>E - Propositions.</b></p><p>Au vu du procès-verbal des opérations préalables à la réception établi le {f.day(f.visit)}, le maître d'œuvre propose au maître de l'ouvrage :</p><p>{box(f.rng, not bad, "letter")} de prononcer la réception sans réserve ;</p><p>{box(f.rng, bad, "letter")} de prononcer la réception avec réserves, le titulaire devant remédier aux imperfections suivantes :</p>{"<ul>" + "".join(f"<li>{e(r)}</li>" for r in f.reserves) + "</ul>" if bad else ""}<p>{box(f.rng, False, "letter")} de ne pas prononcer la réception.</p><p>À {f.town}, le {when}</p><p>Le maître d'œuvre</p>{strokes}"""
    return page(f, body, size=9.5, margin="14mm"), "pv_opr", fields | who(f, *STATE)


def exe9_long(f):
    """The owner's decision on the reserves."""
    whole = f.rng.random() < 0.5
    fields = {
        "decision": "levee_totale" if whole else "levee_partielle",
        "reserves": not whole,
        "date_reception": f.effect.isoformat(),
        "date_levee": f.issued.isoformat(),
    }
    if not whole:
        fields["reserves_list"] = f.reserves[:1]
    _signed, when, strokes = sign(f, fields, f.issued, 0.8)
    body = f"""{state_head(f, "EXE9", "RÉCEPTION DES TRAVAUX<br>DÉCISION DE LEVÉE DES RÉSERVES")}<p><b>E - Décision du maître de l'ouvrage.</b></p><p>Au vu du procès-verbal de levée des réserves établi par le maître d'œuvre et compte tenu de la réception prononcée avec effet au {f.day(f.effect)} :</p><p>{box(f.rng, whole, "letter")} les réserves sont levées en totalité ;</p><p>{box(f.rng, not whole, "letter")} les réserves sont levées à l'exception de :</p>{"<p>- " + e(f.reserves[0]) + "</p>" if not whole else ""}<p>{box(f.rng, False, "letter")} les réserves ne sont pas levées.</p><p>La présente décision prend effet à la date du {f.day(f.issued)}.</p><p>À {f.town}, le {when}</p><p>Le représentant du maître de l'ouvrage</p>{strokes}"""
    return (
        page(f, body, size=9.5, margin="14mm"),
        "pv_levee_reserves",
        fields | who(f, *STATE),
    )


def nf_form(f):
    """The trade's standard form for private works, with fields on dotted lines."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves", "refusee")
    _signed, when, strokes = sign(f, fields, f.signed_on)
    style = f.rng.choice(["frame", "letter"])

    def dots(text):
        return f"<span style='border-bottom:0.8pt dotted #333'>{text}</span>"

    body = f"""<h3 class=c>PROCÈS-VERBAL DE RÉCEPTION DES TRAVAUX<br><small>(article 1792-6 du Code civil – norme NF P 03-001)</small></h3><p>Je soussigné(e) {dots(e(f.owner))}, maître de l'ouvrage,</p><p>après avoir procédé à la visite des travaux exécutés par l'entreprise {dots(e(f.firm))}</p><p>au titre du marché n° {dots(f.contract)} relatif à {dots(e(f.site))}</p><p>en présence de l'entreprise dûment convoquée,</p><p><b>déclare que</b> (cocher la case correspondante) :</p>
    <p>{box(f.rng, decision == "sans_reserve", style)} La réception est prononcée sans réserve avec effet à la date du {dots(f.day(f.effect) if decision == "sans_reserve" else "................")}</p><p>{box(f.rng, decision == "avec_reserves", style)} La réception est prononcée avec effet à la date du {dots(f.day(f.effect) if decision == "avec_reserves" else "................")} assortie des réserves mentionnées dans l'état joint</p><p>{box(f.rng, decision == "refusee", style)} La réception est refusée – différée – pour les motifs suivants : {dots("ouvrage inachevé" if decision == "refusee" else "................")}</p>"""
    if decision == "avec_reserves":
        body += f"<p><b>ÉTAT DES RÉSERVES</b></p>{table([[str(n), e(r), f.day(f.deadline)] for n, r in enumerate(f.reserves, 1)], head=['N°', 'Nature des réserves', 'Délai'], widths=('8%', '67%', '25%'))}"
    body += f"<p>Fait à {dots(f.town)} le {dots(when)} en 2 exemplaires</p>{table([['Signature du maître de l’ouvrage', 'Signature de l’entrepreneur'], [strokes or '<br><br>', signature(f.rng)]])}"
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "owner", "firm", "contract", "site"),
    )


def pv_lots(f):
    """A reception in a landscape table, one row for the lot."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    _signed, when, strokes = sign(f, fields, f.signed_on, 0.8)
    bad = decision == "avec_reserves"
    body = f"""<h3>PV de réception – {e(f.site)}</h3><p>Maître d'ouvrage : {e(f.owner)} &nbsp;&nbsp; Maître d'œuvre : {e(f.designer)}</p>{table([[f.lot, f.trade, e(f.firm), f.contract, f.day(f.effect), "avec réserves" if bad else "sans réserve"]], head=["Lot", "Désignation", "Entreprise", "Marché", "Date de réception", "Réception"])}"""
    if bad:
        body += (
            "<p>Réserves :</p><ol>"
            + "".join(f"<li>{e(r)}</li>" for r in f.reserves)
            + "</ol>"
        )
    body += f"<p>Le maître d'ouvrage, {f.town} le {when}</p>{strokes}"
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "site", "owner", "designer", "lot", "firm", "contract"),
    )


def pv_mail(f):
    """A craftsman's form filled in by hand."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    _signed, when, strokes = sign(f, fields, f.effect, 0.85)
    style = "frame"
    body = f"""<h2>{e(f.firm)}</h2><p>{f.street} {f.post} {f.town} – SIRET {f.siret_text()}</p><h3 class=c>ATTESTATION DE FIN DE TRAVAUX ET DE RÉCEPTION</h3><p>Nom du client : {hand(f.owner)}</p><p>Adresse des travaux : {hand(f.site)}</p><p>Devis / commande n° : {hand(f.order)}</p><p>Travaux reçus le : {hand(f.day(f.effect, "/"))}</p><p>{box(f.rng, decision == "sans_reserve", style)} sans réserve &nbsp;&nbsp;&nbsp; {box(f.rng, decision == "avec_reserves", style)} avec réserve(s) :</p>{"".join(f"<p>{hand('- ' + r)}</p>" for r in f.reserves) if decision == "avec_reserves" else ""}<p>Le client (date et signature) : {hand(f.day(f.effect, "/")) if strokes else ""}</p>{strokes}"""
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "firm", "siret", "owner", "site", "order"),
    )


def order_market(f):
    """A public order under a framework contract."""
    ht, tva, ttc, fields = amounts(f)
    fields |= {"date_document": f.issued.isoformat()}
    _signed, _when, strokes = sign(f, fields, f.issued, 0.6)
    fields.pop("date_signature", None)
    body = f"""<p class=c><b>{e(f.owner)}</b></p><p class=c>BON DE COMMANDE N° {f.order}</p><p class=c><small>Accord-cadre n° {f.contract} – {f.trade}</small></p>{table([["Titulaire", e(f.firm)], ["SIRET", f.siret_text()], ["Site d'intervention", e(f.site)], ["Date du bon", f.day(f.issued)], ["Délai d'exécution", "30 jours"]], widths=("30%", "70%"))}{table([["Prestations selon bordereau des prix", money(ht, "")], ["TOTAL H.T.", money(ht, "")], ["T.V.A. 20 %", money(tva, "")], ["TOTAL T.T.C.", money(ttc, "")]], head=["Désignation", "Montant en €"], widths=("70%", "30%"))}<p>Pour le pouvoir adjudicateur, le chef du service bâtiments</p>{strokes}"""
    return (
        page(f, body),
        "bon_commande",
        fields | who(f, "owner", "order", "contract", "firm", "siret", "site"),
    )


def os_exe1_long(f):
    """The State's service order."""
    fields = {
        "ref_os": f.number,
        "date_document": f.issued.isoformat(),
        "date_effet": f.deadline.isoformat(),
    }
    signed, _when, strokes = sign(f, fields, f.issued, 0.8)
    fields.pop("date_signature", None)
    body = f"""{state_head(f, "EXE1T", "ORDRE DE SERVICE N° " + f.number)}<p><b>E - Objet de l'ordre de service.</b></p><p>Le titulaire est invité à commencer l'exécution des travaux à compter du {f.day(f.deadline)}.</p><p><b>F - Date d'émission :</b> {f.day(f.issued)}</p><p>Le maître d'œuvre</p>{strokes or "<br><br>"}<p><b>G - Notification de l'ordre de service au titulaire.</b></p><p>Le titulaire reconnaît avoir reçu le présent ordre de service. À ............, le ............</p>"""
    return (
        page(f, body, size=9.5, margin="14mm"),
        "ordre_service",
        fields | who(f, *STATE),
    )


def situation_wide(f):
    """A situation with the contract, what was done before, this month and in sum, in columns."""
    ht, tva, ttc, fields = amounts(f)
    before = Decimal(f.rng.randrange(500_000, 9_000_000)) / 100
    extra = (ht / 3).quantize(CENT)
    month = f.issued.month
    fields |= {
        "ref_situation": f.number,
        "periode": f"2026-{month:02d}",
        "date_document": f.issued.isoformat(),
    }
    _signed, when, strokes = sign(f, fields, f.signed_on, 0.6)
    rows = [
        [
            "Travaux de base",
            money(before * 2, ""),
            money(before, ""),
            money(ht - extra, ""),
            money(before + ht - extra, ""),
        ],
        [
            "Travaux supplémentaires",
            money(extra, ""),
            "0,00",
            money(extra, ""),
            money(extra, ""),
        ],
        [
            "<b>Total HT</b>",
            money(before * 2 + extra, ""),
            money(before, ""),
            money(ht, ""),
            money(before + ht, ""),
        ],
    ]
    body = f"""<table class=plain><tr><td><b>{e(f.firm)}</b><br>{f.street}<br>{f.post} {f.town}<br>SIRET {f.siret_text()}</td><td><b>{e(f.owner)}</b><br>{f.street}<br>{f.post} {f.town}</td></tr></table><p class=c><b>ÉTAT D'AVANCEMENT – SITUATION MENSUELLE N° {f.number}</b><br>Travaux exécutés en {MONTHS[month - 1]} 2026</p><p>{f.town}, le {f.day(f.issued)}</p><p>Opération : {e(f.site)} – marché n° {f.contract} – lot {f.lot}</p>{table(rows, head=["Désignation", "Montant marché", "Antérieur", "Du mois", "Cumul"])}{table([["Montant HT du mois", money(ht)], ["TVA 20 %", money(tva)], ["Montant TTC du mois", money(ttc)]], widths=("70%", "30%"))}<p>Vu et vérifié, le maître d'œuvre {e(f.designer)}, le {when}</p>{strokes}"""
    return (
        page(f, body, size=9.5),
        "situation",
        fields
        | who(f, "firm", "siret", "owner", "site", "contract", "lot", "designer"),
    )


def certificate_advance(f):
    """A certificate with a revision of prices, an advance paid back and a retention."""
    ht, tva, ttc, fields = amounts(f)
    fields |= {"ref_situation": f.number, "date_document": f.issued.isoformat()}
    _signed, when, strokes = sign(f, fields, f.issued, 0.7)
    back = (ttc / 10).quantize(CENT)
    keep = (ttc / 20).quantize(CENT)
    body = f"""<h3>PROPOSITION DE PAIEMENT – CERTIFICAT N° {f.number}</h3>{table([["MOA", e(f.owner), "MOE", e(f.designer)], ["Entreprise", e(f.firm), "SIRET", f.siret_text()], ["Opération", e(f.site), "Marché", f.contract]], widths=("13%", "42%", "10%", "35%"))}<p>Établi le {f.day(f.issued)}</p>{table([["Montant du présent certificat HT", money(ht)], ["TVA 20 %", money(tva)], ["Montant du présent certificat TTC", money(ttc)], ["Remboursement de l'avance", "-" + money(back)], ["Retenue de garantie", "-" + money(keep)], ["NET À MANDATER", money(ttc - back - keep)]], widths=("70%", "30%"))}<p>Vu bon à payer, le {when}</p>{strokes}{stamp(f.rng, f.designer) if strokes else ""}"""
    return (
        page(f, body),
        "certificat_paiement",
        fields | who(f, "owner", "designer", "firm", "siret", "site", "contract"),
    )


def doe_numbered(f):
    """A slip of documents in two groups."""
    papers = f.rng.sample(PAPERS, f.rng.randrange(4, 8))
    fields = {"date_document": f.issued.isoformat(), "nb_documents": len(papers)}
    _signed, when, strokes = sign(f, fields, f.later(f.issued, 1), 0.6)
    rows = [[str(n), e(p), "1"] for n, p in enumerate(papers, 1)]
    body = f"""<h2>Dossier des Ouvrages Exécutés</h2><h3>Bordereau d'accompagnement</h3><p>Émetteur : {e(f.firm)}<br>Destinataire : {e(f.designer)}<br>Maître d'ouvrage : {e(f.owner)}<br>Chantier : {e(f.site)}<br>Marché : {f.contract}<br>Date : {f.day(f.issued)}</p>{table(rows, head=["N°", "Document", "Nb ex."], widths=("10%", "75%", "15%"))}<p>Pour réception, nom et signature : {strokes}</p><p>Date : {when}</p>"""
    return (
        page(f, body),
        "doe_bordereau",
        fields | who(f, "firm", "designer", "owner", "site", "contract"),
    )


def invoice_discount(f):
    """A merchant's invoice with a discount and carriage."""
    rows, gross = f.goods()
    off = (gross * Decimal("0.05")).quantize(CENT)
    ht = gross - off + Decimal("35.00")
    tva = (ht * Decimal("0.2")).quantize(CENT)
    fields = {
        "ref_facture": f.invoice,
        "date_document": f.issued.isoformat(),
        "date_echeance": f.due.isoformat(),
        "montant_ht": str(ht),
        "montant_tva": str(tva),
        "montant_ttc": str(ht + tva),
    }
    body = f"""<table class=plain><tr><td><h2>{e(f.firm)}</h2>Matériaux – Outillage<br>{f.street}<br>{f.post} {f.town}<br>Tél. 05 00 00 00 00</td><td class=r>Adresse de facturation<br><b>{e(f.owner)}</b><br>{f.post} {f.town}</td></tr></table>{table([["FACTURE", f.invoice], ["Date", f.day(f.issued)], ["Date d'échéance", f.day(f.due)], ["Réf. commande", f.order], ["Chantier", e(f.site)]], widths=("25%", "75%"))}{table([[e(n), str(q), money(p, ""), money(t, "")] for n, q, p, t in rows], head=["Désignation", "Qté", "P.U.", "Montant"])}{table([["Total brut HT", money(gross)], ["Remise 5 %", "-" + money(off)], ["Port", money(Decimal("35.00"))], ["Total net HT", money(ht)], ["TVA 20 %", money(tva)], ["Total TTC", money(ht + tva)]], widths=("70%", "30%"))}<p style='font-size:7.5pt'>{e(f.firm)} – Siret {f.siret_text()} – TVA intracommunautaire FR00{f.siret[:9]}</p>"""
    return (
        page(f, body),
        "facture",
        fields | who(f, "firm", "siret", "owner", "order", "site"),
    )


def invoice_deposit(f):
    """A deposit on order."""
    ht, tva, ttc, fields = amounts(f)
    fields |= {"ref_facture": f.invoice, "date_document": f.issued.isoformat()}
    body = f"""<p><b>{e(f.firm)}</b><br>{f.street}<br>{f.post} {f.town}<br>SIRET : {f.siret_text()}</p><p class=r>{e(f.owner)}<br>{f.street}<br>{f.post} {f.town}</p><h3>Facture d'acompte {f.invoice} – {f.day(f.issued)}</h3><p>Commande {f.order} – {e(f.site)}</p><p>Acompte de 30 % sur un montant de commande de {money(ht * 10 / 3)} HT</p>{table([["Acompte HT", money(ht)], ["TVA 20 %", money(tva)], ["Total TTC à régler", money(ttc)]], widths=("70%", "30%"))}"""
    return (
        page(f, body),
        "facture",
        fields | who(f, "firm", "siret", "owner", "order", "site"),
    )


def planning(f):
    """A plan of works that names everything."""
    body = f"""<h3>Planning prévisionnel des opérations de réception</h3><p>{e(f.site)} – {e(f.designer)}</p>{table([["OPR", f.day(f.visit)], ["Réception", f.day(f.effect)], ["Levée des réserves", f.day(f.deadline)], ["Remise DOE", f.day(f.issued)]], head=["Étape", "Date prévue"])}"""
    return page(f, body), "autre", {}


def complaint(f):
    """An owner complains that reserves are not lifted."""
    body = f"""<p>{e(f.owner)}<br>{f.street}<br>{f.post} {f.town}</p><p class=r>{e(f.firm)}</p><p>{f.town}, le {f.day(f.issued)}</p><p>Objet : réserves non levées – mise en demeure</p><p>Messieurs, la réception de vos travaux a été prononcée avec réserves le {f.day(f.effect)}. À ce jour, les réserves suivantes n'ont pas été levées :</p><ul>{"".join(f"<li>{e(r)}</li>" for r in f.reserves)}</ul><p>Nous vous mettons en demeure d'y procéder sous quinze jours.</p>{signature(f.rng)}"""
    return page(f, body), "autre", {}


FAMILIES = {
    maker.__name__: maker
    for maker in (
        exe5_long,
        exe9_long,
        nf_form,
        pv_lots,
        pv_mail,
        order_market,
        os_exe1_long,
        situation_wide,
        certificate_advance,
        doe_numbered,
        invoice_discount,
        invoice_deposit,
        planning,
        complaint,
    )
}
