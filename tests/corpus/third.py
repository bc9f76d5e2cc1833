# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A third set kept back: minutes, orders and letters of other firms, written without a look at the rules."""

from decimal import Decimal
from html import escape as e

from .facts import MONTHS, money
from .held import decided, who
from .html import box, page, signature, stamp, table
from .names import PAPERS


def sign(f, fields, day, share=0.75):
    """Whether the decider signed, and when: (signed, date as text, strokes)."""
    signed = f.rng.random() < share
    fields["signed"] = signed
    if signed:
        fields["date_signature"] = day.isoformat()
        return True, f.day(day), signature(f.rng)
    return False, f.rng.choice(["", "......../......../........", "____________"]), ""


def pv_columns(f):
    """Labels above their values in a grid; boxes down the page."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves", "refusee")
    _signed, when, strokes = sign(f, fields, f.signed_on)
    style = f.rng.choice(["frame", "letter"])

    def cell(label, text):
        return f"<small style='color:#666'>{label}</small><br><b>{e(text)}</b>"

    body = f"""<h2 style='background:#234;color:#fff;padding:6pt'>Réception de travaux</h2>
    {table([[cell("Maître d'ouvrage", f.owner), cell("Opération", f.site)], [cell("Entreprise", f.firm), cell("Numéro de marché", f.contract)], [cell("Lot", f.lot + " " + f.trade), cell("Maître d'œuvre", f.designer)]])}
    <p>À l'issue de la visite contradictoire du {f.day(f.visit)}, le représentant du maître d'ouvrage déclare :</p>
    <p>{box(f.rng, decision == "sans_reserve", style)} Accepter l'ouvrage sans observation ni réserve</p>
    <p>{box(f.rng, decision == "avec_reserves", style)} Accepter l'ouvrage en l'assortissant des réserves listées ci-après</p>
    <p>{box(f.rng, decision == "refusee", style)} Ne pas accepter l'ouvrage en l'état</p>"""
    if decision != "refusee":
        body += (
            f"<p>La réception prend effet à compter du <b>{f.day(f.effect)}</b>.</p>"
        )
    if decision == "avec_reserves":
        body += table(
            [[str(n), e(r)] for n, r in enumerate(f.reserves, 1)],
            head=["Réf.", "Nature de la réserve"],
            widths=("10%", "90%"),
        )
    body += table(
        [
            ["Pour le maître d'ouvrage", "Pour l'entreprise"],
            [f"Date : {when}<br>{strokes or '<br><br><br>'}", signature(f.rng)],
        ]
    )
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "owner", "site", "firm", "contract", "lot", "designer"),
    )


def pv_story(f):
    """A narrative minute without boxes."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    _signed, when, strokes = sign(f, fields, f.effect, 0.8)
    told = (
        "sans aucune réserve"
        if decision == "sans_reserve"
        else "avec les réserves énumérées ci-dessous"
    )
    body = f"""<h3 style='text-align:center'>PROCÈS-VERBAL DE RÉCEPTION DE CHANTIER</h3>
    <p>L'an deux mille vingt-six, le {f.day(f.effect, "text")}, les soussignés :</p><p>— {e(f.owner)}, ci-après « le Maître de l'ouvrage »,<br>— {e(f.firm)}, immatriculée sous le SIRET {f.siret_text()}, ci-après « l'Entrepreneur »,</p>
    <p>se sont rendus sur place, {f.street} à {f.town}, afin d'examiner les travaux objet du marché {f.contract} ({e(f.site)}).</p>
    <p>Après examen, le Maître de l'ouvrage prononce la réception {told}, avec effet au {f.day(f.effect)}.</p>"""
    if decision == "avec_reserves":
        body += (
            "<ul>"
            + "".join(f"<li>{e(r)}</li>" for r in f.reserves)
            + "</ul><p>L'Entrepreneur s'engage à y remédier sous 30 jours.</p>"
        )
    body += f"<p>Fait en deux originaux, le {when}</p>" + table(
        [
            ["Le Maître de l'ouvrage", "L'Entrepreneur"],
            [strokes or "<br><br>", signature(f.rng)],
        ],
        cls="plain",
    )
    return (
        page(f, body, font="'Liberation Serif'"),
        "pv_reception",
        fields | who(f, "owner", "firm", "siret", "contract", "site"),
    )


