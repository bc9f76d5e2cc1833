# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Layouts kept back from the reader's rules: papers of public buyers, architects and craftsmen."""

from decimal import Decimal
from html import escape as e

from .facts import MONTHS, money
from .html import box, hand, page, signature, stamp, table


def who(f, *names):
    """The common fields of these names."""
    pairs = {
        "owner": ("donneur_ordre", f.owner),
        "firm": ("entreprise", f.firm),
        "designer": ("maitre_oeuvre", f.designer),
        "site": ("chantier", f.site),
        "contract": ("ref_marche", f.contract),
        "lot": ("lot", f.lot),
        "siret": ("siret", f.siret),
        "order": ("ref_commande", f.order),
    }
    return dict(pairs[name] for name in names)


def decided(f, *choices):
    """A decision and its fields."""
    decision = f.rng.choice(choices)
    fields = {"decision": decision}
    if decision != "refusee":
        fields |= {
            "reserves": decision != "sans_reserve",
            "date_reception": f.effect.isoformat(),
        }
    if decision == "avec_reserves":
        fields["reserves_list"] = list(f.reserves)
    return decision, fields


def signed_by(f, fields, share=0.75):
    """Whether the decider signed, noted in the fields."""
    fields["signed"] = f.rng.random() < share
    return fields["signed"]


def pv_architect(f):
    """An architect's minutes of reception: paragraphs, boxes in a table."""
    decision, fields = decided(
        f, "sans_reserve", "avec_reserves", "avec_reserves", "refusee"
    )
    signed = signed_by(f, fields)
    tick = f.rng.choice(["frame", "letter"])

    def cell(name, text):
        return f"{box(f.rng, decision == name, tick)}&nbsp; {text}"

    body = f"""<p><b>{e(f.designer)}</b><br><small>{f.street} – {f.post} {f.town}</small></p><hr>
    <h3 style='text-align:center;letter-spacing:2pt'>RÉCEPTION DE TRAVAUX – PROCÈS-VERBAL</h3>
    {table([["Affaire", e(f.site)], ["Maîtrise d'ouvrage", e(f.owner)], ["Maîtrise d'œuvre", e(f.designer)], ["Lot", f"n° {f.lot} – {f.trade}"], ["Entreprise", e(f.firm)], ["Marché", f.contract]], cls="plain", widths=("26%", "74%"))}
    <p>Le {f.day(f.visit)}, le maître d'ouvrage, assisté du maître d'œuvre, s'est rendu sur le chantier en présence de l'entreprise. À l'issue de la visite, le maître d'ouvrage :</p>
    {table([[cell("sans_reserve", "accepte les ouvrages sans réserve"), cell("avec_reserves", "accepte les ouvrages avec réserves"), cell("refusee", "refuse la réception")]])}
    <p>{f"La date de réception est fixée au {f.day(f.effect)}." if decision != "refusee" else "Une nouvelle visite sera organisée."} Elle constitue le point de départ des garanties légales.</p>"""
    if decision == "avec_reserves":
        body += table(
            [
                [
                    str(n),
                    f.rng.choice(["RDC", "R+1", "Extérieur"]),
                    e(r),
                    f.day(f.deadline),
                ]
                for n, r in enumerate(f.reserves, 1)
            ],
            head=["N°", "Localisation", "Description de la réserve", "Délai"],
            widths=("7%", "18%", "55%", "20%"),
        )
    body += (
        f"<p>Dressé à {f.town}{', le ' + f.day(f.signed_on) if signed else ''}</p>"
        + table(
            [
                ["Le maître d'ouvrage", "Le maître d'œuvre", "L'entreprise"],
                [
                    signature(f.rng, 100, 44) if signed else "",
                    signature(f.rng, 100, 44),
                    signature(f.rng, 100, 44),
                ],
            ]
        ).replace("<tr><td><", "<tr style='height:64pt'><td><")
    )
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "site", "owner", "designer", "lot", "firm", "contract"),
    )


