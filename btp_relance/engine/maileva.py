# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Maileva's answers mean: registered_mail v4.9, letters delivered by the postman."""

from datetime import UTC, datetime

from .registered import Report

#: Delivery codes of Maileva -> state of the letter. The others say nothing new.
CODES = {
    **dict.fromkeys(("LP01",), "deposited"),
    **dict.fromkeys(
        (
            "LP03",
            "LP04",
            "LP08",
            "LP09",
            "LP10",
            "LP11",
            "LP12",
            "LP13",
            "LP14",
            "LP23",
            "LP26",
        ),
        "in_delivery",
    ),
    **dict.fromkeys(("LP15", "LP16", "LP28", "LP29"), "received"),
    "LP22": "refused",
    **dict.fromkeys(("LP19", "LP25"), "unclaimed"),
    **dict.fromkeys(("LP20", "LP21", "LP24", "LP27"), "returned"),
}
#: Why a letter came back, on the scanned envelope -> state.
UNDELIVERED = {
    "N02": "returned",
    "N03": "unclaimed",
    "N05": "refused",
    "N07": "returned",
}
CATEGORIES = {
    "DELIVERING": "in_delivery",
    "FIRST_PRESENTATION": "in_delivery",
    "DELIVERED": "received",
}
#: Statuses of a sending or of its recipient that end it before the post has it.
DEAD = ("REJECTED", "SENDING_REJECTED", "CANCELED")

#: Proofs, by what says that they can be fetched, and where.
PROOFS = {
    "deposit": ("deposit_proof_date", "download_deposit_proof"),
    "content": ("content_proof_date", "download_content_proof"),
    "receipt": (
        "acknowledgement_of_receipt_date",
        "download_acknowledgement_of_receipt",
    ),
    "undelivered": ("undelivered_mail_date", "download_undelivered_mail"),
}


def moment(text: str | None) -> datetime | None:
    """Return a date of Maileva as naive UTC, ``None`` for none or nonsense."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    if found.tzinfo:
        found = found.astimezone(UTC).replace(tzinfo=None)
    return found.replace(microsecond=0)


def read_reports(sending: dict, recipient: dict, now: datetime) -> list[Report]:
    """Return what a sending and its only recipient say of the letter.

    :param sending: ``GET /sendings/{id}``
    :param recipient: ``GET /sendings/{id}/recipients/{id}``
    :param now: when an answer bears no date, naive UTC
    """
    reports = []
    for resource in (sending, recipient):
        if resource.get("status") in DEAD:
            detail = resource.get("status_detail") or resource["status"]
            reports.append(Report("failed", now, detail))
    if deposited := moment(recipient.get("deposit_proof_date")):
        reports.append(Report("deposited", deposited))
    for status in recipient.get("delivery_statuses") or ():
        _add(reports, CODES.get(status.get("code")), status)
    for status in recipient.get("main_delivery_statuses") or ():
        state = CODES.get(status.get("code")) or CATEGORIES.get(status.get("category"))
        _add(reports, state, status)
    back = moment(recipient.get("undelivered_mail_date"))
    reason = UNDELIVERED.get(recipient.get("undelivered_mail_reason"))
    ended = any(report.state in UNDELIVERED.values() for report in reports)
    if back and reason and not ended:
        reports.append(Report(reason, back, recipient["undelivered_mail_reason"]))
    return reports


def _add(reports: list, state: str | None, status: dict):
    """Add one status of the post, with its place."""
    on = moment(status.get("date"))
    if state and on:
        words = (status.get("label"), status.get("location"))
        reports.append(Report(state, on, ", ".join(filter(None, words))))


def ready_proofs(recipient: dict) -> list[str]:
    """Return the proofs that can be fetched: keys of :data:`PROOFS`."""
    return [kind for kind, (ready, _path) in PROOFS.items() if recipient.get(ready)]
