# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A fourth set kept back: short papers and long ones of yet other hands."""

from decimal import Decimal
from html import escape as e

from .facts import MONTHS, money
from .held import decided, who
from .html import box, hand, page, signature, stamp, table
from .names import PAPERS
from .third import sign


def amounts(f, rate="20"):
    """Amounts and the fields that they fill."""
    ht, tva, ttc = f.amounts(rate)
    return (
        ht,
        tva,
        ttc,
        {"montant_ht": str(ht), "montant_tva": str(tva), "montant_ttc": str(ttc)},
    )


def pv_yes_no(f):
    """Questions answered by yes or no."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    _signed, when, strokes = sign(f, fields, f.signed_on)
    bad = decision == "avec_reserves"
    style = f.rng.choice(["frame", "letter"])

    def answer(yes):
        return f"{box(f.rng, yes, style)} oui &nbsp; {box(f.rng, not yes, style)} non"

    body = f"""<h3 class=c style='border:1pt solid;padding:4pt'>FICHE DE RÉCEPTION DE CHANTIER</h3>{table([["Client", e(f.owner), "N° affaire", f.contract], ["Lieu des travaux", e(f.site), "Lot", f.lot], ["Réalisés par", e(f.firm), "SIRET", f.siret_text()]])}
    <p>Travaux terminés et nettoyés : {answer(True)}</p><p>Réception prononcée avec réserves : {answer(bad)}</p><p>Date de la réception : {f.day(f.effect)}</p>"""
    if bad:
        body += "<p>Détail des réserves :</p>" + "".join(
            f"<p>– {e(r)}</p>" for r in f.reserves
        )
    body += f"<p>Signature du client, le {when} :</p>{strokes or '<br><br>'}"
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "owner", "site", "lot", "firm", "siret", "contract"),
    )


def pv_struck_line(f):
    """Options in one sentence, the wrong ones struck through, dates by hand."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    _signed, when, strokes = sign(f, fields, f.signed_on, 0.8)

    def option(name, text):
        return text if decision == name else f"<s>{text}</s>"

    body = f"""<p class=r>{e(f.firm)}<br>{f.street}, {f.post} {f.town}</p><h3>Procès verbal de réception des travaux</h3><p>Maître d'ouvrage : {e(f.owner)}<br>Adresse du chantier : {e(f.site)}<br>Commande n° {f.order}</p><p>Je soussigné, maître de l'ouvrage, après avoir visité les travaux, déclare les recevoir {option("sans_reserve", "sans réserve")} / {option("avec_reserves", "avec réserves")} * à effet du {hand(f.day(f.effect, "/"))}</p>"""
    if decision == "avec_reserves":
        body += "<p>Nature des réserves :</p>" + "".join(
            f"<p>{hand('- ' + r)}</p>" for r in f.reserves
        )
    body += f"<p><small>* rayer la mention inutile</small></p><p>Fait à {f.town} le {hand(when) if strokes else when}</p>{table([['Le maître d’ouvrage', 'L’entreprise'], [strokes or '<br><br>', signature(f.rng) + stamp(f.rng, f.firm)]])}"
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "firm", "owner", "site", "order"),
    )


def pv_refused(f):
    """A refusal in a letter."""
    fields = {"decision": "refusee"}
    _signed, _when, strokes = sign(f, fields, f.signed_on, 0.9)
    fields.pop("date_signature", None)
    if strokes:
        fields["date_signature"] = f.signed_on.isoformat()
    body = f"""<p><b>{e(f.owner)}</b></p><p class=c><b>DÉCISION DE REFUS DE RÉCEPTION</b></p><p>Marché : {f.contract} – Lot {f.lot}<br>Opération : {e(f.site)}<br>Entreprise : {e(f.firm)}</p><p>Considérant que les ouvrages ne sont pas achevés et que des malfaçons graves ont été constatées lors de la visite du {f.day(f.visit)}, le maître de l'ouvrage refuse de prononcer la réception.</p><p>Une nouvelle date sera fixée avec le maître d'œuvre, {e(f.designer)}.</p><p>{f.town}, le {f.day(f.signed_on) if strokes else "..........."}</p>{strokes}"""
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "owner", "contract", "lot", "site", "firm", "designer"),
    )


