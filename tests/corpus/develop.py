# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Layouts that the reader's rules were written on. Each returns (HTML, kind, fields)."""

from html import escape as e

from .facts import DOCUMENTS, money
from .html import box, hand, page, signature, stamp, table


def sign_cell(f, signed, name=""):
    """A signature's place, signed or not."""
    return f"{signature(f.rng) if signed else ''}{stamp(f.rng, name) if name and f.rng.random() < 0.4 else ''}"


def reception_outcome(f):
    """A decision, and the fields that follow from it."""
    decision = f.rng.choice(
        ["sans_reserve", "avec_reserves", "avec_reserves", "refusee", "sous_reserve"]
    )
    fields = {"decision": decision, "date_reception": f.effect.isoformat()}
    if decision == "refusee":
        del fields["date_reception"]
    else:
        fields["reserves"] = decision != "sans_reserve"
    if decision == "avec_reserves":
        fields["reserves_list"] = list(f.reserves)
    return decision, fields


def exe6(f):
    """The State's decision form."""
    decision, fields = reception_outcome(f)
    style, signed = f.rng.choice(["letter", "frame"]), f.rng.random() < 0.75

    def tick(name):
        return box(f.rng, decision == name, style)

    when = f.day(f.effect)
    body = f"""<table class=plain><tr><td>MINISTÈRE DE L'ÉCONOMIE<br>Direction des affaires juridiques</td><td class=r><b>EXE6</b></td></tr></table>
    <div style='background:#c6d9f1;text-align:center;padding:6pt'><b>MARCHÉS PUBLICS ET ACCORDS-CADRES<br>RÉCEPTION DES TRAVAUX<br>DÉCISION DE RÉCEPTION</b></div>
    <p>Le formulaire EXE6 est un modèle de décision de réception qui peut être utilisé par le maître d'ouvrage, au vu du procès-verbal des opérations préalables à la réception et des propositions du maître d'œuvre.</p>
    <p><b>A - Identification du pouvoir adjudicateur (ou du maître de l'ouvrage)</b></p><p>{e(f.owner)}<br>{f.street}, {f.post} {f.town}</p>
    <p><b>B - Identification du titulaire du marché public</b></p><p>{e(f.firm)}<br>SIRET : {f.siret_text()}</p>
    <p><b>C - Identification du maître d'œuvre</b></p><p>{e(f.designer)}</p>
    <p><b>D - Objet du marché public</b></p><p>{e(f.site)}<br>Marché n° {f.contract} – Lot n° {f.lot} : {f.trade}</p>
    <p><b>E - Décision de réception</b></p>
    <p>Au vu du procès-verbal des opérations préalables à la réception en date du {f.day(f.visit)} et des propositions du maître d'œuvre, le représentant du pouvoir adjudicateur décide que :</p>
    <p>{tick("sans_reserve")} la réception est prononcée sans réserve{", avec effet à la date du " + when if decision == "sans_reserve" else ""} ;</p>
    <p>{tick("sous_reserve")} la réception est prononcée sous réserve de l'exécution concluante des épreuves énumérées à l'annexe n° 1{", avec effet à la date du " + when if decision == "sous_reserve" else ""} ;</p>
    <p>{tick("avec_reserves")} la réception est prononcée avec réserves{", avec effet à la date du " + when if decision == "avec_reserves" else ""}. Le titulaire devra remédier aux imperfections et malfaçons énumérées ci-après avant le {f.day(f.deadline) if decision == "avec_reserves" else ".............."} ;</p>
    <p>{tick("refusee")} la réception n'est pas prononcée pour les motifs suivants : {"ouvrage inachevé" if decision == "refusee" else "...................."}</p>"""
    if decision == "avec_reserves":
        body += (
            "<p><b>Annexe – Imperfections et malfaçons</b></p><ul>"
            + "".join(f"<li>{e(r)}</li>" for r in f.reserves)
            + "</ul>"
        )
    body += f"<p>A {f.town}, le {f.day(f.signed_on) if signed else '....................'}</p><p>Signature du représentant du pouvoir adjudicateur</p>{sign_cell(f, signed) or '<br><br><br>'}"
    fields |= {
        "donneur_ordre": f.owner,
        "entreprise": f.firm,
        "siret": f.siret,
        "maitre_oeuvre": f.designer,
        "chantier": f.site,
        "ref_marche": f.contract,
        "lot": f.lot,
        "signed": signed,
    }
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    return page(f, body, font="'Liberation Sans'", size=9.5), "pv_reception", fields