def pv_sub(f):
    """Reception between a main contractor and its subcontractor."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves")
    _signed, when, strokes = sign(f, fields, f.signed_on)
    yes = decision == "sans_reserve"
    body = f"""<table class=plain><tr><td><b>{e(f.firm2)}</b><br>Entreprise générale</td><td class=r>Constat d'achèvement et réception<br>de travaux sous-traités</td></tr></table>
    {table([["Chantier", e(f.site)], ["Sous-traitant", f"{e(f.firm)} – SIRET {f.siret_text()}"], ["Contrat de sous-traitance n°", f.contract], ["Lot / Nature", f"{f.lot} – {f.trade}"], ["Date de réception", f.day(f.effect)]], widths=("35%", "65%"))}
    <p>Les travaux sont réceptionnés : {box(f.rng, yes, "frame")} sans réserves &nbsp;&nbsp; {box(f.rng, not yes, "frame")} avec réserves (cf. liste)</p>"""
    if not yes:
        body += "<p><b>LISTE DES RÉSERVES</b></p>" + "".join(
            f"<p>{n}. {e(r)}</p>" for n, r in enumerate(f.reserves, 1)
        )
    body += table(
        [
            [
                f"Entreprise générale<br>Le {when}<br>{strokes or '<br><br>'}",
                f"Sous-traitant<br>Le {f.day(f.signed_on)}<br>{signature(f.rng)}",
            ]
        ]
    )
    fields["donneur_ordre"] = f.firm2
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "site", "firm", "siret", "contract", "lot"),
    )


def pv_under(f):
    """Reception under a condition, by a public owner."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves", "sous_reserve")
    _signed, when, strokes = sign(f, fields, f.signed_on)
    style = f.rng.choice(["letter", "brackets"])
    body = f"""<p class=c><b>{e(f.owner).upper()}</b><br>Direction du patrimoine bâti</p><h3 class=c>DÉCISION DE RÉCEPTION DES OUVRAGES</h3>
    <p><b>Marché n°</b> {f.contract} <b>Lot n°</b> {f.lot} : {f.trade}<br><b>Objet :</b> {e(f.site)}<br><b>Attributaire :</b> {e(f.firm)}<br><b>Maîtrise d'œuvre :</b> {e(f.designer)}</p>
    <p>Vu le CCAG Travaux, notamment son article 41 ;<br>Vu le procès-verbal des opérations préalables à la réception du {f.day(f.visit)} ;</p>
    <p>Le pouvoir adjudicateur décide que :</p>
    <p>{box(f.rng, decision == "sans_reserve", style)} la réception est prononcée sans réserve, avec effet au {f.day(f.effect) if decision == "sans_reserve" else "……………"}</p>
    <p>{box(f.rng, decision == "sous_reserve", style)} la réception est prononcée sous réserve de l'exécution concluante des épreuves mentionnées en annexe, avec effet au {f.day(f.effect) if decision == "sous_reserve" else "……………"}</p>
    <p>{box(f.rng, decision == "avec_reserves", style)} la réception est prononcée avec réserves, avec effet au {f.day(f.effect) if decision == "avec_reserves" else "……………"}, les imperfections ci-après devant être corrigées avant le {f.day(f.deadline) if decision == "avec_reserves" else "……………"}</p>"""
    if decision == "avec_reserves":
        body += table(
            [[e(r), ""] for r in f.reserves],
            head=["Imperfections et malfaçons constatées", "Levée le"],
            widths=("75%", "25%"),
        )
    body += (
        f"<p>À {f.town}, le {when}</p><p>Le directeur général des services</p>{strokes}"
    )
    return (
        page(f, body),
        "pv_reception",
        fields | who(f, "owner", "contract", "lot", "site", "firm", "designer"),
    )


def exe6_form(f):
    """The State's form EXE6 with its letters in boxes."""
    decision, fields = decided(f, "sans_reserve", "avec_reserves", "sous_reserve")
    _signed, when, strokes = sign(f, fields, f.signed_on, 0.8)

    def head(letter, text):
        return f"<p style='background:#cfe3f5;padding:3pt'><b>{letter} - {text}</b></p>"

    body = f"""<table class=plain><tr><td style='width:70%'>MINISTÈRE DE L'ÉCONOMIE, DES FINANCES<br>Direction des affaires juridiques</td><td class=r><b>EXE6</b></td></tr></table><p class=c><b>MARCHÉS PUBLICS<br>DÉCISION DE RÉCEPTION</b></p><p style='font-size:8pt'>Le formulaire EXE6 est un modèle de décision de réception qui peut être utilisé par le maître de l'ouvrage, dans le cadre de l'exécution des marchés publics de travaux.</p>
    {head("A", "Identification du pouvoir adjudicateur")}<p>{e(f.owner)}<br>{f.street}, {f.post} {f.town}</p>{head("B", "Identification du titulaire du marché public")}<p>{e(f.firm)}<br>SIRET : {f.siret_text()}</p>{head("C", "Objet du marché public")}<p>{e(f.site)} - Lot {f.lot} - Marché {f.contract}</p>{head("D", "Maître d'œuvre")}<p>{e(f.designer)}</p>
    {head("E", "Décision de réception")}<p>Au vu du procès-verbal des opérations préalables à la réception en date du {f.day(f.visit)} et des propositions du maître d'œuvre, le maître d'ouvrage décide que :</p>
    <p>{box(f.rng, decision == "sans_reserve", "letter")} La réception est prononcée sans réserve.</p>
    <p>{box(f.rng, decision == "sous_reserve", "letter")} La réception est prononcée sous réserve de l'exécution concluante des épreuves.</p>
    <p>{box(f.rng, decision == "avec_reserves", "letter")} La réception est prononcée avec réserves, le titulaire devant remédier aux imperfections indiquées en annexe.</p>
    <p>La date d'achèvement des travaux, retenue pour la réception, est fixée au : {f.day(f.effect)}</p>"""
    if decision == "avec_reserves":
        body += f"<p>Annexe n° 1 : réserves</p><ol>{''.join(f'<li>{e(r)}</li>' for r in f.reserves)}</ol>"
    body += f"{head('F', 'Signature du maître de l’ouvrage')}<p>A {f.town}, le {when}</p>{strokes}<p style='font-size:7pt'>EXE6 – Décision de réception &nbsp;&nbsp; (référence du marché : {f.contract}) &nbsp;&nbsp; Page : 1 / 1</p>"
    return (
        page(f, body, size=9.5, margin="14mm"),
        "pv_reception",
        fields
        | who(f, "owner", "firm", "siret", "site", "lot", "contract", "designer"),
    )


