# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One browser that walks the customer's page in several sizes.

Driven step by step from here: a tour loads every tour of every addon on each page, and starts
a browser of its own.
"""

import json
import time
from contextlib import contextmanager

from odoo.tests.common import ChromeBrowser

PHONE, DESK = (390, 844), (1366, 768)
#: The first page may have to wait until its bundles are made.
SECONDS = 90
#: What a page is made of for whoever does not see it, and how wide it is.
FAULTS = r"""(() => {
    const page = document.querySelector(".o_btp_portal");
    const faults = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`${scrollWidth} px wide on ${clientWidth}`);
    const english = /\b(Back|Pay|Promise|Report|Send|due|days|Your|the|of)\b/;
    const found = page.innerText.match(english);
    if (found) faults.push(`English: ${found[0]}`);
    if (page.lang !== "fr") faults.push("not said to be French");
    if (page.querySelectorAll("h1").length !== 1) faults.push("not one title");
    const named = (el) => el.labels?.length || el.ariaLabel || el.innerText?.trim() || el.title;
    // The forms of Odoo's own, for cards and signatures, are not looked at.
    const theirs = "#o_payment_form, .o_portal_sign, .o_web_sign_signature_group";
    for (const el of page.querySelectorAll("input, select, textarea, button, a[href]")) {
        if (el.type === "hidden" || !el.checkVisibility() || el.closest(theirs) || named(el)) continue;
        faults.push(`without a label: ${el.outerHTML.slice(0, 80)}`);
    }
    for (const el of page.querySelectorAll("img:not([alt])")) faults.push("picture without words");
    return faults.join("; ");
})()"""
#: The translations have come, from the browser's storage or from the server.
STARTED = """(({ translatedTerms, translationLoaded }) => translatedTerms[translationLoaded])(
    odoo.loader.modules.get("@web/core/l10n/translation") ?? { translatedTerms: {} })"""
#: The buttons and the amount are there before anybody scrolls.
FIRST_SCREEN = """["#btp_dues_total", "#btp_pay", "#btp_promise", "#btp_problem"].filter(
    (one) => document.querySelector(one)?.getBoundingClientRect().bottom > innerHeight).join()"""


class Walker:
    """A browser on the pages of a customer."""

    def __init__(self, case, browser):
        self.case = case
        self.browser = browser
        self.pages = 0
        for method, params in (
            ("Network.enable", {}),
            # Tours, of no use here, weigh more than the page.
            ("Network.setBlockedURLs", {"urls": ["*assets_tests*"]}),
        ):
            browser._websocket_request(method, params=params)

    def size(self, size):
        """Give the window a size; a narrow one is a phone's."""
        width, height = size
        phone = size == PHONE
        self.browser._websocket_request(
            "Emulation.setDeviceMetricsOverride",
            params={
                "width": width,
                "height": height,
                "deviceScaleFactor": 1,
                "mobile": phone,
            },
        )
        self.browser._websocket_request(
            "Emulation.setTouchEmulationEnabled", params={"enabled": phone}
        )

    def log_in(self, login):
        """Go on as somebody else, or as nobody.

        What the page still asks for shares the cursor of the test: it ends first.
        """
        self.leave()
        self.case.authenticate(login, login, browser=self.browser)
        # What the test wrote, the server reads.
        self.case.cr.flush()
        self.case.cr.clear()

    def leave(self):
        """Leave the page, and wait for the end of what it asked for."""
        self.browser.navigate_to("about:blank", wait_stop=True)
        time.sleep(0.3)
        self.case._wait_remaining_requests()

    # === STEPS === #

    def run(self, script):
        """Run JavaScript in the page; return its value."""
        answer = self.browser._websocket_request(
            "Runtime.evaluate",
            params={"expression": script, "awaitPromise": True, "returnByValue": True},
            timeout=SECONDS,
        )
        if "exceptionDetails" in answer:
            raise ValueError(answer["exceptionDetails"]["exception"]["description"])
        return answer["result"].get("value")

    def wait(self, script):
        """Wait until a condition holds in the page."""
        end = time.monotonic() + SECONDS
        while True:
            try:
                if self.run(f"!!({script})"):
                    return
            except ValueError as error:
                # The page is being replaced, or has not got it yet.
                last = str(error)
            else:
                last = "false"
            if time.monotonic() > end:
                self.browser.take_screenshot()
                words = self.run("document.body.innerText.slice(0, 1500)")
                self.case.fail(f"Never: {script} ({last}) on: {words}")
            time.sleep(0.03)

    def find(self, selector, words=""):
        """Return the script of the first element that is shown and bears some words."""
        return (
            f"[...document.querySelectorAll({json.dumps(selector)})].find((one) =>"
            f" one.textContent.replace(/[\\s\\u202f]+/g, ' ').includes({json.dumps(words)}))"
        )

    def see(self, selector, words=""):
        """Wait for an element."""
        self.wait(self.find(selector, words))

    def goto(self, url):
        """Open an address."""
        self.run("window.btpLeft = true")
        self.browser.navigate_to(self.case.base_url() + url)
        self.arrive()

    def go(self, selector, words=""):
        """Click on what leads to another page, and arrive there."""
        self.see(selector, words)
        self.run(f"window.btpLeft = true; {self.find(selector, words)}.click()")
        self.arrive()

    def arrive(self):
        """Wait until the page before is gone and the next one is there, its scripts too.

        Who leaves while the scripts still open the browser's storage of translations may keep
        the next page waiting for it, without an end.
        """
        self.wait("!window.btpLeft && document.readyState === 'complete'")
        self.wait(STARTED)
        self.pages += 1

    def put(self, selector, value):
        """Fill in a field."""
        self.see(selector)
        self.run(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            f" one.value = {json.dumps(value)};"
            " for (const name of ['input', 'change'])"
            " one.dispatchEvent(new Event(name, { bubbles: true })); })()"
        )

    def tick(self, selector, ticked=True):
        """Tick a box, or untick it."""
        self.see(selector)
        self.run(
            f"document.querySelector({json.dumps(selector)}).checked = {json.dumps(ticked)}"
        )

    def attach(self, name, content):
        """Choose a file, as a person does in the dialogue of the browser."""
        self.see("#btp_file")
        self.run(
            "(() => { const data = new DataTransfer();"
            f" data.items.add(new File([{json.dumps(content)}], {json.dumps(name)}));"
            " document.querySelector('#btp_file').files = data.files; })()"
        )

    # === LOOKING === #

    def look(self):
        """Nothing is cut, English or without a name for whoever does not see."""
        faults = self.run(FAULTS)
        self.case.assertFalse(faults, self.run("location.pathname"))

    def look_first(self):
        """What is owed and what can be done is there without scrolling."""
        self.look()
        self.case.assertEqual(self.run(FIRST_SCREEN), "")


@contextmanager
def walking(case):
    """Give a :class:`Walker`, on one browser, which is closed at the end."""
    browser = ChromeBrowser(case)
    try:
        with case.allow_requests(browser=browser):
            walker = Walker(case, browser)
            walker.log_in(None)
            yield walker
            walker.leave()
    finally:
        browser.stop()
    case.assertFalse(browser.had_failure, "An error on the console of the browser")