def pv_partial(f):
    """A reception on a form with numbered sections and a block of lifting left empty."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    _signed, when, strokes = sign(f, fields, f.signed_on, 0.8)
    body = f"""<table><tr><td style='width:65%'><b>{e(f.designer)}</b></td><td>PV n° {f.number}<br>Page 1/1</td></tr></table><h3>PROCÈS-VERBAL DE RÉCEPTION</h3><p><b>1. Désignation</b></p><p>Opération : {e(f.site)}<br>Maître d'ouvrage : {e(f.owner)}<br>Entreprise : {e(f.firm)} (lot {f.lot} {f.trade})<br>Réf. marché : {f.contract}</p><p><b>2. Constat</b></p><p>Visite effectuée le {f.day(f.visit)} en présence des parties.</p><p><b>3. Décision du maître d'ouvrage</b></p><p>Réception {box(f.rng, decision == "sans_reserve", "frame")} sans réserves {box(f.rng, decision == "avec_reserves", "frame")} avec réserves – date d'effet : {f.day(f.effect)}</p><p><b>4. Réserves</b></p>{"".join(f"<p>{n}) {e(r)}</p>" for n, r in enumerate(f.reserves, 1)) if decision == "avec_reserves" else "<p>Néant</p>"}
    <p>Le {when}</p>{table([["Maître d'ouvrage", "Maître d'œuvre", "Entreprise"], [strokes or "<br><br>", signature(f.rng), signature(f.rng)]])}<p><b>5. Levée des réserves</b> (à compléter ultérieurement)</p><p>Les réserves ont été levées le ........................ Signature :</p>"""
    return (
        page(f, body, size=10),
        "pv_reception",
        fields | who(f, "designer", "site", "owner", "firm", "lot", "contract"),
    )


def exe8_minutes(f):
    """A designer's minutes that the reserves were seen to."""
    kept = f.reserves[:1] if f.rng.random() < 0.5 else []
    fields = {
        "decision": "levee_partielle" if kept else "levee_totale",
        "reserves": bool(kept),
        "date_reception": f.effect.isoformat(),
        "date_levee": f.issued.isoformat(),
    }
    if kept:
        fields["reserves_list"] = kept
    _signed, when, strokes = sign(f, fields, f.issued, 0.8)
    rows = [
        [
            str(n),
            e(r),
            "" if r in kept else f.day(f.issued),
            "maintenue" if r in kept else "levée",
        ]
        for n, r in enumerate(f.reserves, 1)
    ]
    body = f"""<h3>Procès-verbal de levée de réserves</h3>{table([["Maître d'ouvrage", e(f.owner)], ["Programme", e(f.site)], ["Titulaire", f"{e(f.firm)} – marché {f.contract} – lot {f.lot}"], ["Maître d'œuvre", e(f.designer)], ["Date de réception", f.day(f.effect)]], widths=("30%", "70%"))}{table(rows, head=["N°", "Objet de la réserve", "Date de levée", "Avis"])}<p>Visé par le maître d'œuvre, le {when}</p>{strokes}"""
    return (
        page(f, body),
        "pv_levee_reserves",
        fields | who(f, "owner", "site", "firm", "contract", "lot", "designer"),
    )


def lifting_boxes(f):
    """A private owner's slip with two boxes."""
    whole = f.rng.random() < 0.5
    fields = {
        "decision": "levee_totale" if whole else "levee_partielle",
        "reserves": not whole,
        "date_reception": f.effect.isoformat(),
        "date_levee": f.issued.isoformat(),
    }
    if not whole:
        fields["reserves_list"] = f.reserves[:2]
    _signed, when, strokes = sign(f, fields, f.issued, 0.8)
    body = f"""<h2>Attestation de levée des réserves</h2><p>Client : {e(f.owner)}</p><p>Entreprise : {e(f.firm)}</p><p>Chantier : {e(f.site)}</p><p>Réception du {f.day(f.effect)}</p><p>Le client atteste que, à la date du {f.day(f.issued)} :</p><p>{box(f.rng, whole, "frame")} toutes les réserves ont été levées</p><p>{box(f.rng, not whole, "frame")} les réserves ci-dessous restent à lever :</p>{"".join(f"<p>• {e(r)}</p>" for r in f.reserves[:2]) if not whole else ""}<p>Date : {when}</p><p>Le client,</p>{strokes}"""
    return page(f, body), "pv_levee_reserves", fields | who(f, "owner", "firm", "site")