def exe4_form(f):
    """The State's minutes before reception."""
    fields = {"date_document": f.visit.isoformat()}
    none = f.rng.random() < 0.4
    fields["reserves"] = not none
    if not none:
        fields["reserves_list"] = list(f.reserves)
    _signed, when, strokes = sign(f, fields, f.signed_on, 0.8)
    body = f"""<p class=r>EXE4</p><p class=c><b>PROCÈS-VERBAL DES OPÉRATIONS PRÉALABLES À LA RÉCEPTION</b></p><p>A - Maître de l'ouvrage : {e(f.owner)}</p><p>B - Titulaire du marché public : {e(f.firm)}</p><p>C - Maître d'œuvre : {e(f.designer)}</p><p>D - Objet : {e(f.site)}<br>Numéro du marché : {f.contract} &nbsp; Lot : {f.lot}</p>
    <p>E - Le soussigné, maître d'œuvre, après avoir convoqué le titulaire, a procédé le {f.day(f.visit)} à l'examen des ouvrages exécutés et a constaté que :</p>
    <p>{box(f.rng, True, "letter")} les épreuves prévues au marché ont été exécutées et concluantes ;</p><p>{box(f.rng, none, "letter")} les ouvrages sont conformes au marché ;</p><p>{box(f.rng, not none, "letter")} les imperfections ou malfaçons énumérées ci-dessous ont été relevées :</p>{"" if none else "<ul>" + "".join(f"<li>{e(r)}</li>" for r in f.reserves) + "</ul>"}
    <p>À {f.town}, le {when}</p><p>Le maître d'œuvre</p>{strokes}<p>Le titulaire (accepte le présent procès-verbal)</p>"""
    return (
        page(f, body),
        "pv_opr",
        fields | who(f, "owner", "firm", "designer", "site", "contract", "lot"),
    )


def opr_site(f):
    """A designer's list before reception, in a table, two pages."""
    fields = {
        "date_document": f.visit.isoformat(),
        "reserves": True,
        "reserves_list": list(f.reserves),
    }
    _signed, when, strokes = sign(f, fields, f.visit, 0.8)
    rows = [
        [
            f"{n:02d}",
            f.rng.choice(["Hall", "Étage 1", "Cage A", "Façade"]),
            e(r),
            e(f.firm),
        ]
        for n, r in enumerate(f.reserves, 1)
    ]
    body = f"""<div style='position:running(foot)'></div><p><b>{e(f.designer)}</b></p><h2>PRÉ-RÉCEPTION – Compte rendu de visite du {f.day(f.visit)}</h2>{table([["Projet", e(f.site)], ["Client", e(f.owner)], ["Marché / lot", f"{f.contract} / lot {f.lot}"], ["Entreprise", e(f.firm)]], cls="plain", widths=("22%", "78%"))}
    <p>Cette visite s'inscrit dans les opérations préalables à la réception. Elle ne constitue pas une réception au sens de l'article 1792-6 du Code civil.</p><div style='page-break-before:always'></div><p>Points à reprendre avant la réception prévue le {f.day(f.deadline)} :</p>{table(rows, head=["#", "Lieu", "Remarque", "Resp."], widths=("7%", "16%", "50%", "27%"))}<p>Dressé par {e(f.designer)}, le {when}</p>{strokes}"""
    return (
        page(f, body),
        "pv_opr",
        fields | who(f, "designer", "site", "owner", "contract", "lot", "firm"),
    )


def lifting_grid(f):
    """Reserves with the day each was lifted."""
    open_ones = f.rng.choice([0, 0, 1])
    fields = {
        "decision": "levee_partielle" if open_ones else "levee_totale",
        "reserves": bool(open_ones),
        "date_reception": f.effect.isoformat(),
        "date_levee": f.issued.isoformat(),
    }
    _signed, when, strokes = sign(f, fields, f.issued, 0.8)
    kept = f.reserves[len(f.reserves) - open_ones :] if open_ones else []
    if kept:
        fields["reserves_list"] = kept
    rows = [
        [
            str(n),
            e(r),
            "Non fait" if r in kept else "Fait",
            "à reprendre" if r in kept else f.day(f.issued),
        ]
        for n, r in enumerate(f.reserves, 1)
    ]
    body = f"""<h3>CONSTAT DE LEVÉE DES RÉSERVES</h3><p>Chantier : {e(f.site)}<br>Maître d'ouvrage : {e(f.owner)}<br>Entrepreneur : {e(f.firm)}<br>Réf. marché : {f.contract}</p><p>Réception prononcée avec réserves en date du {f.day(f.effect)}. Visite de contrôle du {f.day(f.issued)}.</p>{table(rows, head=["N°", "Réserve émise", "État", "Date / observation"], widths=("8%", "52%", "15%", "25%"))}
    <p>{"En conséquence, une réserve demeure." if kept else "En conséquence, l'intégralité des réserves est levée."}</p><p>Le maître d'ouvrage, le {when}</p>{strokes}"""
    return (
        page(f, body),
        "pv_levee_reserves",
        fields | who(f, "site", "owner", "firm", "contract"),
    )


def lifting_letter(f):
    """An owner's letter that frees the firm."""
    fields = {
        "decision": "levee_totale",
        "reserves": False,
        "date_reception": f.effect.isoformat(),
        "date_levee": f.issued.isoformat(),
    }
    _signed, _when, strokes = sign(f, fields, f.issued, 0.8)
    if not strokes:
        fields.pop("date_signature", None)
    body = f"""<p>{e(f.owner)}<br>{f.street}<br>{f.post} {f.town}</p><p style='margin-left:55%'>{e(f.firm)}<br>{f.town}</p><p>{f.town}, le {f.day(f.issued)}</p><p><b>Objet : mainlevée des réserves – {e(f.site)}</b><br>Marché n° {f.contract}, lot {f.lot}</p><p>Madame, Monsieur,</p>
    <p>Les travaux que vous avez exécutés ont été réceptionnés avec réserves le {f.day(f.effect)}. Nous avons constaté que vous avez remédié à l'ensemble des désordres signalés. Par la présente, nous prononçons la levée de la totalité des réserves à compter de ce jour et donnons mainlevée de la retenue de garantie à son échéance.</p><p>Veuillez agréer, Madame, Monsieur, nos salutations distinguées.</p>{strokes}"""
    return (
        page(f, body),
        "pv_levee_reserves",
        fields | who(f, "owner", "firm", "site", "contract", "lot"),
    )