def private_pv(f):
    """A craftsman's form with boxes, filled by hand."""
    decision, fields = reception_outcome(f)
    if decision == "sous_reserve":
        decision = fields["decision"] = "sans_reserve"
        fields["reserves"] = False
    style, signed = (
        f.rng.choice(["frame", "frame", "letter", "brackets"]),
        f.rng.random() < 0.75,
    )
    fill = hand if f.rng.random() < 0.6 else e
    options = [
        ("sans_reserve", "la réception est prononcée sans réserve"),
        (
            "avec_reserves",
            "la réception est prononcée avec réserves, énumérées ci-dessous",
        ),
        ("refusee", "la réception est refusée"),
    ]
    body = f"""<h2 style='text-align:center'>PROCÈS-VERBAL DE RÉCEPTION DE TRAVAUX</h2>
    {table([[f"<b>Entreprise</b><br>{e(f.firm)}<br>{f.street}<br>{f.post} {f.town}<br>SIRET {f.siret_text()}", f"<b>Maître d'ouvrage</b><br>{e(f.owner)}<br>{f.post} {f.town}"]])}
    <p>Travaux concernés : {e(f.trade)}<br>Adresse du chantier : {e(f.site)}<br>Bon de commande n° {f.order}</p>
    <p>Après avoir procédé à la visite des lieux en présence de l'entreprise, le maître d'ouvrage déclare que :</p>
    {"".join(f"<p>{box(f.rng, name == decision, style)} {text}</p>" for name, text in options)}
    <p>Date d'effet de la réception : {fill(f.day(f.effect)) if decision != "refusee" else ".............."}</p>
    <p><b>État des réserves :</b></p>"""
    body += (
        "".join(f"<p>{n}. {fill(r)}</p>" for n, r in enumerate(f.reserves, 1))
        if decision == "avec_reserves"
        else "<p>........................................</p><p>........................................</p>"
    )
    body += f"<p>Fait à {f.town}, le {fill(f.day(f.signed_on)) if signed else '....................'} en deux exemplaires</p>"
    body += table(
        [
            [
                "Le maître d'ouvrage<br>" + sign_cell(f, signed),
                "L'entreprise<br>" + sign_cell(f, f.rng.random() < 0.8, f.firm),
            ]
        ],
        widths=("50%", "50%"),
    ).replace("<td>Le", "<td class=sign>Le")
    fields |= {
        "entreprise": f.firm,
        "siret": f.siret,
        "donneur_ordre": f.owner,
        "chantier": f.site,
        "ref_commande": f.order,
        "signed": signed,
    }
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    return page(f, body), "pv_reception", fields