def opr_letter(f):
    """The designer proposes, in a letter."""
    fields = {
        "date_document": f.visit.isoformat(),
        "reserves": True,
        "reserves_list": list(f.reserves),
    }
    _signed, _when, strokes = sign(f, fields, f.signed_on, 0.8)
    body = f"""<p>{e(f.designer)}<br>{f.street}<br>{f.post} {f.town}</p><p class=r>{e(f.owner)}</p><p class=r>{f.town}, le {f.day(f.signed_on)}</p><p><b>Objet : opérations préalables à la réception – lot {f.lot} {f.trade}</b><br>Opération : {e(f.site)}<br>Marché n° {f.contract} – {e(f.firm)}</p><p>À la suite des opérations préalables effectuées le {f.day(f.visit)}, nous vous proposons de prononcer la réception avec les réserves suivantes :</p><ul>{"".join(f"<li>{e(r)}</li>" for r in f.reserves)}</ul><p>La décision vous appartient.</p>{strokes}"""
    return (
        page(f, body),
        "pv_opr",
        fields | who(f, "designer", "owner", "lot", "site", "contract", "firm"),
    )


def order_table(f):
    """An order of an industrial group, two columns of small labels."""
    rows, ht = f.goods()
    tva = (ht * Decimal("0.2")).quantize(Decimal("0.01"))
    fields = {
        "date_document": f.issued.isoformat(),
        "montant_ht": str(ht),
        "montant_tva": str(tva),
        "montant_ttc": str(ht + tva),
    }
    _signed, _when, strokes = sign(f, fields, f.issued, 0.5)
    fields.pop("date_signature", None)
    body = f"""<table class=plain><tr><td><h3>{e(f.owner)}</h3></td><td class=r><h3>Commande {f.order}</h3></td></tr></table><table><tr><td>Date de commande<br>{f.day(f.issued)}</td><td>Acheteur<br>M. Ferrand</td><td>Date de livraison<br>{f.day(f.deadline)}</td><td>Devis fournisseur<br>D-{f.rng.randrange(1000, 9999)}</td></tr></table><table class=plain><tr><td><b>Fournisseur</b><br>{e(f.firm)}<br>{f.street}<br>{f.post} {f.town}<br>SIRET {f.siret_text()}</td><td><b>Chantier</b><br>{e(f.site)}</td></tr></table>{table([[str(i), e(n), f"{q} u", money(p, ""), money(t, "")] for i, (n, q, p, t) in enumerate(rows, 1)], head=["Pos.", "Article", "Qté", "Prix unit. HT", "Montant HT"])}<p class=r>Total HT : {money(ht)}<br>TVA 20 % : {money(tva)}<br><b>Total TTC : {money(ht + tva)}</b></p><p>Conditions : 45 jours fin de mois. Le directeur des achats :</p>{strokes}"""
    return (
        page(f, body, size=9.5),
        "bon_commande",
        fields | who(f, "owner", "order", "firm", "siret", "site"),
    )


def order_sub(f):
    """A general contractor orders works from a subcontractor."""
    ht = Decimal(f.rng.randrange(200_000, 5_000_000)) / 100
    fields = {
        "date_document": f.issued.isoformat(),
        "montant_ht": str(ht),
        "montant_tva": "0.00",
        "montant_ttc": str(ht),
        "donneur_ordre": f.firm2,
    }
    _signed, _when, strokes = sign(f, fields, f.issued, 0.7)
    fields.pop("date_signature", None)
    body = f"""<p><b>{e(f.firm2)}</b></p><h2>BON DE COMMANDE DE TRAVAUX</h2><p>N° {f.order} du {f.day(f.issued)}</p><p>Sous-traitant : {e(f.firm)} ({f.siret_text()})</p><p>Chantier : {e(f.site)} – Lot {f.lot}</p><p>Prestation : {f.trade}, fourniture et pose, selon votre devis du {f.day(f.visit)}.</p>{table([["Montant HT", money(ht)], ["TVA (autoliquidation)", money(Decimal(0))], ["Montant TTC", money(ht)]], widths=("60%", "40%"))}<p>Le conducteur de travaux</p>{strokes}"""
    return (
        page(f, body),
        "bon_commande",
        fields | who(f, "order", "firm", "siret", "site", "lot"),
    )