def pv_letter(f):
    """A reception told in sentences, without any box."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    signed = signed_by(f, fields)
    told = (
        "sans aucune réserve"
        if decision == "sans_reserve"
        else "assortie des réserves suivantes :"
    )
    body = f"""<h2>Procès-verbal de réception</h2><p>Chantier : {e(f.site)}</p><p>Entre les soussignés :<br>– {e(f.owner)}, maître de l'ouvrage,<br>– et l'entreprise {e(f.firm)} (SIRET {f.siret_text()}), titulaire du lot n° {f.lot},</p>
    <p>il a été procédé contradictoirement à la réception des travaux objet du marché n° {f.contract}. La réception est prononcée le {f.day(f.effect)}, {told}</p>"""
    if decision == "avec_reserves":
        body += (
            "".join(f"<p>&nbsp;&nbsp;– {e(r)}</p>" for r in f.reserves)
            + f"<p>L'entreprise s'engage à lever ces réserves avant le {f.day(f.deadline)}.</p>"
        )
    body += f"<p>Fait à {f.town}{' le ' + f.day(f.signed_on) if signed else ', le'}</p><table class=plain><tr><td><b>Pour le maître de l'ouvrage</b></td><td><b>Pour l'entreprise</b></td></tr><tr><td style='height:60pt'>{signature(f.rng) if signed else ''}</td><td>{signature(f.rng)}{stamp(f.rng, f.firm)}</td></tr></table>"
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "site", "owner", "firm", "siret", "lot", "contract"),
    )


def pv_handwritten(f):
    """A printed form completed by hand, boxes in a column at the right."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves", "refusee")
    signed = signed_by(f, fields, 0.8)

    def line(name, text):
        return [f"{box(f.rng, decision == name, 'frame')} {text}"]

    blank = ".................................."
    body = f"""<div style='border:2pt solid #000;padding:5pt;text-align:center;font-weight:bold'>FICHE DE RÉCEPTION DE FIN DE TRAVAUX</div>
    <p>Entreprise : {e(f.firm)} &nbsp;&nbsp; SIRET : {f.siret_text()}</p><p>Client : {hand(f.owner)}</p><p>Chantier : {hand(f.site)}</p><p>N° de commande : {hand(f.order)}</p>
    <p>Le client déclare recevoir les travaux :</p>{table([line("sans_reserve", "SANS RÉSERVE"), line("avec_reserves", "AVEC RÉSERVES (à détailler ci-dessous)"), line("refusee", "REFUS DE RÉCEPTION (motif ci-dessous)")], cls="plain")}
    <p>Réception effective au : {hand(f.day(f.effect)) if decision != "refusee" else blank}</p><p>Observations / réserves :</p>"""
    body += (
        "".join(f"<p>– {hand(r)}</p>" for r in f.reserves)
        if decision == "avec_reserves"
        else f"<p>{hand('Finitions non terminées') if decision == 'refusee' else blank}</p>"
    )
    body += f"<p>Date : {hand(f.day(f.signed_on)) if signed else blank}</p><table class=plain><tr><td>Signature du client :</td><td>Signature de l'entreprise :</td></tr><tr><td style='height:60pt'>{signature(f.rng) if signed else ''}</td><td>{signature(f.rng) if f.rng.random() < 0.7 else ''}</td></tr></table>"
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "firm", "siret", "owner", "site", "order"),
    )


def exe7(f):
    """The State's decision not to receive."""
    body = f"""<table class=plain><tr><td>MINISTÈRE DE L'ÉCONOMIE ET DES FINANCES<br>Direction des Affaires Juridiques</td><td class=r>EXE7</td></tr></table><h3 style='text-align:center'>RÉCEPTION DES TRAVAUX<br>DÉCISION DE NON RÉCEPTION</h3>
    <p>A - Identification du maître de l'ouvrage.</p><p>{e(f.owner)}</p><p>B - Identification du titulaire.</p><p>{e(f.firm)}, {f.street}, {f.post} {f.town}<br>SIRET : {f.siret_text()}</p><p>C - Identification du maître d'œuvre.</p><p>{e(f.designer)}</p><p>D - Objet du marché public.</p><p>{e(f.site)} – Lot n° {f.lot}<br>Référence du marché : {f.contract}</p>
    <p>E - Décision.</p><p>Au vu des opérations préalables à la réception effectuées le {f.day(f.visit)}, le maître de l'ouvrage décide de ne pas prononcer la réception des travaux, pour les motifs suivants : ouvrages inachevés.</p><p>A {f.town}, le {f.day(f.signed_on)}</p><p>Le représentant du maître de l'ouvrage</p>{signature(f.rng)}"""
    return (
        page(f, body),
        "pv_reception",
        {
            "decision": "refusee",
            "signed": True,
            "date_signature": f.signed_on.isoformat(),
        }
        | who(f, "owner", "firm", "siret", "designer", "site", "lot", "contract"),
    )


