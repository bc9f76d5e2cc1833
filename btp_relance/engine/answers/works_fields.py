# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""What is built and what goes wrong with it; what is counted or priced, and does not fit."""

from .lexicon import compile_all, family, near

#: Parts of a building, rooms, equipment, materials.
THING = family(
    "porte portes portail portails fenetre* vitrage* vitre* volet* store* baie* veranda* velux garage carreau* carrel* parquet* sol sols chape* dalle* dallage* beton* beton mur murs cloison* placo* plaquiste* plafond* platre* joint joints enduit* crepi facade* ravalement peinture* papier_peint toit toits toiture* tuile* ardoise* gouttiere* charpente* poutre* chemine* isolation isolant* etancheite terrasse* balcon* escalier* marche marches rampe* garde-corps bac douche* baignoire* lavabo* evier* robinet* wc toilettes chasse_d'eau siphon* canalisation* tuyau* evacuation* plomberie chaudiere* radiateur* pompe_a_chaleur pac clim climatisation vmc ventilation ballon* chauffe-eau cumulus poele* tableau* prise* interrupteur* electricite cable* luminaire* ascenseur* cuisine* plan_de_travail meuble* placard* salon chambre* cave* sous-sol cour allee* enrobe* cloture* muret* piscine* regard* fosse* bordure* seuil* plinthe* faience* mortier* moquette* lino chantier travaux ouvrage* pose installation* bardage* acrotere* salle_de_bain* hall",
    "door* window* roof* ceiling* wall* floor* tile* tiling plaster* render* paint* brick* concrete slab* boiler* radiator* heating tap taps shower* bath bathroom sink toilet* drain* drains pipe* pipework socket* switch* wiring lights kitchen worktop* units cupboard* stair* gutter* chimney* fence* gate gates patio* driveway* decking insulation damp_proof* scaffold* carpet* laminate skirting* lift garage conservatory extension loft grout sealant screed cladding fitting fittings installation pump unit plumbing",
)
#: What goes wrong with them.
TROUBLE = family(
    "fuit fuient fuite* coule coulent goutte* infiltr* suinte* coince* coincee bloquee* bouge* bougent branle* grince* claque* tremble* vibr* disjoncte* saute s'arrete s'arretent s'eteint tombe tombent tombee* tombe_en decolle* se_decolle* s'effrite* effrit* s'ecaille* ecaill* fele* felee* fissur* fendu* fendue* casse cassee* brise* brisee* gondole* gonfle gonflent gondol* cloque* jaunit jauni* noircit moisi* pourri* rouille* deform* penche* penchent tordu* bancal* de_travers devers vrille* mal_cale* se_voient visibles visible_a ratee* rate rates loupe* foire* foiree* merde* bacle* horrible* affreux affreuse* moche* sale sales salop* dangereu* instable* branlant* bruit* bruyant* odeur* pue puent sent_mauvais s'affaisse* affaisse* tasse se_tasse part_en_lambeaux lambeaux en_morceaux en_miettes poudre* farine* a_l'envers se_vide deborde* refoule* bouchee* bouche stagne* humide* humidite trempe* mouille* inonde* inondee* pleut ne_ferm* ne_s'ouvr* ne_s'ouvre ne_march* ne_fonctionn* ne_chauff* ne_tien* ne_tourn* ne_refroidi* ne_coule* ne_demarr* mal_pos* mal_fait* mal_fini* mal_mont* mal_isol* froid glaciale deja_us* s'use* trace* tache* taches raye* rayee* eclat* trou trous troue* ecart* jour jours_sous desaxe* pas_droit* pas_droite* pas_de_niveau pas_d'aplomb pas_etanche* pas_fini* inutilisable* hors_service hs dysfonction* defaut* defectueu* malfacon* anomalie*",
    "leak* drip* crack* crumbl* coming_away came_away coming_off came_off coming_loose fallen falling fell loose wobbl* crooked uneven scratch* dent* chipped stain* damp mould* mold* rot rotten rust* warp* buckl* lift* sag* peel* flak* bubbl* blister* squeak* bang* noisy noise smell* stink* block* flood* overflow* backing_up cutting_out cuts_out keeps_cutting keeps_trip* trips tripping stopped_working stops not_working does_not_work doesn't_work won't_close won't_open won't_shut won't_start not_level isn't_level aren't_level not_straight not_flush gaps gap botch* shoddy mess dangerous unsafe faulty defect* broken snapped burst bursting draught* freezing collapsed subsid* sticking sticks jammed jams",
)
COUNTED = family(
    "metre* metres metrage* metrage cubage* quantite* quantite surface* volume* heures heure tonnage* avancement pourcentage* pointage* nombre comptage nacelle* location* jours journees releve* situation kilometrage rotations lineaire longueur* effectif*",
    "quantity quantities hours days measurement* measured area volume length progress percentage timesheet* count hire operatives men loads",
)
PRICED = family(
    "prix tarif* taux tva remise* rabais ristourne* escompte* montant* total forfait* indice* revision* actualisation* coefficient* calcul* devis frais supplement* majoration* marge* bordereau_de_prix avoir acompte* arrondi",
    "price* rate rates vat discount* amount total quote quotation figure* calculation* sum deposit* index fee fees surcharge* mark-up",
)
MISFIT = family(
    "ne_colle* colle_pas ne_tombe* ne_correspond* correspond_pas a_cote_de_la_plaque n'importe_quoi fantaisist* bidon delirant* aberrant* incoherent* incomprehensib* bizarre* trop grand_ecart ecart* loin_de errone* erronee* faux fausse* fausses inexact* incorrect* surestim* surevalu* gonfles gonflee* a_revoir a_recalculer a_refaire a_corriger a_rectifier recalcul* refaire_le_calcul pas_bon pas_bonne* pas_les_bon* pas_le_bon pas_la_bonne pas_juste* pas_exact* pas_coherent* pas_celui pas_celle pas_ceux pas_ce_qui mauvais mauvaise* ou_est ou_sont disparu* oublie* oubliee* omis* envolee* promise* pas_vu pas_vue absente* n'apparai* n'y_est ne_figur* nulle_part pas_deduit* pas_applique* pas_prise_en_compte double* triple* different* diverg*",
    "does_not_add_up doesn't_add_up don't_add_up do_not_match doesn't_match don't_match does_not_match off way_off wrong incorrect* out overstated inflated too_high too_many too_much mistaken not_right isn't_right aren't_right not_what nowhere missing forgotten not_applied not_deducted not_taken_off where_is",
)
NUMBER = r"(?:(?<![\d.,/-])\d{1,4}(?![\d/]|[.,]\d|\s?(?:€|eur|%|£|\$|h\d|janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec|jan|feb|mar|apr|may|jun|jul|aug))|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\b)"
COUNT_VERB = r"\b(?:factur(?:ez|e|es|ee|ees|ent|ait|ons|iez)|compt(?:ez|e|es|ee|ees|iez|ons)|reclam\w+|demandez|annonc\w+|indiquez|bill(?:ed|ing)?|charg(?:ed|ing|e)|invoic(?:ed|ing)|claim(?:ed|ing)?|says|says)\b"