def struck_pv(f):
    """A form whose useless words are struck through."""
    decision = f.rng.choice(["sans_reserve", "avec_reserves"])
    with_, without = (
        ("<s>avec réserves</s>", "sans réserve")
        if decision == "sans_reserve"
        else ("avec réserves", "<s>sans réserve</s>")
    )
    items = (
        table(
            [[str(n), e(r)] for n, r in enumerate(f.reserves, 1)],
            head=["N°", "Nature des réserves"],
            widths=("10%", "90%"),
        )
        if decision == "avec_reserves"
        else "<p>Néant</p>"
    )
    body = f"""<p class=r>{e(f.owner)}</p><h3>PROCES VERBAL DE RECEPTION</h3>
    {table([["Opération", e(f.site)], ["Lot", f"{f.lot} – {f.trade}"], ["Titulaire", e(f.firm)], ["Marché n°", f.contract], ["Maître d'œuvre", e(f.designer)]], widths=("30%", "70%"))}
    <p>Je soussigné, maître de l'ouvrage, après visite effectuée le {f.day(f.visit)} en présence du titulaire, prononce la réception des travaux {without} / {with_} (1) avec effet au {f.day(f.effect)}.</p>
    <p>Réserves :</p>{items}<p style='font-size:8pt'>(1) Rayer la mention inutile.</p>
    <p>Fait à {f.town}, le {f.day(f.signed_on)}</p><table class=plain><tr><td>Le maître d'ouvrage</td><td>L'entreprise</td></tr><tr><td style='height:60pt'>{signature(f.rng)}</td><td>{signature(f.rng)}</td></tr></table>"""
    fields = {
        "decision": decision,
        "reserves": decision == "avec_reserves",
        "date_reception": f.effect.isoformat(),
        "date_signature": f.signed_on.isoformat(),
        "signed": True,
    }
    fields |= {
        "donneur_ordre": f.owner,
        "chantier": f.site,
        "lot": f.lot,
        "entreprise": f.firm,
        "ref_marche": f.contract,
        "maitre_oeuvre": f.designer,
    }
    if decision == "avec_reserves":
        fields["reserves_list"] = list(f.reserves)
    return page(f, body), "pv_reception", fields


def exe4(f):
    """The State's minutes of the operations before reception: they prove none."""
    style, signed = f.rng.choice(["letter", "frame"]), f.rng.random() < 0.8
    some = f.rng.random() < 0.6
    body = f"""<table class=plain><tr><td>DIRECTION DES AFFAIRES JURIDIQUES</td><td class=r><b>EXE4</b></td></tr></table>
    <div style='border:1pt solid #000;text-align:center;padding:6pt'><b>RÉCEPTION DES TRAVAUX<br>PROCÈS-VERBAL DES OPÉRATIONS PRÉALABLES À LA RÉCEPTION</b></div>
    <p><b>A - Identification du maître d'ouvrage</b><br>{e(f.owner)}</p><p><b>B - Identification du titulaire</b><br>{e(f.firm)}<br>N° SIRET : {f.siret_text()}</p>
    <p><b>C - Identification du maître d'œuvre</b><br>{e(f.designer)}</p><p><b>D - Objet du marché</b><br>{e(f.site)}<br>Marché n° {f.contract}, lot n° {f.lot}</p>
    <p><b>E - Opérations préalables</b></p><p>Le maître d'œuvre, après avoir convoqué le titulaire, a procédé aux opérations préalables à la réception le {f.day(f.visit)}.</p>
    <p>Il constate que : {box(f.rng, not some, style)} les ouvrages sont exécutés sans réserve &nbsp; {box(f.rng, some, style)} les ouvrages sont exécutés avec réserves</p>"""
    if some:
        body += "<p>Imperfections et malfaçons constatées :</p>" + table(
            [[str(n), e(r)] for n, r in enumerate(f.reserves, 1)],
            head=["N°", "Désignation"],
            widths=("10%", "90%"),
        )
    body += f"<p>A {f.town}, le {f.day(f.signed_on) if signed else '...........'}</p>{table([['Le maître d’œuvre<br>' + sign_cell(f, signed), 'Le titulaire<br>' + sign_cell(f, f.rng.random() < 0.6)]], widths=('50%', '50%'))}"
    fields = {
        "donneur_ordre": f.owner,
        "entreprise": f.firm,
        "siret": f.siret,
        "maitre_oeuvre": f.designer,
        "chantier": f.site,
        "ref_marche": f.contract,
        "lot": f.lot,
        "signed": signed,
        "date_document": f.visit.isoformat(),
        "reserves": some,
    }
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    if some:
        fields["reserves_list"] = list(f.reserves)
    return page(f, body, font="'Liberation Sans'", size=10), "pv_opr", fields