def order_public(f):
    """A public buyer's order, labels above values."""
    rows, ht = f.goods()
    tva = (ht * Decimal("0.2")).quantize(Decimal("0.01"))
    fields = {
        "date_document": f.issued.isoformat(),
        "montant_ht": str(ht),
        "montant_tva": str(tva),
        "montant_ttc": str(ht + tva),
    }
    signed, _when, strokes = sign(f, fields, f.issued, 0.6)
    fields.pop("date_signature", None)

    def cell(label, text):
        return f"<small>{label}</small><br>{e(text)}"

    body = f"""<table class=plain><tr><td style='width:50%'><b>{e(f.owner)}</b><br>Service achats<br>{f.street}<br>{f.post} {f.town}</td><td><h2>BON DE COMMANDE</h2></td></tr></table>{table([[cell("N° de commande", f.order), cell("Date d'émission", f.day(f.issued)), cell("Engagement juridique", f"EJ{f.rng.randrange(10**6)}"), cell("Code service", "ST-04")]])}{table([[f"<b>Fournisseur</b><br>{e(f.firm)}<br>SIRET {f.siret_text()}", f"<b>Lieu d'exécution</b><br>{e(f.site)}<br>{f.town}"]])}
    {table([[e(n), str(q), money(p, ""), money(t, "")] for n, q, p, t in rows], head=["Description", "Quantité", "P.U. HT", "Total HT"], widths=("50%", "14%", "18%", "18%"))}{table([["Montant total HT", money(ht)], ["Montant TVA (20,00 %)", money(tva)], ["Montant total TTC", money(ht + tva)]], widths=("70%", "30%"))}
    <p>L'ordonnateur,</p>{strokes}<p style='font-size:8pt'>Facture à déposer sur Chorus Pro en rappelant le numéro de commande.</p>"""
    return (
        page(f, body),
        "bon_commande",
        fields | who(f, "owner", "order", "firm", "siret", "site"),
    )


def order_english(f):
    """A group's purchase order with English words."""
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
    body = f"""<table class=plain><tr><td><h1>{e(f.owner)}</h1></td><td class=r><b>Purchase Order / Commande</b><br>PO Number / N° : {f.order}<br>Date : {f.day(f.issued)}<br>Page 1/1</td></tr></table><table class=plain><tr><td>Vendor / Fournisseur :<br><b>{e(f.firm)}</b><br>{f.street}<br>SIRET : {f.siret_text()}</td><td>Ship to / Livraison :<br>{e(f.site)}<br>{f.post} {f.town}</td></tr></table>
    {table([[str(10 * i), e(n), str(q), money(p, ""), money(t, "")] for i, (n, q, p, t) in enumerate(rows, 1)], head=["Item", "Description", "Qty", "Unit price", "Amount"])}<div style='margin-left:50%'>{table([["Subtotal excl. tax / Total HT", money(ht, " EUR")], ["VAT / TVA 20%", money(tva, " EUR")], ["Total incl. tax / TTC", money(ht + tva, " EUR")]], cls="plain")}</div><p>Payment terms: 45 days end of month / 45 jours fin de mois</p><p>Authorized signature / Signature autorisée</p>{strokes}"""
    return (
        page(f, body),
        "bon_commande",
        fields | who(f, "owner", "order", "firm", "siret", "site"),
    )


def order_confirm(f):
    """An order in a letter that accepts a quote."""
    ht, tva, ttc = f.amounts("10")
    fields = {
        "date_document": f.issued.isoformat(),
        "montant_ht": str(ht),
        "montant_tva": str(tva),
        "montant_ttc": str(ttc),
    }
    _signed, _when, strokes = sign(f, fields, f.issued, 0.8)
    fields.pop("date_signature", None)
    body = f"""<p>{e(f.owner)}<br>{f.street} – {f.post} {f.town}</p><p style='margin-left:55%'>À l'attention de<br>{e(f.firm)}</p><p style='margin-left:55%'>Le {f.day(f.issued)}</p><p>Réf. : {f.order}<br>Objet : Commande de travaux – {e(f.site)}</p><p>Messieurs,</p><p>Suite à votre devis n° D{f.rng.randrange(1000, 9999)} du {f.day(f.visit)}, nous avons le plaisir de vous passer commande des travaux de {f.trade.lower()} pour un montant de {money(ht)} HT, soit {money(ttc)} TTC (TVA 10 % : {money(tva)}).</p><p>Merci de rappeler le numéro de commande {f.order} sur votre facture.</p><p>Bon pour commande,</p>{strokes}"""
    return (
        page(f, body),
        "bon_commande",
        fields | who(f, "owner", "firm", "order", "site"),
    )


