# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A real SMTP server on localhost: keeps each message as an .eml file, is difficult on demand.

The only module here that needs the virtual environment (aiosmtpd).
`python -m tools.smtp FOLDER` serves until its standard input closes.
"""

import asyncio
import email
import itertools
import re
import sys
import time
import unicodedata
from email import policy
from pathlib import Path

from aiosmtpd.controller import Controller

REFUSED = "550 5.1.1 No such mailbox here"
DEFERRED = "451 4.3.0 Try again later"
REJECTED = "554 5.7.1 Message refused by policy"


def slug(text, length=40):
    """Letters and digits of a text, for a file name."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.@]+", "-", ascii_text).strip("-")[:length].strip("-")


class Mailbox:
    """aiosmtpd's handler: writes what it accepts, answers what it was told to."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.numbers = itertools.count(1)
        #: What to answer: to a recipient's address, to a message, to anyone.
        self.recipients, self.message_answer, self.greeting_answer = {}, None, None
        #: Seconds to wait before each message's answer: leaves time to kill the sender.
        self.delay = 0

    # aiosmtpd looks these hooks up by name.
    # pylint: disable=invalid-name
    async def handle_MAIL(self, _server, _session, envelope, address, options):
        if self.greeting_answer:
            return self.greeting_answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if answer := self.recipients.get(address.lower()):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.message_answer:
            return self.message_answer
        self.keep(envelope)
        return "250 OK"

    def keep(self, envelope):
        """Write one message; its name tells when, to whom and about what."""
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        stem = "-".join(
            (
                time.strftime("%Y%m%d-%H%M%S"),
                f"{next(self.numbers):04}",
                slug(envelope.rcpt_tos[0]),
                slug(message["subject"] or ""),
            )
        )
        partial = self.folder / f".{stem}.part"
        partial.write_bytes(envelope.content)
        partial.rename(self.folder / f"{stem}.eml")


class Server:
    """The SMTP server, on a free port of localhost."""

    def __init__(self, folder):
        self.box = Mailbox(folder)
        self.folder = self.box.folder
        self.controller = None
        self.port = 0

    def start(self, port=0):
        """Listen, on the port that the system gives unless one is named."""
        self.controller = FreePortController(self.box, hostname="127.0.0.1", port=port)
        self.controller.start()
        self.port = self.controller.server.sockets[0].getsockname()[1]
        return self

    def stop(self):
        """Stop listening: new connections are refused."""
        if self.controller:
            self.controller.stop(no_assert=True)
            self.controller = None

    def refuse(self, address):
        """Say that this recipient does not exist (550)."""
        self.box.recipients[address.lower()] = REFUSED

    def defer(self, address):
        """Ask to try again later for this recipient (451)."""
        self.box.recipients[address.lower()] = DEFERRED

    def reject(self, answer=REJECTED):
        """Refuse every message after its content (554)."""
        self.box.message_answer = answer

    def accept(self):
        """Accept everything again."""
        self.box.recipients.clear()
        self.box.message_answer = self.box.greeting_answer = None
        self.box.delay = 0

    @property
    def files(self):
        """The .eml files kept so far, oldest first."""
        return sorted(self.folder.glob("*.eml"))

    @property
    def messages(self):
        """The messages kept so far, parsed."""
        return [
            email.message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in self.files
        ]


class FreePortController(Controller):
    """aiosmtpd's controller, which would try to reach port 0 to see that it listens."""

    def _trigger_server(self):
        if self.port == 0:
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def main(folder):
    """Serve until the one who started this goes away."""
    server = Server(folder).start()
    print(server.port, flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main(sys.argv[1])
