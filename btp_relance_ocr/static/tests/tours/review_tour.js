import { registry } from "@web/core/registry";

const field = (name) => `.o_btp_review .o_btp_field[data-name=${name}]`;

/** Press a key where the focus is. */
const press = (key, options = {}) => () => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
    (document.activeElement || document.body).dispatchEvent(event);
};

/** Type into the field that has the focus, and end there as a browser does when it is left. */
const type = (text, { left = false } = {}) => () => {
    const input = document.activeElement;
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    if (left) {
        input.dispatchEvent(new Event("change", { bubbles: true }));
    }
};

/** Two papers without a mouse: the first one corrected and confirmed, the second one left for later. */
registry.category("web_tour.tours").add("btp_paper_keyboard", {
    steps: () => [
        // The first field that wants a look has the focus: no decision was found.
        { trigger: `${field("decision")}.o_btp_level_missing.o_btp_current` },
        {
            trigger: `${field("decision")} select:focus`,
            run: () => {
                document.activeElement.value = "sans_reserve";
                document.activeElement.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: `${field("decision")}.o_btp_level_hand`, run: press("Enter") },
        { trigger: `${field("date_reception")}.o_btp_level_doubt input:focus`, run: type("hier") },
        // Nothing is confirmed while a value is wrong.
        { trigger: `${field("date_reception")} input:focus`, run: press("Enter", { ctrlKey: true }) },
        { trigger: `${field("date_reception")} .invalid-feedback:contains(12/03/2026)` },
        { trigger: `${field("date_reception")} input:focus`, run: type("120325", { left: true }) },
        { trigger: `${field("date_reception")} input:focus`, run: press("Enter") },
        { trigger: `${field("date_reception")}.o_btp_level_hand .o_btp_note:contains(02/03/2025)` },
        { trigger: `${field("date_reception")} input:value(12/03/2025)` },
        { trigger: `${field("signed")} input:focus`, run: press("F1") },
        { trigger: ".modal:contains(Without the mouse)" },
        { trigger: ".modal .btn-close", run: press("Escape") },
        { trigger: "body:not(:has(.modal)) .o_btp_review", run: press("1", { altKey: true, code: "Digit1" }) },
        { trigger: ".o_btp_candidate.o_btp_chosen:contains(Résidence les Pins)" },
        { trigger: ".o_btp_review footer:contains(Réception on 2025-03-12)" },
        { trigger: ".o_btp_review", run: press("Enter", { ctrlKey: true }) },
        { trigger: ".o_btp_review h1:contains(second.pdf)" },
        { trigger: ".o_btp_review", run: press("n", { altKey: true, code: "KeyN" }) },
        { trigger: ".o_btp_review .o_btp_nothing:contains(Nothing is left to check)" },
    ],
});

/** A field is filled by clicking its words on the picture. */
registry.category("web_tour.tours").add("btp_paper_words", {
    steps: () => [
        { trigger: `${field("date_reception")} input`, run: (helpers) => helpers.anchor.focus() },
        { trigger: `.o_btp_box[data-box=date_reception].o_btp_active` },
        {
            // "12" is clicked, "12 mars 2025" is meant.
            trigger: ".o_btp_sheet img",
            run: ({ anchor }) => {
                const sheet = anchor.parentElement;
                const word = [...document.querySelectorAll(".o_btp_box[data-box=date_reception]")][0];
                const { left, top, height } = word.getBoundingClientRect();
                const place = { clientX: left + 6, clientY: top + height / 2, bubbles: true, pointerType: "mouse", pointerId: 1 };
                sheet.setPointerCapture = () => {};
                sheet.dispatchEvent(new PointerEvent("pointerdown", place));
                sheet.dispatchEvent(new PointerEvent("pointerup", place));
            },
        },
        { trigger: `${field("date_reception")}.o_btp_level_hand input:value(12/03/2025)` },
    ],
});

/** A scanned PV whose date is under a stain: the one field that a person fills in. */
registry.category("web_tour.tours").add("btp_paper_walk", {
    steps: () => [
        { trigger: ".o_btp_review h1:contains(scan0042.pdf)" },
        { trigger: ".o_btp_review .o_btp_sheet img" },
        { trigger: `${field("decision")} select:value(sans_reserve)` },
        { trigger: ".o_btp_about .o_btp_candidate.o_btp_chosen:contains(Jean Moulin)" },
        { trigger: `${field("date_reception")}.o_btp_level_missing.o_btp_current input:focus`, run: type("12/03/2025", { left: true }) },
        { trigger: `${field("date_reception")} input:focus`, run: press("Enter") },
        { trigger: `${field("date_reception")}.o_btp_level_hand` },
        // What it will do is said first.
        { trigger: ".o_btp_review footer:contains(Réception on 03/12/2025)" },
        { trigger: ".o_btp_review", run: press("Enter", { ctrlKey: true }) },
        { trigger: ".o_btp_review .o_btp_nothing:contains(Nothing is left to check)" },
    ],
});