def os_letter(f):
    """A short service order in the form of a letter."""
    fields = {
        "ref_os": f.number,
        "date_document": f.issued.isoformat(),
        "date_effet": f.deadline.isoformat(),
    }
    _signed, _when, strokes = sign(f, fields, f.issued, 0.75)
    fields.pop("date_signature", None)
    body = f"""<p>{e(f.owner)}<br>{f.street}<br>{f.post} {f.town}</p><p style='margin-left:55%'>{e(f.firm)}<br>{f.post} {f.town}</p><p style='margin-left:55%'>Le {f.day(f.issued)}</p><p><b>Ordre de service n° {f.number}</b><br>Objet : {e(f.site)}<br>Marché {f.contract}, lot {f.lot}</p><p>Monsieur,</p><p>Nous vous notifions le présent ordre de service vous invitant à démarrer vos prestations à compter du {f.day(f.deadline)}.</p><p>Vous voudrez bien nous retourner un exemplaire signé.</p>{strokes}"""
    return (
        page(f, body),
        "ordre_service",
        fields | who(f, "owner", "firm", "site", "contract", "lot"),
    )


def os_stop_resume(f):
    """A designer's order to take up the works again, in a table."""
    fields = {
        "ref_os": f.number,
        "date_document": f.issued.isoformat(),
        "date_effet": f.deadline.isoformat(),
    }
    _signed, _when, strokes = sign(f, fields, f.issued, 0.75)
    fields.pop("date_signature", None)
    body = f"""<h3 class=c>ORDRE DE SERVICE</h3>{table([["O.S. n°", f.number, "Date", f.day(f.issued)], ["Affaire", e(f.site), "Marché", f.contract], ["MOA", e(f.owner), "MOE", e(f.designer)], ["Entreprise", e(f.firm), "Lot", f.lot]], widths=("15%", "40%", "12%", "33%"))}<p><b>Nature de l'ordre :</b> reprise des travaux</p><p>L'entreprise est tenue de reprendre l'exécution de ses travaux à partir du {f.day(f.deadline)}. Le délai restant à courir est de 45 jours.</p>{table([["Le maître d'œuvre", "Reçu par l'entreprise"], [strokes or "<br><br>", "le ...................."]])}"""
    return (
        page(f, body),
        "ordre_service",
        fields | who(f, "site", "contract", "owner", "designer", "firm", "lot"),
    )


def situation_invoice_like(f):
    """A situation with a recapitulation and a revision."""
    ht, tva, ttc, fields = amounts(f)
    before = Decimal(f.rng.randrange(500_000, 9_000_000)) / 100
    month = f.rng.randrange(1, 12)
    fields |= {
        "ref_situation": f.number,
        "periode": f"2026-{month:02d}",
        "date_document": f.issued.isoformat(),
    }
    _signed, when, strokes = sign(f, fields, f.signed_on, 0.6)
    body = f"""<p><b>{e(f.firm)}</b> &nbsp; SIRET {f.siret_text()}<br>{f.street} – {f.post} {f.town}</p><h2>SITUATION N° {f.number}</h2><p>Période : {MONTHS[month - 1]} 2026<br>Établie le : {f.day(f.issued)}</p>{table([["Maître d'ouvrage", e(f.owner)], ["Chantier", e(f.site)], ["N° de marché", f.contract], ["Lot", f"{f.lot} – {f.trade}"]], widths=("30%", "70%"))}{table([["Total cumulé HT au " + f.day(f.issued), money(before + ht)], ["Total HT situation précédente", money(before)], ["<b>Total HT du mois</b>", f"<b>{money(ht)}</b>"], ["TVA 20,00 %", money(tva)], ["<b>Total TTC du mois</b>", f"<b>{money(ttc)}</b>"], ["Retenue de garantie 5 % TTC", money((ttc / 20).quantize(Decimal("0.01")))], ["Net à payer TTC", money(ttc - (ttc / 20).quantize(Decimal("0.01")))]], widths=("65%", "35%"))}<p>Vérifié par le maître d'œuvre le {when}</p>{strokes}"""
    return (
        page(f, body),
        "situation",
        fields | who(f, "firm", "siret", "owner", "site", "contract", "lot"),
    )


