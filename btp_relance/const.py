# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Vocabulary that several models share. Labels are translated through the fields."""

REGIMES = [
    ("b2b", "Business"),
    ("b2c", "Consumer"),
    ("nonpro", "Non-professional (condominium, association…)"),
    ("public_30", "Public body, 30 days"),
    ("public_50", "Public hospital, 50 days"),
    ("public_60", "Public company, 60 days"),
]

#: Regimes of a rule: what the law treats alike.
REGIME_GROUPS = {
    "business": ("b2b",),
    "consumer": ("b2c", "nonpro"),
    "public": ("public_30", "public_50", "public_60"),
}

PUBLIC_REGIMES = REGIME_GROUPS["public"]

#: What a chantier is billed with.
SALE_TYPES = ("out_invoice", "out_refund", "out_receipt")

SEGMENTS = [
    ("new", "New"),
    ("prompt", "Prompt"),
    ("slow", "Slow"),
    ("erratic", "Erratic"),
    ("failing", "Failing"),
]

BILLING_STAGES = [
    ("plain", "Plain invoice"),
    ("advance", "Advance"),
    ("progress", "Down payment (acompte)"),
    ("situation", "Situation"),
    ("final", "Final account (solde, DGD)"),
    ("retention_release", "Release of retention"),
]

#: Our place in the contract: decides who pays, and whom we may ask.
ROLES = [
    ("titulaire", "Titulaire (sole contractor)"),
    ("mandataire", "Mandataire of a consortium"),
    ("cotraitant", "Cotraitant of a consortium"),
    ("subcontractor", "Subcontractor, paid by the main contractor"),
    ("subcontractor_direct", "Subcontractor with direct payment"),
]

#: What secures the owner against reserves (loi 71-584; CCP R2191-32 to R2191-42).
RETENTION_REGIMES = [
    ("none", "None"),
    ("retention", "Retention money withheld"),
    ("caution", "Bond in replacement (caution)"),
    ("gapd", "First-demand guarantee (GAPD)"),
]

#: Tones in rising order: the highest one due gives a reminder its level.
TONES = [
    ("preventive", "Preventive"),
    ("courteous", "Courteous"),
    ("factual", "Factual"),
    ("firm", "Firm"),
    ("final", "Last reminder"),
    ("formal", "Formal notice"),
]
TONE_RANK = {tone: rank for rank, (tone, _label) in enumerate(TONES)}

#: States in which a reminder still stands between the debtor and the next one.
OPEN_STATES = ("proposed", "approved", "assigned", "failed")

#: What a contact does for the debtor.
CONTACT_ROLES = [
    ("accounting", "Accounts"),
    ("management", "Management"),
    ("site", "Site (conducteur de travaux)"),
    ("moe", "Maître d'œuvre"),
    ("syndic", "Syndic"),
]

#: Channels that a person may refuse; a registered letter is none of them.
CONTACT_CHANNELS = [
    ("email", "E-mail"),
    ("sms", "SMS"),
    ("call", "Call"),
]

CALL_OUTCOMES = [
    ("promise", "Promises to pay"),
    ("cheque", "Payment on its way"),
    ("already_paid", "Says it is paid"),
    ("dispute", "Disputes the invoice"),
    ("document", "A document is missing"),
    ("no_answer", "No answer"),
    ("callback", "Call back at…"),
    ("wrong_number", "Wrong number"),
]

#: Hours before each new try of a reminder that failed for a passing reason.
RETRY_HOURS = (1, 6, 24)

#: Reminders handled in one transaction: few enough to lose little, enough to batch.
BATCH = 50
#: How often it is done again when another transaction got in its way.
CONFLICTS = 5

#: Who must hand over a document.
OWED_BY = [
    ("customer", "Customer"),
    ("moe", "Maître d'œuvre"),
    ("site_manager", "Conducteur de travaux"),
    ("us", "Us"),
]

ANSWER_KINDS = [
    ("promise", "Promise to pay"),
    ("dispute", "Dispute"),
    ("already_paid", "Already paid"),
    ("document_request", "Document asked of us"),
    ("wrong_contact", "Wrong contact"),
    ("out_of_office", "Out of office"),
    ("distress", "Financial distress"),
    ("complaint", "Complaint about our tone"),
    ("unsubscribe", "Refuses a channel"),
    ("none", "Thanks, question or other"),
]

#: Readings that no company can trust: a message to write, an address to believe.
ANSWER_NEVER_ALONE = ("document_request", "wrong_contact", "none")