def os_start(f):
    """A service order by the designer, in a frame, with the firm's receipt."""
    fields = {
        "ref_os": f.number,
        "date_document": f.issued.isoformat(),
        "date_effet": f.deadline.isoformat(),
    }
    signed, _when, strokes = sign(f, fields, f.issued, 0.75)
    body = f"""<p><b>{e(f.designer)}</b>, maître d'œuvre</p><p class=c style='border:1pt solid #000;padding:5pt'><b>ORDRE DE SERVICE N° {f.number.zfill(2)}</b><br>prescrivant le démarrage des travaux</p>{table([["Maître d'ouvrage", e(f.owner)], ["Opération", e(f.site)], ["Marché", f.contract], ["Lot", f"{f.lot} {f.trade}"], ["Entreprise", e(f.firm)], ["Délai d'exécution", "6 mois"]], widths=("30%", "70%"))}<p>Il est prescrit à l'entreprise désignée ci-dessus de commencer l'exécution des travaux le <b>{f.day(f.deadline)}</b>.</p><p>Fait à {f.town} le {f.day(f.issued)}</p><p>Le maître d'œuvre</p>{strokes or "<br><br>"}<p style='border-top:1pt dashed #555'>Récépissé à retourner : l'entreprise soussignée reconnaît avoir reçu le présent ordre de service le ..........................</p>"""
    return (
        page(f, body),
        "ordre_service",
        fields | who(f, "designer", "owner", "site", "contract", "lot", "firm"),
    )


def os_delay(f):
    """A service order that extends the time, a public owner's."""
    fields = {
        "ref_os": f.number,
        "date_document": f.issued.isoformat(),
        "date_effet": f.deadline.isoformat(),
    }
    _signed, _when, strokes = sign(f, fields, f.issued, 0.75)
    body = f"""<table><tr><td><b>{e(f.owner)}</b></td><td>Marché public de travaux n° {f.contract}</td></tr></table><h3>OS n°{f.number} – Prolongation de délai</h3><p>Opération : {e(f.site)}<br>Titulaire : {e(f.firm)} (SIRET {f.siret_text()})</p><p>Par le présent ordre de service, le délai contractuel est prolongé de 21 jours calendaires. Cette décision est applicable à compter du {f.day(f.deadline)}.</p><p>Le titulaire dispose de 15 jours pour présenter ses observations.</p><p>{f.town}, le {f.day(f.issued)}<br>Le représentant du pouvoir adjudicateur</p>{strokes}"""
    return (
        page(f, body),
        "ordre_service",
        fields | who(f, "owner", "contract", "site", "firm", "siret"),
    )


def progress(f, fields, month):
    """Amounts of a period with what came before: rows and the fields they fill."""
    ht, tva, ttc = f.amounts()
    before = Decimal(f.rng.randrange(500_000, 9_000_000)) / 100
    fields |= {
        "montant_ht": str(ht),
        "montant_tva": str(tva),
        "montant_ttc": str(ttc),
        "ref_situation": f.number,
        "periode": f"2026-{month:02d}",
    }
    return before, ht, tva, ttc


def situation_statement(f):
    """A monthly account with three columns of amounts."""
    fields = {"date_document": f.issued.isoformat()}
    month = f.rng.randrange(1, 10)
    before, ht, tva, ttc = progress(f, fields, month)
    _signed, when, strokes = sign(f, fields, f.signed_on, 0.6)
    old_tva = (before * Decimal("0.2")).quantize(Decimal("0.01"))
    body = f"""<table class=plain><tr><td><b>{e(f.firm)}</b><br>{f.street}<br>{f.post} {f.town}<br>N° SIRET : {f.siret_text()}</td><td class=r>Maître d'ouvrage :<br><b>{e(f.owner)}</b></td></tr></table><h3>PROJET DE DÉCOMPTE MENSUEL N° {f.number}</h3><p>Mois de {MONTHS[month - 1]} 2026 – établi le {f.day(f.issued)}</p><p>Chantier : {e(f.site)}<br>Marché : {f.contract} – Lot : {f.lot}<br>Maître d'œuvre : {e(f.designer)}</p>
    {table([["Travaux exécutés HT", money(before + ht, ""), money(before, ""), money(ht, "")], ["TVA 20 %", money(old_tva + tva, ""), money(old_tva, ""), money(tva, "")], ["<b>Total TTC</b>", money(before + old_tva + ttc, ""), money(before + old_tva, ""), money(ttc, "")]], head=["", "Cumul à ce jour", "Mois précédent", "Mois en cours"])}<p>Retenue de garantie 5 % : {money((ttc * Decimal("0.05")).quantize(Decimal("0.01")))}</p><p>Visa du maître d'œuvre, le {when}</p>{strokes}"""
    return (
        page(f, body),
        "situation",
        fields
        | who(f, "firm", "siret", "owner", "site", "contract", "lot", "designer"),
    )


def situation_request(f):
    """A craftsman's request for a part payment."""
    fields = {"date_document": f.issued.isoformat()}
    month = f.issued.month
    before, ht, tva, ttc = progress(f, fields, month)
    _signed, _when, strokes = sign(f, fields, f.issued, 0.5)
    fields.pop("date_signature", None)
    total = before + ht + Decimal("12000.00")
    body = f"""<h2>{e(f.firm)}</h2><p>SIRET {f.siret_text()}</p><p class=r>{e(f.owner)}<br>{f.street}<br>{f.post} {f.town}</p><h3>Situation de travaux n° {f.number.zfill(2)} arrêtée à fin {MONTHS[month - 1]} 2026</h3><p>Affaire : {e(f.site)} (marché {f.contract})<br>Date : {f.day(f.issued)}</p>{table([["Montant du marché HT", money(total)], ["Avancement cumulé", f"{(100 * (before + ht) / total).quantize(Decimal('0.01'))} %"], ["Travaux cumulés HT", money(before + ht)], ["Situations antérieures HT", "- " + money(before)], ["Montant HT de la situation", money(ht)], ["TVA à 20 %", money(tva)], ["Montant TTC de la situation", money(ttc)], ["Retenue de garantie 5 %", "- " + money((ttc / 20).quantize(Decimal("0.01")))], ["Net à régler", money(ttc - (ttc / 20).quantize(Decimal("0.01")))]], widths=("65%", "35%"))}<p>Le maître d'œuvre, bon à payer</p>{strokes}"""
    return (
        page(f, body),
        "situation",
        fields | who(f, "firm", "siret", "owner", "site", "contract"),
    )