def situation_lots(f):
    """A statement by lines of work with percentages."""
    items = f.rng.sample(
        [
            "Installation de chantier",
            "Fournitures",
            "Pose",
            "Essais",
            "Finitions",
            "Études d'exécution",
        ],
        4,
    )
    rows, ht = [], Decimal(0)
    for name in items:
        total = Decimal(f.rng.randrange(200_000, 3_000_000)) / 100
        old, new = f.rng.randrange(0, 40), f.rng.randrange(41, 100)
        part = (total * (new - old) / 100).quantize(Decimal("0.01"))
        rows.append([name, money(total, ""), f"{old} %", f"{new} %", money(part, "")])
        ht += part
    tva = (ht * Decimal("0.1")).quantize(Decimal("0.01"))
    month = f.issued.month
    fields = {
        "ref_situation": f.number,
        "periode": f"2026-{month:02d}",
        "date_document": f.issued.isoformat(),
        "montant_ht": str(ht),
        "montant_tva": str(tva),
        "montant_ttc": str(ht + tva),
        "signed": False,
    }
    body = f"""<table class=plain><tr><td>{e(f.firm)}<br>{f.post} {f.town}<br>SIRET {f.siret_text()}</td><td><b>Demande d'acompte n° {f.number}</b><br>{MONTHS[month - 1]} 2026<br>Date : {f.day(f.issued)}</td></tr></table><p>Client : {e(f.owner)}<br>Affaire : {e(f.site)}</p>{table(rows, head=["Poste", "Marché HT", "% préc.", "% cumulé", "À facturer HT"])}<p class=r>Total HT du mois : {money(ht)}<br>TVA 10 % : {money(tva)}<br>TTC du mois : {money(ht + tva)}</p><p>Visa du maître d'œuvre :</p>"""
    return page(f, body), "situation", fields | who(f, "firm", "siret", "owner", "site")


def certificate_letter(f):
    """An architect certifies in a letter."""
    ht, tva, ttc, fields = amounts(f)
    fields |= {"ref_situation": f.number, "date_document": f.issued.isoformat()}
    _signed, _when, strokes = sign(f, fields, f.issued, 0.7)
    if not strokes:
        fields.pop("date_signature", None)
    body = f"""<p>{e(f.designer)}</p><p>{f.town}, le {f.day(f.issued)}</p><h3>Certificat de paiement – situation n° {f.number}</h3><p>Opération : {e(f.site)} – Marché {f.contract} – Lot {f.lot}</p><p>Je soussigné, maître d'œuvre, certifie que l'entreprise {e(f.firm)} a droit au paiement, par {e(f.owner)}, d'un acompte de :</p><p class=c>{money(ht)} HT + {money(tva)} TVA = <b>{money(ttc)} TTC</b></p><p>Cumul certifié à ce jour : {money(ht * 3)} HT.</p>{strokes}{stamp(f.rng, f.designer) if strokes else ""}"""
    return (
        page(f, body),
        "certificat_paiement",
        fields | who(f, "designer", "site", "contract", "lot", "firm", "owner"),
    )


def doe_list(f):
    """A receipt of documents with boxes."""
    papers = f.rng.sample(PAPERS, f.rng.randrange(3, 8))
    fields = {"date_document": f.issued.isoformat(), "nb_documents": len(papers)}
    day = f.later(f.issued, 2)
    _signed, when, strokes = sign(f, fields, day, 0.6)
    body = f"""<h3>BORDEREAU DE REMISE DES DOCUMENTS – DOE</h3>{table([["Chantier", e(f.site)], ["Entreprise", e(f.firm)], ["Destinataire", e(f.owner)], ["Marché", f"{f.contract} – lot {f.lot}"], ["Date d'envoi", f.day(f.issued)]], widths=("25%", "75%"))}<ul>{"".join(f"<li>{e(p)}</li>" for p in papers)}</ul><p>Nombre de pièces : {len(papers)}</p><p>Reçu le {when}<br>Signature du destinataire</p>{strokes}"""
    return (
        page(f, body),
        "doe_bordereau",
        fields | who(f, "site", "firm", "owner", "contract", "lot"),
    )