def opr_private(f):
    """An architect's visit before reception."""
    signed = f.rng.random() < 0.8
    body = f"""<p class=r>{e(f.designer)}</p><h2>Opérations préalables à la réception (OPR)</h2><p>Opération : {e(f.site)}<br>Maître d'ouvrage : {e(f.owner)}<br>Marché : {f.contract} – lot {f.lot}<br>Titulaire : {e(f.firm)}</p>
    <p>Visite du {f.day(f.visit)}</p><p>Points relevés :</p><ol>{"".join(f"<li>{e(r)}</li>" for r in f.reserves)}</ol><p>Le présent document ne vaut pas réception. Le maître d'œuvre proposera au maître d'ouvrage une réception avec réserves.</p><p>Le maître d'œuvre{", le " + f.day(f.signed_on) if signed else ""}</p>{signature(f.rng) if signed else ""}"""
    fields = {
        "date_document": f.visit.isoformat(),
        "reserves": True,
        "reserves_list": list(f.reserves),
        "signed": signed,
    }
    if signed:
        fields["date_signature"] = f.signed_on.isoformat()
    return (
        page(f, body),
        "pv_opr",
        fields | who(f, "site", "owner", "designer", "contract", "lot", "firm"),
    )


def exe9(f):
    """The State's decision on lifting reserves."""
    whole = f.rng.random() < 0.5
    fields = {
        "decision": "levee_totale" if whole else "levee_partielle",
        "reserves": not whole,
    }
    signed = signed_by(f, fields, 0.8)
    kept = f.reserves[:1]
    body = f"""<table class=plain><tr><td>Direction des Affaires Juridiques</td><td class=r>EXE9</td></tr></table><h3 style='text-align:center'>RÉCEPTION DES TRAVAUX<br>LEVÉE DES RÉSERVES<br>Décision du maître de l'ouvrage</h3>
    <p><b>A - Maître de l'ouvrage</b> : {e(f.owner)}</p><p><b>B - Titulaire</b> : {e(f.firm)}</p><p><b>C - Maître d'œuvre</b> : {e(f.designer)}</p><p><b>D - Objet du marché</b> : {e(f.site)} – marché n° {f.contract} – lot n° {f.lot}</p>
    <p>Vu la décision de réception avec réserves, avec effet au {f.day(f.effect)}, et le procès-verbal de levée des réserves établi par le maître d'œuvre, le maître de l'ouvrage décide à la date du {f.day(f.issued)} :</p>
    <p>{box(f.rng, whole, "letter")} que l'ensemble des réserves est levé ;</p><p>{box(f.rng, not whole, "letter")} que les réserves sont partiellement levées, les réserves suivantes étant maintenues :</p>{"<ul>" + "".join(f"<li>{e(r)}</li>" for r in kept) + "</ul>" if not whole else ""}
    <p>A {f.town}, le {f.day(f.issued) if signed else "............."}</p><p>Le maître de l'ouvrage</p>{signature(f.rng) if signed else ""}"""
    fields |= {
        "date_reception": f.effect.isoformat(),
        "date_levee": f.issued.isoformat(),
    }
    if not whole:
        fields["reserves_list"] = kept
    if signed:
        fields["date_signature"] = f.issued.isoformat()
    return (
        page(f, body),
        "pv_levee_reserves",
        fields | who(f, "owner", "firm", "designer", "site", "contract", "lot"),
    )


