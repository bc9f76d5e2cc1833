/* Copyright 2026 BTP Relance contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("btp_relance_pay", {
    steps: () => [
        { content: "the total", trigger: "#btp_dues_total:contains(2,000.00)" },
        { content: "pay", trigger: "#btp_pay", run: "click", expectUnloadPage: true },
        { content: "all of it", trigger: "#btp_pay_total:contains(2,000.00)" },
        {
            content: "the demo provider",
            trigger: "input[name='o_payment_radio']",
            run: "click",
        },
        {
            content: "any card",
            trigger: "#customer_input",
            run: "edit 4111111111111111",
        },
        {
            content: "pay",
            trigger: "button[name='o_payment_submit_button']:not(:disabled)",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "thanked", trigger: "#btp_dues .alert-success:contains(Thank you)" },
    ],
});