def lifting_table(f):
    """A lifting with a table of items and their state."""
    states = [f.rng.random() < 0.6 for _item in f.reserves]
    whole = all(states)
    signed = f.rng.random() < 0.8
    rows = [
        [str(n), e(r), "Levée" if done else "Maintenue"]
        for n, (r, done) in enumerate(zip(f.reserves, states, strict=True), 1)
    ]
    body = f"""<h2>PROCÈS-VERBAL DE LEVÉE DES RÉSERVES</h2>
    {table([["Maître d'ouvrage", e(f.owner)], ["Maître d'œuvre", e(f.designer)], ["Entreprise", e(f.firm)], ["Opération", e(f.site)], ["N° de marché", f.contract], ["Lot", f"{f.lot} {f.trade}"]], cls="plain", widths=("30%", "70%"))}
    <p>Suite à la réception prononcée le {f.day(f.effect)}, le constat de levée des réserves a été effectué le {f.day(f.issued)}.</p>
    {table(rows, head=["N°", "Réserve", "État"], widths=("8%", "70%", "22%"))}
    <p>Fait à {f.town}, le {f.day(f.issued) if signed else "..........."}</p>{table([["Le maître d'ouvrage<br>" + sign_cell(f, signed), "L'entreprise<br>" + sign_cell(f, True, f.firm)]], widths=("50%", "50%"))}"""
    fields = {
        "decision": "levee_totale" if whole else "levee_partielle",
        "reserves": not whole,
        "donneur_ordre": f.owner,
        "maitre_oeuvre": f.designer,
        "entreprise": f.firm,
        "chantier": f.site,
        "ref_marche": f.contract,
        "lot": f.lot,
    }
    fields |= {
        "date_reception": f.effect.isoformat(),
        "date_levee": f.issued.isoformat(),
        "signed": signed,
    }
    if not whole:
        fields["reserves_list"] = [
            r for r, done in zip(f.reserves, states, strict=True) if not done
        ]
    if signed:
        fields["date_signature"] = f.issued.isoformat()
    return page(f, body), "pv_levee_reserves", fields


def goods_table(f, rows):
    """Lines of goods."""
    return table(
        [[e(name), str(q), money(p), money(t)] for name, q, p, t in rows],
        head=["Désignation", "Qté", "P.U. HT", "Total HT"],
        widths=("52%", "10%", "18%", "20%"),
    )


def totals(f, ht, rate="20"):
    """HT, TVA, TTC and their rows."""
    from decimal import Decimal

    tva = (ht * Decimal(rate) / 100).quantize(Decimal("0.01"))
    return tva, ht + tva


def order_classic(f):
    """An order with supplier and delivery side by side."""
    rows, ht = f.lines()
    tva, ttc = totals(f, ht)
    signed = f.rng.random() < 0.6
    body = f"""<table class=plain><tr><td><b>{e(f.owner)}</b><br>{f.street}<br>{f.post} {f.town}<br>SIRET {f.other_siret}</td><td class=r><h2>BON DE COMMANDE</h2>N° {f.order}<br>Date : {f.day(f.effect)}</td></tr></table>
    {table([[f"<b>Fournisseur</b><br>{e(f.firm)}<br>{f.post} {f.town}<br>SIRET : {f.siret_text()}", f"<b>Chantier</b><br>{e(f.site)}"]], widths=("50%", "50%"))}
    {goods_table(f, rows)}
    {table([["Total HT", money(ht)], ["TVA 20 %", money(tva)], ["Total TTC", money(ttc)]], widths=("75%", "25%"))}
    <p>Délai de livraison : {f.day(f.due)}</p><p>Bon pour commande, le responsable des achats :</p>{sign_cell(f, signed) or "<br><br><br>"}"""
    fields = {
        "donneur_ordre": f.owner,
        "ref_commande": f.order,
        "date_document": f.effect.isoformat(),
        "entreprise": f.firm,
        "siret": f.siret,
        "chantier": f.site,
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ttc:.2f}",
        "signed": signed,
    }
    return page(f, body), "bon_commande", fields