def quitus(f):
    """A short discharge of all reserves."""
    fields = {
        "decision": "levee_totale",
        "reserves": False,
        "date_reception": f.effect.isoformat(),
        "date_levee": f.issued.isoformat(),
    }
    signed = signed_by(f, fields, 0.8)
    body = f"""<h2>Quitus de levée de réserves</h2><p>Je soussigné {e(f.owner)}, maître d'ouvrage de l'opération « {e(f.site)} », constate que l'entreprise {e(f.firm)} a exécuté les travaux nécessaires et que toutes les réserves formulées lors de la réception du {f.day(f.effect)} sont levées à la date du {f.day(f.issued)}.</p><p>Réf. marché : {f.contract}</p>
    <p>Fait à {f.town}, le {f.day(f.issued) if signed else "............"}</p><p>Signature du maître d'ouvrage</p>{signature(f.rng) if signed else ""}"""
    if signed:
        fields["date_signature"] = f.issued.isoformat()
    return (
        page(f, body),
        "pv_levee_reserves",
        fields | who(f, "owner", "site", "firm", "contract"),
    )


def order_erp(f):
    """An order from a company's software: labels over values in a band."""
    rows, ht = f.lines()
    tva = (ht * Decimal("0.2")).quantize(Decimal("0.01"))
    fields = {
        "date_document": f.effect.isoformat(),
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ht + tva:.2f}",
    }
    signed = signed_by(f, fields, 0.5)
    body = f"""<p style='font-size:15pt;color:#246'>{e(f.owner)}</p><p style='font-size:8pt'>{f.street} {f.post} {f.town}</p><h2>Commande fournisseur</h2>
    {table([[f.order, f.day(f.effect), "M. Achats", "30 jours fin de mois"]], head=["N° commande", "Date", "Acheteur", "Règlement"])}
    <table class=plain><tr><td><b>Fournisseur</b><br>{e(f.firm)}<br>{f.street}<br>{f.post} {f.town}<br>SIRET {f.siret_text()}</td><td><b>Adresse de livraison</b><br>Chantier {e(f.site)}<br>{f.post} {f.town}</td></tr></table>
    {table([[str(n * 10), e(name), f"{q},00", money(p, ""), money(t, "")] for n, (name, q, p, t) in enumerate(rows, 1)], head=["Poste", "Désignation", "Quantité", "Prix unit.", "Montant"])}
    <p class=r>Montant total HT : {money(ht, " EUR")}<br>TVA (20 %) : {money(tva, " EUR")}<br><b>Montant total TTC : {money(ht + tva, " EUR")}</b></p><p>Cachet et signature de l'acheteur</p>{signature(f.rng) if signed else "<br><br>"}<p style='font-size:7pt'>Merci de rappeler le numéro de commande sur vos factures.</p>"""
    return (
        page(f, body),
        "bon_commande",
        fields | who(f, "owner", "order", "firm", "siret", "site"),
    )


def order_letter(f):
    """A public buyer's order as a letter form."""
    ht = Decimal(f.rng.randrange(100_000, 3_000_000)) / 100
    rate = f.rng.choice(["20", "10"])
    tva = (ht * Decimal(rate) / 100).quantize(Decimal("0.01"))
    fields = {
        "date_document": f.effect.isoformat(),
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ht + tva:.2f}",
    }
    signed = signed_by(f, fields)
    body = f"""<table class=plain><tr><td><b>{e(f.owner)}</b><br>Service des bâtiments</td><td>{f.town}, le {f.day(f.effect)}</td></tr></table><h3>BON DE COMMANDE n° {f.order}</h3><p>À : {e(f.firm)} (SIRET {f.siret_text()})</p><p>Objet : {e(f.site)}</p><p>Je vous prie de bien vouloir exécuter les prestations suivantes : {f.trade.lower()}, suivant votre devis n° D-4471.</p>
    {table([["Montant hors taxes", money(ht)], [f"T.V.A. {rate},0 %", money(tva)], ["Montant toutes taxes comprises", money(ht + tva)]], widths=("70%", "30%"))}<p>Le directeur des services techniques,</p>{signature(f.rng) if signed else ""}{stamp(f.rng, f.owner)}"""
    return (
        page(f, body),
        "bon_commande",
        fields | who(f, "owner", "order", "firm", "siret", "site"),
    )


