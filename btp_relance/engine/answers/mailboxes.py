# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Domains that say nothing of who writes."""

#: Where anybody has a mailbox.
FREE_DOMAINS = frozenset(
    (
        *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "outlook.com"),
        *("outlook.fr", "live.com", "live.fr", "msn.com", "yahoo.com", "yahoo.fr"),
        *("ymail.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr"),
        *(
            "laposte.net",
            "bbox.fr",
            "numericable.fr",
            "aol.com",
            "icloud.com",
            "me.com",
        ),
        *("mac.com", "gmx.com", "gmx.fr", "protonmail.com", "proton.me", "mail.com"),
        *("zoho.com", "yandex.com", "club-internet.fr", "cegetel.net", "voila.fr"),
        *("alice.fr", "aliceadsl.fr", "dbmail.com", "noos.fr", "tele2.fr", "mailo.com"),
        *(
            "hotmail.co.uk",
            "yahoo.co.uk",
            "btinternet.com",
            "sky.com",
            "virginmedia.com",
        ),
        *("skynet.be", "telenet.be", "bluewin.ch", "posteo.net", "netcourrier.com"),
    )
)