def os_public(f):
    """A service order of a public contract."""
    signed = f.rng.random() < 0.75
    body = f"""<h2 style='text-align:center'>ORDRE DE SERVICE N° {f.number}</h2>
    {table([["Maître d'ouvrage", e(f.owner)], ["Maître d'œuvre", e(f.designer)], ["Titulaire", f"{e(f.firm)} – SIRET {f.siret_text()}"], ["Marché n°", f.contract], ["Lot n°", f"{f.lot} – {f.trade}"], ["Objet", e(f.site)]], widths=("30%", "70%"))}
    <p>Il est prescrit au titulaire de commencer les travaux à compter du {f.day(f.effect)}. Le délai d'exécution est de 6 mois.</p>
    <p>Fait à {f.town}, le {f.day(f.visit)}</p><p>Le maître d'œuvre</p>{sign_cell(f, signed, f.designer) or "<br><br>"}
    <p>Reçu notification du présent ordre de service le ..................</p><p>Le titulaire</p>"""
    fields = {
        "ref_os": f.number,
        "donneur_ordre": f.owner,
        "maitre_oeuvre": f.designer,
        "entreprise": f.firm,
        "siret": f.siret,
        "ref_marche": f.contract,
        "lot": f.lot,
        "chantier": f.site,
        "date_effet": f.effect.isoformat(),
        "date_document": f.visit.isoformat(),
        "signed": signed,
    }
    if signed:
        fields["date_signature"] = f.visit.isoformat()
    return page(f, body), "ordre_service", fields


def situation_columns(f):
    """A situation with columns: contract, cumulated, before, this month."""
    from decimal import Decimal

    ht, tva, ttc = f.amounts()
    before = ht * f.rng.randrange(2, 5)
    total, contract = ht + before, (ht + before) * 2

    def row(name, factor):
        return [
            name,
            *(
                money((v * factor).quantize(Decimal("0.01")))
                for v in (contract, total, before, ht)
            ),
        ]

    signed = f.rng.random() < 0.7
    month = f"{f.effect:%m/%Y}"
    rows = [
        row("Montant HT", Decimal(1)),
        row("TVA 20 %", Decimal("0.2")),
        row("Montant TTC", Decimal("1.2")),
    ]
    rows[1][-1], rows[2][-1] = money(tva), money(ttc)
    body = f"""<table class=plain><tr><td><b>{e(f.firm)}</b><br>{f.street}, {f.post} {f.town}<br>SIRET {f.siret_text()}</td><td class=r>{e(f.owner)}<br>{f.post} {f.town}</td></tr></table>
    <h2>SITUATION DE TRAVAUX N° {f.number}</h2><p>Période : {month}<br>Chantier : {e(f.site)}<br>Maître d'ouvrage : {e(f.owner)}<br>Marché n° {f.contract} – Lot {f.lot}</p><p>Date : {f.day(f.issued)}</p>
    {table(rows, head=["", "Marché", "Cumul", "Situation précédente", "Situation du mois"])}
    <p>Visa du maître d'œuvre {e(f.designer)}</p>{sign_cell(f, signed) or "<br><br>"}"""
    fields = {
        "ref_situation": f.number,
        "periode": f"{f.effect:%Y-%m}",
        "date_document": f.issued.isoformat(),
        "entreprise": f.firm,
        "siret": f.siret,
        "donneur_ordre": f.owner,
        "chantier": f.site,
        "ref_marche": f.contract,
        "lot": f.lot,
        "maitre_oeuvre": f.designer,
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ttc:.2f}",
        "signed": signed,
    }
    return page(f, body), "situation", fields