def certificate_grid(f):
    """A certificate with letters for the lines, signed by the designer."""
    fields = {"date_document": f.issued.isoformat()}
    before, ht, tva, ttc = progress(f, fields, 5)
    fields.pop("periode")
    _signed, when, strokes = sign(f, fields, f.issued, 0.7)
    keep = (ttc / 20).quantize(Decimal("0.01"))
    body = f"""<p><b>{e(f.designer)}</b></p><h2 class=c>CERTIFICAT POUR PAIEMENT N° {f.number}</h2><p>Date : {f.day(f.issued)}</p><table><tr><td>Maître d'ouvrage<br><b>{e(f.owner)}</b></td><td>Entreprise<br><b>{e(f.firm)}</b><br>{f.siret_text()}</td></tr><tr><td>Opération<br><b>{e(f.site)}</b></td><td>Lot {f.lot} – Marché n° {f.contract}</td></tr></table>
    {table([["A", "Cumul des travaux HT", money(before + ht)], ["B", "À déduire : certificats précédents HT", money(before)], ["C", "Montant HT du présent certificat (A – B)", money(ht)], ["D", "TVA 20 %", money(tva)], ["E", "Montant TTC (C + D)", money(ttc)], ["F", "Retenue de garantie", money(keep)], ["", "<b>Somme à verser</b>", money(ttc - keep)]], widths=("8%", "62%", "30%"))}<p>Nous certifions que l'entreprise peut recevoir la somme ci-dessus.</p><p>L'architecte, le {when}</p>{strokes}{stamp(f.rng, f.designer) if strokes else ""}"""
    return (
        page(f, body),
        "certificat_paiement",
        fields
        | who(f, "designer", "owner", "firm", "siret", "site", "lot", "contract"),
    )


def payment_state(f):
    """A public owner's state of a part payment."""
    fields = {"date_document": f.issued.isoformat()}
    before, ht, tva, ttc = progress(f, fields, 5)
    fields.pop("periode")
    _signed, when, strokes = sign(f, fields, f.issued, 0.7)
    body = f"""<p>{e(f.owner)}</p><h3>ÉTAT D'ACOMPTE N° {f.number} – CERTIFICAT DE PAIEMENT</h3><p>Marché n° {f.contract} – {e(f.site)}<br>Titulaire : {e(f.firm)} – SIRET : {f.siret_text()}<br>Maîtrise d'œuvre : {e(f.designer)}</p><p>Montant cumulé des travaux au présent état : {money(before + ht)} HT<br>Montant des acomptes antérieurs : {money(before)} HT<br>Acompte du mois : {money(ht)} HT<br>TVA (20 %) : {money(tva)}<br>Acompte TTC : {money(ttc)}</p><p>Vu et certifié exact par l'ordonnateur à {f.town}, le {when if strokes else "................"}</p>{strokes}"""
    if not strokes:
        fields.pop("date_document")
    return (
        page(f, body),
        "certificat_paiement",
        fields | who(f, "owner", "contract", "site", "firm", "siret", "designer"),
    )


def doe_transmittal(f):
    """A firm's letter with the documents of the works."""
    papers = f.rng.sample(PAPERS, f.rng.randrange(3, 8))
    fields = {"date_document": f.issued.isoformat(), "nb_documents": len(papers)}
    signed = f.rng.random() < 0.6
    fields["signed"] = signed
    if signed:
        fields["date_signature"] = f.later(f.issued, 3).isoformat()
    rows = [
        [
            str(n),
            e(p),
            f.rng.choice(["PDF", "Papier", "DWG + PDF"]),
            str(f.rng.randrange(1, 4)),
        ]
        for n, p in enumerate(papers, 1)
    ]
    body = f"""<p><b>{e(f.firm)}</b></p><p class=r>{e(f.owner)}<br>s/c {e(f.designer)}</p><p>{f.town}, le {f.day(f.issued)}</p><h3>Transmission du D.O.E. – bordereau d'envoi</h3><p>Opération : {e(f.site)} – marché {f.contract} – lot {f.lot}</p>{table(rows, head=["N°", "Pièce transmise", "Support", "Ex."], widths=("8%", "56%", "24%", "12%"))}<p>Accusé de réception : reçu le {f.day(f.later(f.issued, 3)) if signed else "...................."} &nbsp; Signature : {signature(f.rng) if signed else ""}</p>"""
    return (
        page(f, body),
        "doe_bordereau",
        fields | who(f, "firm", "owner", "designer", "site", "contract", "lot"),
    )


