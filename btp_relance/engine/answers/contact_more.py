# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""Boxes that belong to somebody else, tasks handed over, and addressees nobody knows."""

from .lexicon import compile_all, near

TASK = r"\b(?:factur\w+|comptab\w+|compta|paiements?|reglements?|tresorerie|fournisseurs?|sous-traitants?|gestion|dossiers?|immeuble|copropriete|invoic\w+|accounts?|payables?|payments?|billing|ledger|ap|finance)\b"

WRONG = compile_all([
    (r"\b(?:cette|ce|this|the) (?:boite|adresse|messagerie|ligne|numero|mailbox|inbox|address|line|number|e-?mail)(?: e?-?mail| mail| address)? (?:est (?:celle|celui|reservee?|dediee?|partagee?|generique)|appartient|sert|ne sert|n'est (?:pas|plus|reservee?|destinee?)|concerne|belongs to|is (?:only |just )?(?:for|used|reserved|shared|the)|isn'?t (?:for|used))\b", 0.76),
    (r"\bvous (?:ecrivez|avez ecrit|tombez|etes tombee?s?|etes|m'ecrivez|adressez) (?:la |ici )?(?:a la boite|au service|a l'adresse|a l'accueil|au standard|au secretariat|sur la (?:boite|messagerie)|sur (?:le|mon) (?:portable|numero|mail)|chez (?!vous|nous en))|\byou(?:'ve| have)? (?:reached|emailed|come through to|got through to|written to) (?:the|a|my|our)\b", 0.74),
    (near(rf"(?:{TASK})", r"\b(?:externalis\w+|sous-traite\w* (?:a|chez)|delegue\w* (?:a|au|aux)|confiee?s? (?:a|au)|transferee?s? (?:a|au|chez|vers) (?!(?:votre|vos|compte|banque)\b)|centralisee?s? (?:a|au|chez)|rattachee?s? (?:a|au)|outsourced|moved to|handed (?:over )?to|transferred to (?:our|the|a))\b", 45), 0.72),
    (r"\b(?:please )?(?:loop in|cc in|copy in|bring in)\b|\b(?:she|he|they|elle|il)(?:'s| is|'re| are)? (?:now )?(?:runs?|keeps?|running|has taken (?:it |this |that )?over|have taken over|took over|a repris|reprend|ont repris|gere desormais|tient)\b(?! (?:le chantier|les travaux))", 0.74),
    (r"(?<!je )(?<!faut )\b(?:vo(?:yez|ir|is)|regl(?:ez|er)|trait(?:ez|er)|parlez-en|parler|discutez|arrang(?:ez|er)[- ]vous) (?:(?:ca|cela|donc|ce point|plutot|directement|le) )?(?:avec|a) (?!(?:vous|votre|vos|nous|moi|la fin|cheque|notre (?:client|banque)|le (?:client|chantier)|ce|cette|attention|l'amiable)\b)[a-z]+(?= ?[.,:;(]|$| (?:du|de la|au|a la|[a-z.]+@|qui|\d))", 0.68),
    (r"\b(?:inconnue?s? (?:a (?:cette|l'|notre)|chez nous|ici|de nos (?:services|effectifs)|dans (?:nos (?:effectifs|services)|la societe|notre))|n'habite plus|ne reside plus|n'y (?:habite|reside|travaille)|npai\b|sans laisser d'adresse|not known (?:at|here)|unknown at this|no one (?:here )?(?:by|of|called)|nobody (?:by|of|called)|personne (?:de ce nom|ne s'appelle|du nom)|rectif\w+ vos (?:fichiers|donnees|bases)|mett\w+ a jour (?:vos|votre) (?:fichiers?|contacts?|base|carnet|repertoire))\b", 0.78),
    (r"\b(?:suis|sommes|am|are)\b[^.!?;]{0,40}\b(?:pas|non|et non|not) (?:le|la|l'|the|your|votre) ?(?:client\w*|maitre d'ouvrage|proprietaire|payeur|donneur d'ordre|debiteur|destinataire|customer|client|owner|employer|debtor|payer|one (?:who )?pay\w*)\b", 0.8),
    (r"\b(?:a|ont|has|have) (?:\w+ )?(?:change|changed) (?:de |d'|of )?(?:mains?|proprietaires?|hands|owners?|gestionnaire|syndic|exploitant|raison sociale)\b", 0.78),
    (r"\b(?:payeur|debiteur|redevable|client final|donneur d'ordre) (?:est|reste|c'est)\b[^.!?;]{0,40}\b(?:et non|pas|not)\b|\ba (?:moi|lui|elle|eux|nous)(?: seul\w*)? qu'il (?:faut|convient|y a lieu)\b", 0.76),
    (r"\b(?:repris|reprends|reprend|reprendre|succede|succedons|prends|pris)\s(?:a |la |le |les )*(?:poste|suite de|portefeuille|succession de|place de|releve de)\b(?! (?:votre|notre|cet|cette|nos|vos|ce) )", 0.72),
    (r"\b(?:centralis|receptionn|collect|trait|ger|enregistr|instrui)(?:e|ent|t|sent) (?:toutes )?(?:les|nos|vos) (?:factur|paiement|reglement|relance|situation|courrier)\w*", 0.68),
    (r"\bpourquoi (?:moi|nous)\b ?\?|\bwhy (?:me|us)\b ?\?|\b(?:nothing|rien|pas) (?:\w+ )?(?:to do|a faire|de mon ressort|du ressort) (?:with|avec|dans)? ?(?:me|us|moi|nous|notre service|my team|our team)\b", 0.74),
    (r"\b(?:nouvelle|changement d'|new|change of|updated) ?(?:adresse|adresses|address) (?:de |d'|for |of )?(?:facturation|correspondance|postale|billing|invoic\w+|invoices)\b", 0.72),
])  # fmt: skip