def invoice_side(f):
    """An invoice with a column of facts at the left of its lines."""
    rows, ht = f.goods()
    tva = (ht * Decimal("0.2")).quantize(Decimal("0.01"))
    fields = {
        "ref_facture": f.invoice,
        "date_document": f.issued.isoformat(),
        "date_echeance": f.due.isoformat(),
        "montant_ht": str(ht),
        "montant_tva": str(tva),
        "montant_ttc": str(ht + tva),
    }
    body = f"""<h1 style='color:#a33'>{e(f.firm)}</h1><p>{f.street} · {f.post} {f.town} · SIRET {f.siret_text()}</p><table class=plain><tr><td style='width:30%'><small>FACTURE N°</small><br>{f.invoice}<br><br><small>DATE</small><br>{f.day(f.issued)}<br><br><small>ÉCHÉANCE</small><br>{f.day(f.due)}<br><br><small>COMMANDE</small><br>{f.order}</td><td><small>FACTURÉ À</small><br><b>{e(f.owner)}</b><br>{f.post} {f.town}<br><br><small>CHANTIER</small><br>{e(f.site)}</td></tr></table>{table([[e(n), str(q), money(t)] for n, q, _p, t in rows], head=["Description", "Qté", "Total HT"])}<p class=r>Sous-total : {money(ht)}<br>TVA (20 %) : {money(tva)}<br><b>Total à payer : {money(ht + tva)}</b></p>"""
    return (
        page(f, body),
        "facture",
        fields | who(f, "firm", "siret", "order", "owner", "site"),
    )


def invoice_situation(f):
    """An invoice of a situation with the retention kept back."""
    ht, tva, ttc, fields = amounts(f)
    before = Decimal(f.rng.randrange(500_000, 9_000_000)) / 100
    fields |= {
        "ref_facture": f.invoice,
        "ref_situation": f.number,
        "date_document": f.issued.isoformat(),
        "date_echeance": f.due.isoformat(),
    }
    body = f"""<table class=plain><tr><td><b>{e(f.firm)}</b><br>{f.street}<br>{f.post} {f.town}<br>SIRET : {f.siret_text()}</td><td style='padding-top:30pt'>{e(f.owner)}<br>{f.street}<br>{f.post} {f.town}</td></tr></table><h3>Facture n° {f.invoice} – Situation n° {f.number}</h3><p>Date de facture : {f.day(f.issued)} &nbsp; Échéance : {f.day(f.due)}</p><p>Marché n° {f.contract} – {e(f.site)}</p>{table([["Travaux réalisés cumulés HT", money(before + ht)], ["Situations antérieures HT", "-" + money(before)], ["Total HT", money(ht)], ["TVA 20 %", money(tva)], ["Total TTC", money(ttc)], ["Retenue de garantie 5 %", "-" + money((ttc / 20).quantize(Decimal("0.01")))], ["Net à payer", money(ttc - (ttc / 20).quantize(Decimal("0.01")))]], widths=("65%", "35%"))}"""
    return (
        page(f, body),
        "facture",
        fields | who(f, "firm", "siret", "owner", "contract", "site"),
    )


def invoice_lines(f):
    """A craftsman's invoice in plain lines."""
    ht, tva, ttc, fields = amounts(f, "10")
    fields |= {"ref_facture": f.invoice, "date_document": f.issued.isoformat()}
    body = f"""<p>{e(f.firm)}<br>Artisan<br>{f.street}, {f.post} {f.town}<br>Siret {f.siret_text()}</p><p>À l'attention de {e(f.owner)}</p><p>{f.town}, le {f.day(f.issued)}</p><p><b>FACTURE n° {f.invoice}</b></p><p>Travaux : {e(f.site)}</p><p>{f.trade} selon devis accepté : {money(ht)} HT</p><p>TVA à 10 % : {money(tva)}</p><p>Montant total TTC : {money(ttc)}</p><p>Payable à réception.</p>"""
    return page(f, body), "facture", fields | who(f, "firm", "siret", "owner", "site")


