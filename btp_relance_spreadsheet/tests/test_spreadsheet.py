# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dashboard opens, its cells hold the figures of the ledger, and none is an error."""

from odoo.tests import tagged

from odoo.addons.btp_relance.tests.common import BrowserTwice, RelanceHttpCommon

#: Evaluates every sheet once all data came; fails with the first cell that is wrong.
LOOK = """
(async () => {
    const loader = odoo.__WOWL_DEBUG__.root.env.services.spreadsheet_dashboard_loader;
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    let dashboard;
    for (let tries = 0; tries < 200; tries++) {
        dashboard = loader.getDashboard(%(id)s);
        if (dashboard.model) break;
        await wait(100);
    }
    const { getters } = dashboard.model;
    const read = (sheet) => [...Object.values(getters.getEvaluatedCells(sheet))];
    const sheets = getters.getSheetIds();
    const value = (sheet, col, row) => getters.getEvaluatedCell({ sheetId: sheets[sheet], col, row }).value;
    const cells = [[1, 8, 0], [1, 8, 1], [0, 0, 35], [0, 1, 35], [0, 0, 33]];
    const look = () => JSON.stringify(cells.map((cell) => value(...cell)));
    // Data come one by one.
    for (let tries = 0; tries < 200 && look() !== '%(wanted)s'; tries++) {
        await wait(100);
    }
    if (look() !== '%(wanted)s') throw new Error(`found ${look()}`);
    for (const sheet of sheets) {
        for (const cell of read(sheet)) {
            if (cell.type === "error") throw new Error(`error cell: ${cell.value} ${cell.message}`);
        }
    }
    console.log("test successful");
})().catch((error) => console.error(error.message));
"""


@tagged("post_install", "-at_install")
class TestSpreadsheet(BrowserTwice, RelanceHttpCommon):
    def test_the_dashboard_shows_the_ledger(self):
        self.make_invoice(late=40, amount=1000)
        self.make_invoice(late=-10, amount=500)
        user = self.make_user("gerant", "btp_relance.group_agent")
        dashboard = self.env.ref("btp_relance_spreadsheet.dashboard_reminders")
        self.assertIn(
            dashboard, self.env["spreadsheet.dashboard"].with_user(user).search([])
        )
        wanted = f'[1500,1000,"{self.customer.display_name}",1000,"Top debtors"]'
        self.browser_js(
            f"/odoo/dashboards?dashboard_id={dashboard.id}",
            LOOK % {"id": dashboard.id, "wanted": wanted},
            ready="!!document.querySelector('.o_spreadsheet_dashboard_action')",
            login="gerant",
            timeout=90,
        )

    def test_others_do_not_see_it(self):
        clerk = self.make_user("site", "base.group_user")
        dashboard = self.env.ref("btp_relance_spreadsheet.dashboard_reminders")
        self.assertNotIn(
            dashboard, self.env["spreadsheet.dashboard"].with_user(clerk).search([])
        )