def os_exe1(f):
    """The State's service order form."""
    fields = {
        "ref_os": f.number,
        "date_effet": f.effect.isoformat(),
        "date_document": f.visit.isoformat(),
    }
    signed = signed_by(f, fields)
    body = f"""<table class=plain><tr><td>MARCHÉS PUBLICS</td><td class=r>EXE1T</td></tr></table><h3 style='text-align:center'>ORDRE DE SERVICE<br>N° de l'OS : {f.number}</h3><p><b>A - Identification de l'acheteur</b></p><p>{e(f.owner)}<br>{f.street}<br>{f.post} {f.town}</p><p><b>B - Identification du titulaire du marché public</b></p><p>{e(f.firm)}<br>{f.post} {f.town}<br>SIRET {f.siret_text()}</p><p><b>C - Identification du maître d'œuvre</b></p><p>{e(f.designer)}</p><p><b>D - Objet du marché public</b></p><p>{e(f.site)}<br>N° du marché : {f.contract} &nbsp; Lot : {f.lot}</p>
    <p><b>E - Objet de l'ordre de service</b></p><p>Démarrage des travaux fixé au {f.day(f.effect)}.</p><p><b>F - Signature</b></p><p>Date d'émission : {f.day(f.visit)}</p><p>Signature de l'émetteur</p>{signature(f.rng) if signed else "<br><br>"}<p>Accusé de réception du titulaire : date ............ signature</p>"""
    return (
        page(f, body, size=9.5),
        "ordre_service",
        fields
        | who(f, "owner", "firm", "siret", "designer", "site", "contract", "lot"),
    )


def situation_list(f):
    """A situation by items, totals in lines, period written out."""
    ht, tva, ttc = f.amounts(f.rng.choice(["20", "10"]))
    before = ht * 3
    fields = {
        "ref_situation": f.number,
        "periode": f"{f.effect:%Y-%m}",
        "date_document": f.issued.isoformat(),
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ttc:.2f}",
    }
    signed = signed_by(f, fields)
    kept = (ttc * Decimal("0.05")).quantize(Decimal("0.01"))
    body = f"""<p><b>{e(f.firm)}</b><br>{f.street}<br>{f.post} {f.town}<br>N° SIRET {f.siret_text()}</p><p class=r>{f.town}, le {f.day(f.issued)}</p><h3>SITUATION N° {f.number} – mois de {MONTHS[f.effect.month - 1]} {f.effect.year}</h3><p>Client : {e(f.owner)}<br>Affaire : {e(f.site)}<br>Marché n° {f.contract} du {f.day(f.old)}, lot {f.lot}<br>Maître d'œuvre : {e(f.designer)}</p>
    <table class=plain style='width:80%'><tr><td>Travaux exécutés à ce jour (cumul) HT</td><td class=r>{money(ht + before)}</td></tr><tr><td>Situations antérieures HT</td><td class=r>{money(before)}</td></tr><tr><td>Travaux de la période HT</td><td class=r>{money(ht)}</td></tr><tr><td>TVA</td><td class=r>{money(tva)}</td></tr><tr><td>Total TTC de la période</td><td class=r>{money(ttc)}</td></tr><tr><td>Retenue de garantie (5 %)</td><td class=r>-{money(kept)}</td></tr><tr><td>Net à payer</td><td class=r>{money(ttc - kept)}</td></tr></table>
    <p>Bon à payer – le maître d'œuvre :</p>{signature(f.rng) if signed else ""}"""
    return (
        page(f, body),
        "situation",
        fields
        | who(f, "firm", "siret", "owner", "site", "contract", "lot", "designer"),
    )


def certificate_public(f):
    """A public architect's certificate with two columns."""
    ht, tva, ttc = f.amounts()
    fields = {
        "ref_situation": f.number,
        "date_document": f.issued.isoformat(),
        "montant_ht": f"{ht:.2f}",
        "montant_tva": f"{tva:.2f}",
        "montant_ttc": f"{ttc:.2f}",
    }
    signed = signed_by(f, fields)
    body = f"""<table class=plain><tr><td>Maître d'ouvrage<br><b>{e(f.owner)}</b></td><td>Maître d'œuvre<br><b>{e(f.designer)}</b></td></tr></table><h2>Certificat pour paiement</h2><p>Acompte n° {f.number}</p><p>Opération : {e(f.site)}</p><p>Titulaire : {e(f.firm)} &nbsp; SIRET : {f.siret_text()}</p><p>Marché n° {f.contract} &nbsp; Lot n° {f.lot}</p>
    {table([["Montant cumulé des travaux", money(ht * 2), money(ttc * 2)], ["Acomptes précédents", money(ht), money(ttc)], ["Acompte à régler ce mois", money(ht), money(ttc)]], head=["", "HT", "TTC"])}<p>Dont TVA (20 %) de l'acompte : {money(tva)}</p>
    <p>Certifié par le maître d'œuvre le {f.day(f.issued)}</p>{signature(f.rng) if signed else ""}"""
    if signed:
        fields["date_signature"] = f.issued.isoformat()
    return (
        page(f, body),
        "certificat_paiement",
        fields
        | who(f, "owner", "designer", "site", "firm", "siret", "contract", "lot"),
    )


