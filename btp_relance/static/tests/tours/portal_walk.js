/* Copyright 2026 BTP Relance contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { registry } from "@web/core/registry";

const go = (trigger) => ({ trigger, run: "click", expectUnloadPage: true });
const SEND = go(".o_btp_submit");
const DONE = { trigger: "#btp_done" };

/** Put a small PDF where the form asks for a file. */
const FILE = {
    trigger: "#btp_file",
    run() {
        const words = "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
        const data = new DataTransfer();
        data.items.add(new File([words], "visa.pdf", { type: "application/pdf" }));
        document.querySelector("#btp_file").files = data.files;
    },
};

/** Pick a day: typing into a date field depends on the browser's language. */
const day = (value) => ({
    trigger: "#btp_day",
    run() {
        document.querySelector("#btp_day").value = value;
    },
});

/** Type a name to sign, all at once. */
function sign() {
    const input = document.querySelector(".o_web_sign_name_input");
    input.value = "Paul Sud";
    input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Nothing is wider than the screen, and the page speaks French. */
const LOOK = {
    trigger: ".o_btp_portal",
    run() {
        const { scrollWidth, clientWidth } = document.documentElement;
        if (scrollWidth > clientWidth) {
            throw new Error(`The page is ${scrollWidth} px wide on ${clientWidth}.`);
        }
        const english = /\b(Back|Pay|Promise|Report|Send|due|days|Your|the)\b/;
        const found = document.querySelector(".o_btp_portal").innerText.match(english);
        if (found) {
            throw new Error(`English on the page: ${found[0]}`);
        }
    },
};

registry.category("web_tour.tours").add("btp_portal_walk", {
    steps: () => [
        // The sentence that counts, three buttons.
        { trigger: ".o_btp_lead:contains(restent à régler)" },
        LOOK,
        { trigger: "#btp_promise:contains(Promettre une date)" },
        // Pay one of two.
        go("#btp_pay:contains(Payer)"),
        { trigger: "#btp_pay_total:contains(1)" },
        LOOK,
        go("input[name=row]:checked:last"),
        { trigger: "#btp_pay_total:contains(1 000,00)" },
        { trigger: "input[name=o_payment_radio]", run: "click" },
        { trigger: "#customer_input", run: "edit 4111111111111111" },
        go("button[name=o_payment_submit_button]:not(:disabled)"),
        { trigger: ".alert-success:contains(Merci)" },
        { trigger: "#btp_dues_total:contains(500,00)" },
        // Promise.
        go("#btp_promise"),
        LOOK,
        day("2025-06-23"),
        SEND,
        DONE,
        { trigger: "#btp_engagements:contains(23/06/2025)" },
        LOOK,
        // A document.
        go(".o_btp_upload"),
        LOOK,
        FILE,
        SEND,
        DONE,
        { trigger: "#btp_documents .badge:contains(Reçu)" },
        // Instalments: seen, asked for, signed.
        go("#btp_more a:contains(plusieurs fois)"),
        LOOK,
        { trigger: "#btp_count", run: "select 2" },
        go("button[name=preview]"),
        { trigger: "#btp_schedule li:contains(250,00)" },
        LOOK,
        SEND,
        DONE,
        go("#btp_engagements a:contains(signer)"),
        LOOK,
        { trigger: ".o_web_sign_name_input", run: sign },
        // The field draws at each key once it has something to draw on.
        { trigger: "canvas.o_web_sign_signature", run: sign },
        go(".o_portal_sign_submit:not([disabled])"),
        { trigger: "#btp_plan .alert-success:contains(Paul Sud)" },
        LOOK,
        go("a:contains(Retour à votre compte)"),
        // Contest.
        go("#btp_problem"),
        LOOK,
        go("#btp_moves a:first"),
        LOOK,
        { trigger: "#btp_reason", run: "select quality" },
        { trigger: "#btp_amount", run: "edit 120,50" },
        { trigger: "#btp_note", run: "edit Fissures <b>partout</b>" },
        FILE,
        SEND,
        { trigger: "#btp_done:contains(120,50)" },
        { trigger: ".o_btp_contested" },
        // Already paid.
        go("#btp_more a:contains(déjà)"),
        LOOK,
        { trigger: "input[name=row]:first", run: "check" },
        day("2025-06-12"),
        FILE,
        SEND,
        DONE,
        // The contact, the channel, the language.
        go("#btp_more a:contains(coordonnées)"),
        LOOK,
        { trigger: "#btp_name", run: "edit Léa Blanc" },
        { trigger: "#btp_email", run: "edit lea@blanc.example" },
        SEND,
        { trigger: "#btp_done:contains(Léa Blanc)" },
        go("#btp_more a:contains(SMS)"),
        LOOK,
        { trigger: "#btp_channel", run: "select email" },
        { trigger: "#btp_no_call", run: "check" },
        SEND,
        DONE,
        LOOK,
    ],
});

/** What one customer with an account sees, and another one does not. */
const sees = (mine, theirs) => [
    { trigger: ".o_portal_index_card a[href='/my/relances']", run: "click", expectUnloadPage: true },
    go("#btp_owed a"),
    { trigger: `#btp_dues:contains(${mine}):not(:contains(${theirs}))` },
];
registry.category("web_tour.tours").add("btp_portal_south", { steps: () => sees("1,500.00", "777.00") });
registry.category("web_tour.tours").add("btp_portal_other", { steps: () => sees("777.00", "1,500.00") });