def invoice_boxed(f):
    """A supplier's invoice with several totals and rates."""
    rows, ht = f.goods(4)
    half = rows[0][3]
    tva1, tva2 = (
        (half * Decimal("0.1")).quantize(Decimal("0.01")),
        ((ht - half) * Decimal("0.2")).quantize(Decimal("0.01")),
    )
    tva = tva1 + tva2
    fields = {
        "ref_facture": f.invoice,
        "date_document": f.issued.isoformat(),
        "date_echeance": f.due.isoformat(),
        "montant_ht": str(ht),
        "montant_tva": str(tva),
        "montant_ttc": str(ht + tva),
    }
    body = f"""<table class=plain><tr><td><h2>{e(f.firm)}</h2>{f.street}<br>{f.post} {f.town}<br>Siret : {f.siret_text()} – APE 4399C</td><td><table><tr><th>Facture n°</th><th>Date</th><th>Client</th></tr><tr><td>{f.invoice}</td><td>{f.day(f.issued)}</td><td>C{f.rng.randrange(1000, 9999)}</td></tr></table><p><b>{e(f.owner)}</b><br>{f.post} {f.town}</p></td></tr></table><p>Chantier : {e(f.site)} &nbsp; V/Commande : {f.order}</p>{table([[e(n), str(q), money(p, ""), "10" if i == 0 else "20", money(t, "")] for i, (n, q, p, t) in enumerate(rows)], head=["Libellé", "Qté", "PU HT", "TVA %", "Montant HT"])}
    <table class=plain><tr><td>{table([["10,00", money(half, ""), money(tva1, "")], ["20,00", money(ht - half, ""), money(tva2, "")]], head=["Taux", "Base HT", "TVA"])}</td><td>{table([["Total HT", money(ht)], ["Total TVA", money(tva)], ["Total TTC", money(ht + tva)], ["Acompte versé", money(Decimal(0))], ["NET À PAYER", money(ht + tva)]])}</td></tr></table><p>Date d'échéance : {f.day(f.due)} – Règlement par virement. IBAN FR76 3000 4000 0312 3456 7890 143</p><p style='font-size:7.5pt'>Pénalités de retard : trois fois le taux d'intérêt légal. Indemnité forfaitaire de 40 € pour frais de recouvrement.</p>"""
    return (
        page(f, body),
        "facture",
        fields | who(f, "firm", "siret", "owner", "site", "order"),
    )


def invoice_reverse(f):
    """A subcontractor's invoice under reverse charge, by situation."""
    ht, _tva, _ttc = f.amounts()
    before = Decimal(f.rng.randrange(500_000, 4_000_000)) / 100
    fields = {
        "ref_facture": f.invoice,
        "ref_situation": f.number,
        "date_document": f.issued.isoformat(),
        "date_echeance": f.due.isoformat(),
        "montant_ht": str(ht),
        "montant_ttc": str(ht),
        "montant_tva": "0.00",
    }
    body = f"""<p><b>{e(f.firm)}</b> – SIRET {f.siret_text()}<br>N° TVA FR12{f.siret[:9]}</p><p style='margin-left:55%'>Facturé à :<br>{e(f.firm2)}<br>{f.street}<br>{f.post} {f.town}</p><h3>FACTURE {f.invoice}</h3><p>Du {f.day(f.issued)} – à régler avant le {f.day(f.due)}</p><p>Contrat de sous-traitance {f.contract} – {e(f.site)} – Situation n° {f.number}</p>{table([["Travaux cumulés", money(before + ht)], ["Situation précédente", money(before)], ["Total HT de la présente", money(ht)], ["TVA (autoliquidation)", money(Decimal(0))], ["Net à payer", money(ht)]], widths=("70%", "30%"))}<p>Autoliquidation – TVA due par le preneur, art. 283-2 nonies du CGI.</p>"""
    fields["donneur_ordre"] = f.firm2
    return (
        page(f, body),
        "facture",
        fields | who(f, "firm", "siret", "contract", "site"),
    )


def invoice_works(f):
    """An invoice of works with a retention and an advance."""
    ht, tva, ttc = f.amounts()
    keep = (ttc / 20).quantize(Decimal("0.01"))
    fields = {
        "ref_facture": f.invoice,
        "date_document": f.issued.isoformat(),
        "date_echeance": f.due.isoformat(),
        "montant_ht": str(ht),
        "montant_tva": str(tva),
        "montant_ttc": str(ttc),
    }
    body = f"""<table class=plain><tr><td>{e(f.owner)}<br>{f.street}<br>{f.post} {f.town}</td><td class=r><b style='font-size:16pt'>FACTURE</b><br>N° {f.invoice}<br>{f.day(f.issued)}</td></tr></table><p><b>Émetteur :</b> {e(f.firm)}, SIRET {f.siret_text()}</p><p><b>Marché :</b> {f.contract} <b>Chantier :</b> {e(f.site)}</p><p>Travaux du lot {f.lot} réalisés conformément au marché.</p><div style='margin-left:45%'>{table([["Sous-total HT", money(ht)], ["TVA 20,00 %", money(tva)], ["Total TTC", money(ttc)], ["Retenue de garantie (5 %)", "-" + money(keep)], ["Reste dû", money(ttc - keep)]])}</div><p>Échéance : {f.day(f.due)}</p>"""
    return (
        page(f, body),
        "facture",
        fields | who(f, "owner", "firm", "siret", "contract", "site"),
    )


def invoice_pages(f):
    """An invoice of many lines over two pages, with a carried sum."""
    rows, ht = f.goods(9)
    tva = (ht * Decimal("0.2")).quantize(Decimal("0.01"))
    first = sum((row[3] for row in rows[:5]), Decimal(0))
    fields = {
        "ref_facture": f.invoice,
        "date_document": f.issued.isoformat(),
        "date_echeance": f.due.isoformat(),
        "montant_ht": str(ht),
        "montant_tva": str(tva),
        "montant_ttc": str(ht + tva),
    }
    head = f"<table class=plain><tr><td><b>{e(f.firm)}</b><br>{f.post} {f.town}</td><td class=r>Facture {f.invoice} du {f.day(f.issued)}</td></tr></table>"

    def lines(part):
        return table(
            [[e(n), str(q), money(p, ""), money(t, "")] for n, q, p, t in part],
            head=["Article", "Quantité", "Prix", "Total"],
            widths=("55%", "13%", "16%", "16%"),
        )

    body = f"""{head}<p>Doit : {e(f.owner)}, {f.street}, {f.post} {f.town}</p><p>Livré sur : {e(f.site)} – votre commande {f.order}</p>{lines(rows[:5])}<p class=r>À reporter : {money(first)}</p><div style='page-break-before:always'></div>{head}<p class=r>Report : {money(first)}</p>{lines(rows[5:])}{table([["Montant HT", "TVA 20 %", "Montant TTC", "Échéance"], [money(ht), money(tva), money(ht + tva), f.day(f.due)]])}<p style='font-size:8pt'>{e(f.firm)} – SIRET {f.siret_text()} – Capital 50 000 €</p>"""
    return (
        page(f, body),
        "facture",
        fields | who(f, "firm", "owner", "site", "order", "siret"),
    )