def doe_letter(f):
    """A transmittal letter of the DOE."""
    names = f.rng.sample(
        [
            "Plans d'exécution tels que construits",
            "Notice d'entretien",
            "Fiches produits",
            "PV de réaction au feu",
            "Garantie fabricant",
            "Liste des sous-traitants",
            "DIUO complété",
        ],
        f.rng.randrange(3, 6),
    )
    fields = {"date_document": f.issued.isoformat(), "nb_documents": len(names)}
    signed = signed_by(f, fields, 0.6)
    body = f"""<p><b>{e(f.firm)}</b><br>{f.street}<br>{f.post} {f.town}</p><p class=r>{e(f.owner)}<br>{f.post} {f.town}</p><p>{f.town}, le {f.day(f.issued)}</p><p><b>Objet : transmission du dossier des ouvrages exécutés (DOE)</b><br>Chantier : {e(f.site)} – lot {f.lot} – marché {f.contract}</p><p>Veuillez trouver ci-joint les documents suivants :</p><ul>{"".join(f"<li>{e(n)}</li>" for n in names)}</ul>
    <div style='border:1pt solid #000;padding:6pt'>Accusé de réception – Reçu par le destinataire le {f.day(f.due) if signed else ".............."}<br>Signature {signature(f.rng) if signed else "<br><br>"}</div>"""
    if signed:
        fields["date_signature"] = f.due.isoformat()
    return (
        page(f, body),
        "doe_bordereau",
        fields | who(f, "firm", "owner", "site", "lot", "contract"),
    )


def invoice_sub(f):
    """A subcontractor's invoice under reverse charge."""
    ht = Decimal(f.rng.randrange(100_000, 3_000_000)) / 100
    body = f"""<table class=plain><tr><td><b>{e(f.firm)}</b><br>{f.street}<br>{f.post} {f.town}<br>SIRET {f.siret_text()}</td><td>Destinataire<br><b>{e(f.owner)}</b><br>{f.post} {f.town}</td></tr></table><h2>FACTURE {f.invoice}</h2><p>Date de facture : {f.day(f.issued)}<br>Date d'échéance : {f.day(f.due)}<br>Contrat de sous-traitance n° {f.contract}<br>Situation n° {f.number}<br>Chantier : {e(f.site)}</p>
    {table([[f.trade, money(ht)]], head=["Travaux", "Montant HT"])}<p>Total HT : {money(ht)}</p><p>Autoliquidation de la TVA (article 283-2 nonies du CGI) – TVA due par le preneur</p><p><b>Net à payer : {money(ht)}</b></p>"""
    fields = {
        "ref_facture": f.invoice,
        "date_document": f.issued.isoformat(),
        "date_echeance": f.due.isoformat(),
        "ref_marche": f.contract,
        "ref_situation": f.number,
        "montant_ht": f"{ht:.2f}",
    }
    return page(f, body), "facture", fields | who(f, "firm", "siret", "owner", "site")


