# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A real Chromium, driven through its devtools socket as Odoo's own tests do."""

import base64
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket

from tools.ui import Failure

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: How long a page may take: the first one builds Odoo's bundles.
SECONDS = 120


class Chrome:
    """One browser with one page; a context manager that closes it."""

    def __init__(self):
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        if not program:
            raise Failure("No browser: sudo apt-get install -y chromium")
        self.profile = Path(tempfile.mkdtemp(prefix="btp-chrome-"))
        self.process = subprocess.Popen(
            [
                program, "--headless=new", "--remote-debugging-port=0", "--remote-allow-origins=*", "--hide-scrollbars",
                "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--lang=fr-FR",
                *(["--no-sandbox"] if os.geteuid() == 0 else []), f"--user-data-dir={self.profile}", "about:blank",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.numbers = itertools.count(1)
        self.errors = []
        try:
            self.socket = self._connect()
        except BaseException:
            self.close()
            raise
        for domain in ("Page", "Runtime"):
            self.call(f"{domain}.enable")

    def _connect(self):
        port_file = self.profile / "DevToolsActivePort"
        deadline = time.monotonic() + 30
        while not (port_file.exists() and port_file.read_text().strip()):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Failure("Chromium did not start.")
            time.sleep(0.1)
        port = port_file.read_text().split()[0]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{port}/json/list", timeout=10) as response:
            pages = [
                target for target in json.load(response) if target["type"] == "page"
            ]
        return websocket.create_connection(
            pages[0]["webSocketDebuggerUrl"], timeout=SECONDS
        )

    def call(self, method, **params):
        """Send a devtools command; return its result."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "Runtime.exceptionThrown":
                details = message["params"]["exceptionDetails"]
                self.errors.append(
                    details.get("exception", {}).get("description") or details["text"]
                )
            if message.get("id") == number:
                if "error" in message:
                    raise Failure(
                        f"Chromium refused {method}: {message['error']['message']}"
                    )
                return message["result"]

    def size(self, width, height, mobile=False):
        """Give the page the size of a screen; `mobile` adds touch."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=mobile,
        )
        self.call("Emulation.setTouchEmulationEnabled", enabled=mobile)

    def run(self, expression):
        """Run JavaScript in the page; return its value."""
        result = self.call(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise Failure(
                f"In the page: {details.get('exception', {}).get('description') or details['text']}"
            )
        return result["result"].get("value")

    def goto(self, url, ready):
        """Open an address and wait for what shows that it is ready."""
        self.call("Page.navigate", url=url)
        self.wait(ready)

    def wait(self, selector, seconds=SECONDS):
        """Wait until the page has an element."""
        self.wait_for(f"!!document.querySelector({json.dumps(selector)})", seconds)

    def wait_for(self, condition, seconds=SECONDS):
        """Wait until a JavaScript condition holds."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                if self.run(condition):
                    return
            except Failure:
                pass  # The page is being replaced.
            if time.monotonic() > deadline:
                raise Failure(f"The page never showed {condition}.")
            time.sleep(0.2)

    def click(self, selector):
        """Wait for an element and click on it."""
        self.wait(selector)
        self.run(f"document.querySelector({json.dumps(selector)}).click()")

    def shot(self, path):
        """Write what the screen shows as a PNG file."""
        data = self.call("Page.captureScreenshot", format="png")["data"]
        Path(path).write_bytes(base64.b64decode(data))

    def close(self):
        """End the browser and remove its profile."""
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        self.close()
