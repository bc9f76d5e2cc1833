# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server on localhost that answers as Odoo's IAP for Snailmail does: JSON-RPC, one route,
each document told ``sent`` with its ``send_id``, or its ``error``."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROUTE = "/iap/snailmail/1/print"


class SnailmailServer:
    """Snailmail on localhost; a context manager.

    :ivar list posted: the documents that were taken
    :ivar list requests: ``params`` of each call
    :ivar list faults: what happens to the next calls: a bare status code, ``"garbage"``,
        ``"null"``, ``"drop"`` (nothing done), ``"lost"`` (done, but the answer is lost), or a
        code of Snailmail's errors; ``("reason", code)`` refuses the whole call
    """

    def __enter__(self):
        self.posted, self.requests, self.faults = [], [], []
        outer = self

        class Handler(_Handler):
            server_of = outer

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
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


class _Handler(BaseHTTPRequestHandler):
    server_of = None

    def log_message(self, *_args):
        """Stay silent."""

    def do_POST(self):
        snail = self.server_of
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        params = json.loads(body)["params"]
        assert self.path == ROUTE, self.path
        snail.requests.append(params)
        fault = snail.faults.pop(0) if snail.faults else None
        if isinstance(fault, int):
            return self._send(fault, b"oops")
        if fault == "garbage":
            return self._send(200, b"<html>Maintenance</html>")
        if fault == "null":
            return self._send(200, b'{"jsonrpc": "2.0", "result": null}')
        if fault == "drop":
            return self.connection.close()
        answer = self._answer(params, fault)
        if fault == "lost":
            return self.connection.close()
        return self._send(
            200, json.dumps({"jsonrpc": "2.0", "result": answer}).encode()
        )

    def _answer(self, params, fault):
        snail, documents = self.server_of, params["documents"]
        request = {"documents": documents, "options": params["options"]}
        answer = {"total_cost": 2, "credit_error": False, "request": request}
        if isinstance(fault, tuple):
            return answer | {"request_code": 503, "reason": fault[1]}
        for document in documents:
            if fault and fault.isupper():
                document |= {"sent": False, "error": fault}
                continue
            snail.posted.append(dict(document))
            document |= {"sent": True, "send_id": f"SN{len(snail.posted)}"}
        return answer | {"request_code": 200}

    def _send(self, status, content):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            # Who asked has gone.
            self.close_connection = True