def site_report(f):
    """A weekly report that talks of everything."""
    body = f"""<h3>CR de chantier n° 14 – {e(f.site)}</h3><p>{e(f.designer)} – {f.day(f.visit)}</p>{table([["Gros œuvre", "OS n° 3 notifié le " + f.day(f.old)], [f.trade, "réception avec réserves le " + f.day(f.effect)], ["Peinture", "bon de commande signé, facture à vérifier"]], head=["Lot", "Observations"])}<p>DOE à remettre par toutes les entreprises. Levée des réserves prévue le {f.day(f.deadline)}.</p>"""
    return page(f, body), "autre", {}


def dispatch(f):
    """A letter that sends minutes to be signed."""
    body = f"""<p>{e(f.firm)}<br>{f.street}<br>{f.post} {f.town}</p><p class=r>{e(f.owner)}</p><p>Le {f.day(f.issued)}</p><p>Objet : envoi du procès-verbal de réception pour signature</p><p>Madame, Monsieur,</p><p>Veuillez trouver ci-joint le procès-verbal de réception des travaux de {e(f.site)}, que nous vous remercions de nous retourner signé sous huit jours. Sans réponse de votre part, la facture de solde sera émise.</p><p>Cordialement</p>{signature(f.rng)}"""
    return page(f, body), "autre", {}


def subcontract(f):
    """A declaration of subcontracting."""
    ht, _tva, _ttc = f.amounts()
    body = f"""<p class=r>DC4</p><h3>DÉCLARATION DE SOUS-TRAITANCE</h3><p>A - Acheteur : {e(f.owner)}</p><p>B - Objet du marché : {e(f.site)} ({f.contract})</p><p>D - Titulaire : {e(f.firm2)}</p><p>E - Sous-traitant : {e(f.firm)}, SIRET {f.siret_text()}</p><p>F - Montant maximum HT : {money(ht)}</p><p>Conditions de paiement : situation mensuelle, paiement direct.</p><p>A {f.town}, le {f.day(f.issued)}</p>{signature(f.rng)}"""
    return page(f, body), "autre", {}


def formal_notice(f):
    """A formal notice for unpaid invoices."""
    body = f"""<p>{e(f.firm)}</p><p class=r>{e(f.owner)}</p><p>Lettre recommandée avec accusé de réception</p><p>{f.town}, le {f.day(f.issued)}</p><p><b>MISE EN DEMEURE DE PAYER</b></p><p>Malgré nos relances, la facture {f.invoice} du {f.day(f.old)} d'un montant de {money(Decimal("15230.40"))} TTC reste impayée. La réception des travaux a été prononcée sans réserve le {f.day(f.effect)}.</p>{signature(f.rng)}"""
    return page(f, body), "autre", {}


def delivery(f):
    """A delivery note with an order's number."""
    rows, _ht = f.goods()
    body = f"""<h2>{e(f.firm)}</h2><h3>Bordereau de livraison n° {f.rng.randrange(1000, 9999)}</h3><p>Commande client : {f.order}<br>Livré à : {e(f.site)}<br>Date : {f.day(f.issued)}</p>{table([[e(n), str(q)] for n, q, _p, _t in rows], head=["Article", "Qté livrée"])}<p>Reçu en bon état, avec réserves : néant</p>{signature(f.rng)}"""
    return page(f, body), "autre", {}


FAMILIES = {
    maker.__name__: maker
    for maker in (
        pv_yes_no,
        pv_struck_line,
        pv_refused,
        pv_partial,
        exe8_minutes,
        lifting_boxes,
        opr_letter,
        order_table,
        order_sub,
        os_letter,
        os_stop_resume,
        situation_invoice_like,
        situation_lots,
        certificate_letter,
        doe_list,
        invoice_side,
        invoice_situation,
        invoice_lines,
        site_report,
        dispatch,
        subcontract,
        formal_notice,
        delivery,
    )
}