def invoice_modern(f):
    """An invoice of a small software: labels in grey over values."""
    rows, ht = f.lines()
    tva = (ht * Decimal("0.1")).quantize(Decimal("0.01"))

    def label(name, value):
        return f"<span style='color:#777;font-size:8pt'>{name}</span><br>{value}"

    body = f"""<table class=plain><tr><td style='font-size:16pt'>{e(f.firm)}</td><td class=r style='font-size:18pt;color:#888'>Facture</td></tr></table>{table([[label("Numéro", f.invoice), label("Date d'émission", f.day(f.issued)), label("À payer avant le", f.day(f.due)), label("Bon de commande", f.order)]], cls="plain")}
    <p>{label("Client", f"<b>{e(f.owner)}</b><br>{f.street}, {f.post} {f.town}")}</p><p>{label("Projet", e(f.site))}</p>
    {table([[e(name), str(q), money(p), "10 %", money(t)] for name, q, p, t in rows], head=["Description", "Qté", "PU HT", "TVA", "Total HT"])}
    <table class=plain style='margin-left:60%;width:40%'><tr><td>Sous-total HT</td><td class=r>{money(ht)}</td></tr><tr><td>TVA 10 %</td><td class=r>{money(tva)}</td></tr><tr><td>Total TTC</td><td class=r>{money(ht + tva)}</td></tr></table><p style='font-size:8pt'>SIRET : {f.siret_text()} – IBAN FR76 3000 6000 0112 3456 7890 189</p>"""
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


def bank_guarantee(f):
    """A bank's guarantee instead of retention."""
    body = f"<h2>CAUTION PERSONNELLE ET SOLIDAIRE</h2><p>Remplaçant la retenue de garantie. La banque Orbane se porte caution de {e(f.firm)}, titulaire du marché n° {f.contract} conclu avec {e(f.owner)}, pour un montant de {money(f.amounts()[0])}. Elle sera libérée un an après la réception des travaux, les réserves étant levées.</p><p>Fait à {f.town}, le {f.day(f.effect)}</p>{signature(f.rng)}"
    return page(f, body), "autre", {}


def request_trap(f):
    """A contractor who asks for reception."""
    body = f"<p>{e(f.firm)}<br>{f.street}<br>{f.post} {f.town}</p><p class=r>{e(f.owner)}</p><p>{f.town}, le {f.day(f.effect)}</p><p><b>Objet : demande de réception des travaux – marché n° {f.contract}</b></p><p>Madame, Monsieur,</p><p>Nous vous informons de l'achèvement de nos travaux et vous demandons de bien vouloir prononcer la réception sans réserve à la date du {f.day(f.due)}. Un procès-verbal de réception vous sera présenté.</p><p>Veuillez agréer nos salutations.</p>{signature(f.rng)}"
    return page(f, body), "autre", {}


def delivery_trap(f):
    """A delivery note with an order number and a receipt."""
    rows, _ht = f.lines()
    body = f"<h2>{e(f.firm)}</h2><h3>BON DE LIVRAISON N° {f.invoice}</h3><p>Commande n° {f.order} du {f.day(f.visit)}<br>Livré à : {e(f.site)}<br>Date de livraison : {f.day(f.effect)}</p>{table([[e(n), str(q)] for n, q, _p, _t in rows], head=['Désignation', 'Quantité'])}<p>Marchandise reçue sans réserve ☐ avec réserves ☒ : un colis abîmé</p><p>Signature du réceptionnaire</p>{signature(f.rng)}"
    return page(f, body), "autre", {}


def urssaf_trap(f):
    """A social certificate."""
    body = f"<h3>URSSAF</h3><h2>Attestation de vigilance</h2><p>Attestation de fourniture des déclarations sociales et de paiement des cotisations</p><p>{e(f.firm)} – SIRET {f.siret}</p><p>Fait le {f.day(f.effect)}. Code de sécurité : A4F7K2M9Q1</p>"
    return page(f, body), "autre", {}


FAMILIES = {
    "pv_architect": pv_architect,
    "pv_letter": pv_letter,
    "pv_handwritten": pv_handwritten,
    "exe7": exe7,
    "opr_private": opr_private,
    "exe9": exe9,
    "quitus": quitus,
    "order_erp": order_erp,
    "order_letter": order_letter,
    "os_exe1": os_exe1,
    "situation_list": situation_list,
    "certificate_public": certificate_public,
    "doe_letter": doe_letter,
    "invoice_sub": invoice_sub,
    "invoice_modern": invoice_modern,
    "bank_guarantee": bank_guarantee,
    "request_trap": request_trap,
    "delivery_trap": delivery_trap,
    "urssaf_trap": urssaf_trap,
}