def certificate(f):
    """A certificate of payment with retention."""
    from decimal import Decimal

    ht, tva, ttc = f.amounts()
    kept = (ttc * Decimal("0.05")).quantize(Decimal("0.01"))
    signed = f.rng.random() < 0.75
    rows = [
        ["Montant des travaux du mois HT", money(ht)],
        ["TVA à 20 %", money(tva)],
        ["Montant TTC", money(ttc)],
        ["Retenue de garantie 5 %", f"- {money(kept)}"],
        ["Net à payer", money(ttc - kept)],
    ]
    body = f"""<h2 style='text-align:center'>CERTIFICAT DE PAIEMENT N° {f.number}</h2>
    <p>Maître d'ouvrage : {e(f.owner)}</p><p>Maître d'œuvre : {e(f.designer)}</p><p>Entreprise : {e(f.firm)} – SIRET {f.siret_text()}</p><p>Opération : {e(f.site)}</p><p>Marché : {f.contract} – Lot n° {f.lot}</p>
    {table(rows, widths=("70%", "30%"))}<p>Le maître d'œuvre soussigné certifie que l'entreprise a droit au paiement de l'acompte ci-dessus.</p>
    <p>{f.town}, le {f.day(f.issued)}</p><p>Le maître d'œuvre</p>{sign_cell(f, signed, f.designer)}"""
    fields = {
        "ref_situation": f.number,
        "donneur_ordre": f.owner,
        "maitre_oeuvre": f.designer,
        "entreprise": f.firm,
        "siret": f.siret,
        "chantier": f.site,
        "ref_marche": f.contract,
        "lot": f.lot,
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ttc:.2f}",
        "date_document": f.issued.isoformat(),
        "signed": signed,
    }
    if signed:
        fields["date_signature"] = f.issued.isoformat()
    return page(f, body), "certificat_paiement", fields


def doe_table(f):
    """A DOE slip as a table, with a receipt."""
    names = f.rng.sample(DOCUMENTS, f.rng.randrange(3, 8))
    signed = f.rng.random() < 0.7
    body = f"""<h2>BORDEREAU DE REMISE DU D.O.E.</h2><p>Opération : {e(f.site)}</p><p>Marché n° {f.contract} – Lot n° {f.lot} {f.trade}</p><p>Émetteur : {e(f.firm)}</p><p>Destinataire : {e(f.owner)}</p><p>Date de transmission : {f.day(f.issued)}</p>
    {table([[str(n), e(name), "2", "papier"] for n, name in enumerate(names, 1)], head=["N°", "Désignation du document", "Nb ex.", "Format"], widths=("8%", "62%", "15%", "15%"))}
    <p>Reçu le {f.day(f.due) if signed else ".........."}</p><p>Signature du destinataire :</p>{sign_cell(f, signed) or "<br><br>"}"""
    fields = {
        "chantier": f.site,
        "ref_marche": f.contract,
        "lot": f.lot,
        "entreprise": f.firm,
        "donneur_ordre": f.owner,
        "date_document": f.issued.isoformat(),
        "nb_documents": len(names),
        "signed": signed,
    }
    if signed:
        fields["date_signature"] = f.due.isoformat()
    return page(f, body), "doe_bordereau", fields