def minutes(f):
    """Minutes of a site meeting that speak of reception."""
    body = f"""<p>{e(f.designer)}</p><h2>Compte-rendu de réunion de chantier n° 27</h2><p>{e(f.site)} – réunion du {f.day(f.visit)}</p><p>Présents : {e(f.owner)}, {e(f.firm)}</p><p>1. Avancement : travaux du lot {f.lot} terminés. La réception sans réserve est envisagée le {f.day(f.effect)}.</p><p>2. Levée des réserves des autres lots : en cours.</p><p>3. Situations : la situation n° 4 a été validée.</p><p>Prochaine réunion le {f.day(f.signed_on)}.</p>{signature(f.rng)}"""
    return page(f, body), "autre", {}


def convocation(f):
    """A call to the visit of reception."""
    body = f"""<p>{e(f.firm)}</p><p class=r>{e(f.owner)}</p><p>{f.town}, le {f.day(f.issued)}</p><p><b>Objet : demande de réception des travaux – {e(f.site)}</b></p><p>Madame, Monsieur,</p><p>Nous vous informons que nos travaux, objet du marché {f.contract}, seront achevés le {f.day(f.deadline)}. Conformément à l'article 41 du CCAG, nous vous demandons de bien vouloir procéder à leur réception et vous prions de nous indiquer la date des opérations préalables.</p><p>Cordialement,</p>{signature(f.rng)}"""
    return page(f, body), "autre", {}


def decennial(f):
    """An insurer's attestation."""
    body = f"""<h3>ATTESTATION D'ASSURANCE RESPONSABILITÉ DÉCENNALE</h3><p>Assurmax BTP certifie que {e(f.firm)}, SIRET {f.siret_text()}, est titulaire d'un contrat n° {f.order} garantissant sa responsabilité décennale pour les chantiers ouverts entre le 01/01/2026 et le 31/12/2026.</p><p>Activités : {f.trade}. La garantie s'applique après réception des ouvrages, avec ou sans réserves.</p><p>Fait le {f.day(f.issued)}</p>{signature(f.rng)}"""
    return page(f, body), "autre", {}


def quote(f):
    """A quote to be signed as an order."""
    rows, ht = f.goods()
    tva = (ht * Decimal("0.2")).quantize(Decimal("0.01"))
    body = f"""<h2>{e(f.firm)}</h2><p>SIRET {f.siret_text()}</p><h3>Proposition commerciale {f.invoice}</h3><p>Client : {e(f.owner)}<br>Chantier : {e(f.site)}<br>Le {f.day(f.issued)} – valable 2 mois</p>{table([[e(n), str(q), money(t)] for n, q, _p, t in rows])}<p>Total HT {money(ht)} – TVA {money(tva)} – TTC {money(ht + tva)}</p><p>Paiement : 30 % à la commande, 65 % sur situations, 5 % à la réception des travaux sans réserve.</p><p>Bon pour accord, date et signature du client :</p>"""
    return page(f, body), "autre", {}


def guarantee(f):
    """A bank's guarantee in place of the retention."""
    _ht, _tva, ttc = f.amounts()
    body = f"""<h3>GARANTIE À PREMIÈRE DEMANDE</h3><p>Caisse régionale d'Ostre, ci-après la Banque, se porte garante de {e(f.firm)} au profit de {e(f.owner)} pour le marché n° {f.contract} relatif à : {e(f.site)}, à hauteur de {money(ttc)} en remplacement de la retenue de garantie de 5 %.</p><p>Cette garantie expirera un an après la réception des travaux ou à la levée des réserves.</p><p>Fait à {f.town}, le {f.day(f.issued)}</p>{signature(f.rng)}"""
    return page(f, body), "autre", {}


def statement(f):
    """A statement of account with invoices."""
    rows = [
        [f.day(f.issued), f"Facture {f.invoice}", money(Decimal("4120.00"))],
        [f.day(f.old), "Facture 2512-88", money(Decimal("980.40"))],
    ]
    body = f"""<h3>Relevé de compte client</h3><p>{e(f.firm)}</p><p class=r>{e(f.owner)}</p><p>Arrêté au {f.day(f.due)}</p>{table(rows, head=["Date", "Pièce", "Montant TTC"])}<p>Solde dû : {money(Decimal("5100.40"))}</p><p>Merci de bien vouloir procéder au règlement de ces factures.</p>"""
    return page(f, body), "autre", {}


FAMILIES = {
    maker.__name__: maker
    for maker in (
        pv_columns,
        pv_story,
        pv_sub,
        pv_under,
        exe6_form,
        exe4_form,
        opr_site,
        lifting_grid,
        lifting_letter,
        order_public,
        order_english,
        order_confirm,
        os_start,
        os_delay,
        situation_statement,
        situation_request,
        certificate_grid,
        payment_state,
        doe_transmittal,
        invoice_boxed,
        invoice_reverse,
        invoice_works,
        invoice_pages,
        minutes,
        convocation,
        decennial,
        quote,
        guarantee,
        statement,
    )
}
