# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the servers on localhost share that stand for a provider: calls, faults, answers."""

import re
import threading
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class ServiceServer:
    """A provider on localhost; a context manager.

    :ivar handler: class of what answers, a :class:`ServiceHandler`
    :ivar str url: where it is
    :ivar list calls: ``(method, path)`` of each request
    :ivar faults: ``{(method, regex): [what, …]}``: what happens to the next such calls: a bare
        status code, ``"garbage"``, ``"drop"`` (no answer, nothing done), ``"lost"`` (done, but
        the answer is lost), or a tuple: a documented error
    """

    handler = None

    def __enter__(self):
        self.calls, self.faults = [], {}
        handler = type("Handler", (self.handler,), {"server_of": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        # Its end is asked for at every test: half a second each, as it comes.
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        return self

    def __exit__(self, *_exc):
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def fail(self, method, pattern, *whats):
        """Make the next calls to a path fail."""
        self.faults.setdefault((method, pattern), []).extend(whats)

    def next_fault(self, method, path):
        """Return what happens to this call, ``None``: what should."""
        for (verb, pattern), whats in self.faults.items():
            if verb == method and whats and re.search(pattern, path):
                return whats.pop(0)
        return None


class ServiceHandler(BaseHTTPRequestHandler):
    """One request: :meth:`answer` says what is done and told, :meth:`refuse` an error."""

    protocol_version = "HTTP/1.1"
    server_of = None
    #: Start of the paths that is not worth telling.
    root = ""

    def log_message(self, *_args):
        """Stay silent."""

    def do_GET(self):
        self.serve("GET")

    def do_POST(self):
        self.serve("POST")

    def do_DELETE(self):
        self.serve("DELETE")

    def serve(self, method):
        """Answer a call, or do to it what the test wants done."""
        parts = urlsplit(self.path)
        path, self.query = parts.path.removeprefix(self.root), parts.query
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server_of.calls.append((method, path))
        fault = self.server_of.next_fault(method, path)
        if fault == "drop":
            return self.hang_up()
        if fault == "garbage":
            return self.send(200, b"<html>Bonjour</html>", "text/html")
        if isinstance(fault, int):
            return self.send(fault, b"oops", "text/plain")
        if isinstance(fault, tuple):
            return self.send(*self.refuse(*fault))
        answer = self.answer(method, path, fault)
        return self.hang_up() if fault == "lost" else self.send(*answer)

    def answer(self, method, path, fault):
        """Do what is asked; return ``(status, body, type)``.

        :param fault: what of its own happens to this call
        """
        raise NotImplementedError

    def refuse(self, *fault):
        """Return ``(status, body, type)`` of a documented error."""
        raise NotImplementedError

    def hang_up(self):
        self.close_connection = True
        self.connection.close()

    def send(self, status, content, kind="application/json"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def read_parts(self):
        """Return the parts of a form with files: name -> content."""
        kind = self.headers["Content-Type"].encode()
        whole = message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + self.body)
        return {
            part.get_param("name", header="Content-Disposition"): part.get_payload(
                decode=True
            )
            for part in whole.get_payload()
        }