def invoice_classic(f):
    """A supplier's invoice with a header table."""
    rows, ht = f.lines()
    tva, ttc = totals(f, ht)
    body = f"""<table class=plain><tr><td><h2>{e(f.firm)}</h2>{f.street}<br>{f.post} {f.town}<br>Tél. 01 00 00 00 00</td><td><b>Facturé à</b><br>{e(f.owner)}<br>{f.post} {f.town}</td></tr></table>
    {table([[f.invoice, f.day(f.issued), f.day(f.due), f.order]], head=["Facture n°", "Date", "Échéance", "Votre commande"])}
    <p>Chantier : {e(f.site)}</p>{goods_table(f, rows)}
    <table class=plain style='margin-left:55%;width:45%'><tr><td>Total HT</td><td class=r>{money(ht)}</td></tr><tr><td>TVA 20,00 %</td><td class=r>{money(tva)}</td></tr><tr><td><b>Net à payer TTC</b></td><td class=r><b>{money(ttc)}</b></td></tr></table>
    <p style='font-size:7.5pt'>{e(f.firm)} au capital de 10 000 € – SIRET {f.siret_text()} – RCS – TVA intracommunautaire FR12 {f.siret[:9]}. En cas de retard, indemnité forfaitaire de 40 €.</p>"""
    fields = {
        "ref_facture": f.invoice,
        "date_document": f.issued.isoformat(),
        "date_echeance": f.due.isoformat(),
        "ref_commande": f.order,
        "chantier": f.site,
        "donneur_ordre": f.owner,
        "entreprise": f.firm,
        "siret": f.siret,
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ttc:.2f}",
    }
    return page(f, body), "facture", fields


def quote_trap(f):
    """A quote that speaks of réception."""
    rows, ht = f.lines()
    tva, ttc = totals(f, ht)
    body = f"""<h3>{e(f.firm)}</h3><h2>DEVIS N° D{f.number}26</h2><p>Client : {e(f.owner)}<br>Chantier : {e(f.site)}<br>Date : {f.day(f.effect)}</p>{goods_table(f, rows)}<p>Total HT {money(ht)} – TVA 20 % {money(tva)} – Total TTC {money(ttc)}</p>
    <p>Le procès-verbal de réception sera établi en fin de travaux ; la réception sans réserve déclenche le solde. Bon pour accord, date et signature :</p>"""
    return page(f, body), "autre", {}


def minutes_trap(f):
    """Minutes of a meeting that mention the operations before reception."""
    body = f"""<h2>COMPTE RENDU DE CHANTIER N° {f.number}</h2><p>Opération : {e(f.site)}<br>Maître d'ouvrage : {e(f.owner)}<br>Réunion du {f.day(f.effect)}</p>
    <p>Lot {f.lot} – {e(f.firm)} : la réception des travaux est prévue le {f.day(f.due)}. Les réserves suivantes seront à lever :</p><ul>{"".join(f"<li>{e(r)}</li>" for r in f.reserves)}</ul><p>Prochaine réunion le {f.day(f.due)} à 9 h 00. Ordre de service n° 3 à notifier.</p>"""
    return page(f, body), "autre", {}


def insurance_trap(f):
    """A certificate of ten-year insurance."""
    body = f"""<h2>ATTESTATION D'ASSURANCE</h2><h3>Responsabilité civile décennale</h3><p>Nous soussignés, Mutuelle Orbane, attestons que {e(f.firm)}, SIRET {f.siret}, est titulaire du contrat n° {f.contract} garantissant sa responsabilité décennale du {f.day(f.old)} au {f.day(f.due)}.</p>
    <p>La garantie s'applique aux travaux à compter de leur réception, au sens de l'article 1792-6 du code civil.</p><p>Fait à {f.town}, le {f.day(f.old)}</p>{signature(f.rng)}"""
    return page(f, body), "autre", {}


FAMILIES = {
    "exe6": exe6,
    "private_pv": private_pv,
    "struck_pv": struck_pv,
    "exe4": exe4,
    "lifting_table": lifting_table,
    "order_classic": order_classic,
    "os_public": os_public,
    "situation_columns": situation_columns,
    "certificate": certificate,
    "doe_table": doe_table,
    "invoice_classic": invoice_classic,
    "quote_trap": quote_trap,
    "minutes_trap": minutes_trap,
    "insurance_trap": insurance_trap,
}