REASONS = {
    "quality": [
        (near(THING, TROUBLE, 40), 0.74),
        (r"\b(?:tout|toute) (?:est )?(?:a refaire|a reprendre|de travers)\b|\bil pleut\b|\bn'avance plus\b|\b(?:vous|on|nous|j'ai|ai|avons) (?:avez |a |ai |du |avons |dois |doit )*(?:repasser|repasse|refaire|rattraper|repris|reprendre|nettoyer) derriere\b|\bderriere vous\b|\b(?:keeps?|kept) (?:cutting|tripping|leaking|breaking|stopping|failing|falling|dripping|jamming)\b|\b(?:malfacon|desordre|vice)s?\b", 0.76),
        (r"\b(?:refus\w+|pas) (?:de |la |notre )?(?:reception|receptionn\w+)\b|\b(?:client|moe|moa|architecte|maitre d'oeuvre|maitre d'ouvrage|bureau de controle|controleur)\b[^.!?;]{0,30}\b(?:refus\w+|rejet\w+|n'a pas (?:valide|accepte)|demande (?:de |la )?(?:reprise|refaire|demol))", 0.72),
        (r"\b(?:remplac\w+|changer|reparation|reprise)\b[^.!?;]{0,20}\b(?:avant|d'abord|puis|first|before)\b|\b(?:apres|avant|until|once|sans) (?:le |la |son |leur )?(?:remplacement|reparation|reprise|correction|sorted|fixed|repaired|put right)\b", 0.66),
    ],
    "quantity": [
        (near(COUNTED, MISFIT, 45), 0.74),
        (rf"{NUMBER}[^.!?;]{{3,70}}{COUNT_VERB}[^.!?;]{{0,25}}{NUMBER}", 0.76),
        (rf"{COUNT_VERB}[^.!?;]{{0,25}}{NUMBER}[^?;]{{0,60}}\b(?:il y en a|y en a|y avait|avez (?:\w+ )?(?:fait|mis|livre|pose)|n'y|nous avons|on a|on en|j'en|we (?:only )?(?:had|got|have|count\w*)|there (?:are|were)|only|were|utilis\w+|releve|en realite|sur (?:la|le) \w+)\b[^.!?;]{{0,25}}{NUMBER}", 0.78),
        (r"\b(?:a|en est|sommes a|est a|at) (?:peine |about |environ )?(?:la )?moitie\b[^.!?;]{0,30}|\bhalf ?way\b", 0.6),
    ],
    "price": [
        (near(PRICED, MISFIT, 45), 0.74),
        (r"\b(?:accord|convenu|entendu\w*|negocie\w*|agreed|settled on|deal|said)\b[^?;]{0,30}\d[\d ,]*[^?;]{0,60}\b(?:recois|recu|factur\w+|reclam\w+|demand\w+|charg\w+|bill\w+|invoic\w+|got)\b[^.!?;]{0,25}\d", 0.78),
        (r"\b(?:frais|supplement\w*|surcout|majoration|fees?|charges?|extras?)\b[^.!?;]{0,50}\b(?:nulle part|jamais|pas|aucun\w*|not|never|nowhere|n't)\b[^.!?;]{0,30}\b(?:devis|convenu\w*|mentionn\w+|prevu\w*|annonc\w+|accept\w+|quote\w*|agreed|mentioned|contract|marche)", 0.78),
    ],
    "missing_order": [
        (r"\b(?:personne|nobody|no ?one|aucun responsable|ni \w+ ni \w+)\s(?:\S+\s){0,6}?(?:valid|command|sign|approuv|approv|autoris|authori|demand|request|order|accept|agree)\w*", 0.76),
        (r"\b(?:sign\w+|accept\w+|valid\w+|approuv\w+)\s(?:aucun|pas de|jamais de|no)\s?(?:devis|bon|avenant|commande|order|quote|contrat)\b|\baucun (?:devis|bon de commande|avenant|contrat)\b[^.!?;]{0,30}\b(?:sign|accept|valid|pour|emis|sur)\w*|\b(?:did ?n[o']?t|never) (?:ask|order|request|instruct|agree|approve|authori[sz]e|sign)\w*\b[^.!?;]{0,40}\b(?:work|this|extra|these|job|it|quote)\b|\b(?:reference|numero|n°) (?:de |d')?(?:commande|engagement|marche|bon)\b[^.!?;]{0,25}\b(?:absent\w*|manqu\w+|errone\w*|obligatoire|inconnu\w*|manquant\w*)|\bno (?:po|purchase order|order)\b", 0.78),
        (r"\bsans\s(?:\w+ )?(?:numero|n°|bon|ordre|reference) (?:d'|de )?(?:engagement|commande|service|marche|ecrit)|\bsans aucun ordre|\bordre (?:ecrit|de service)\b[^.!?;]{0,30}\b(?:pas|jamais|aucun)", 0.78),
    ],
    "not_delivered": [
        (r"\b(?:equipe|ouvriers?|gars|personne|artisan|poseurs?|plombier|electricien|men|lads|guys|workers|fitters|crew)\b[^.!?;]{0,30}\b(?:disparu\w*|parti\w*|abandonn\w+|n'est venu\w*|ne (?:sont|viennent|vient|revien\w+)|jamais (?:venu|revenu|passe)\w*|disappeared|vanished|walked off|left|never (?:came|turned|showed|returned))|\bl'ombre d'un|\b(?:pas|jamais|never|not|\w+n't) (?:\S+ )?(?:vu|seen) (?:\S+ ){0,2}(?:camion|ouvrier|livreur|personne|lorry|delivery|anyone|colis)", 0.78),
        (r"\b(?:\w+n't|not|never) (?:yet |even |been |fully |quite )*(?:finished|complete|completed|done|started|fitted|installed|delivered|arrived|turned up|in place)\b|\b(?:only|seulement|que)\s(?:\w+ )?(?:half|part|la moitie|une partie|un tiers)\b|\b(?:half|moitie)\b[^.!?;]{0,25}\b(?:delivered|to do|a faire|a poser|a livrer|missing|left|manqu\w+|restant\w*)|\b(?:il )?reste(?:nt)? (?:encore )?(?:la moitie|\S+ \S+|plein de choses|beaucoup|tout)(?: \S+){0,3} (?:a|au) (?:faire|finir|poser|terminer|livrer|reprendre)|\b(?:pas|jamais) (?:encore )?(?:ete )?(?:pose|termine|fini|acheve|commence|livre|installe|raccorde|monte|demarre)\w*\b|\bpersonne (?:\w+ )?n'?e?s?t? ?(?:est )?(?:venu|passe|la|presente)|\bpersonne n'est (?:venu|passe)", 0.76),
    ],
    "duplicate": [
        (r"\b(?:same|identical) (?:as|to)\b[^.!?;]{0,25}\b(?:invoice|inv|bill|one|no)\b|\b(?:already|deja)\s(?:\S+\s){0,2}?(?:have|had|got|recu\w*|eu\w*|en notre possession|enregistree?|received)\b[^.!?;]{0,30}\b(?:invoice|facture|sous|under|mois|autre)\b|\b(?:deux|2|two|trois) (?:factures?|invoices?|bills?)\b[^.!?;]{0,30}\b(?:pour|for) (?:la meme|le meme|les memes|une seule|un seul|the same|one)\b|\b(?:compte\w*|factur\w+|billed|charged) (?:deux|2|two) fois|\bdoublon\b", 0.8),
    ],
    "other": [],
}  # fmt: skip
REASONS = {reason: compile_all(entries) for reason, entries in REASONS.items()}
