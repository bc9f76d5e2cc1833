# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An operator of text messages that takes them all, as Odoo's own client speaks to it.

`python sms_server.py` prints its port and serves until its standard input closes: in a process
of its own, so that its time is nobody's cost.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Operator(BaseHTTPRequestHandler):
    """Answers ``/api/sms/3/send``: every number is taken."""

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {
            "jsonrpc": "2.0",
            "id": request.get("id"),
            "result": [
                {"uuid": number["uuid"], "state": "success"}
                for message in request["params"]["messages"]
                for number in message["numbers"]
            ],
        }
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_args):
        pass


def main():
    """Serve until the one who started this goes away."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Operator)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
