import { registry } from "@web/core/registry";

/** Hand files to the button as a person who picks several of them does. */
const pick = (...files) => () => {
    const chosen = new DataTransfer();
    for (const [name, text] of files) {
        chosen.items.add(new File([text], name, { type: "application/pdf" }));
    }
    // How far it is shows for a moment only.
    new MutationObserver(() => {
        const told = document.querySelector(".o_btp_paper_batch");
        if (told) {
            document.body.dataset.btpSeen = (document.body.dataset.btpSeen || "") + `[${told.textContent.trim()}]`;
        }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    const input = document.querySelector(".o_btp_paper_input");
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
};

/** Several files at once: each has its paper, the one that was there is told, progress is shown. */
registry.category("web_tour.tours").add("btp_paper_upload", {
    steps: () => [
        {
            trigger: ".o_btp_paper_upload",
            run: pick(["one.pdf", "%PDF-1.7 one"], ["two.pdf", "%PDF-1.7 two"], ["again.pdf", "%PDF-1.7 one"]),
        },
        { trigger: ".o_notification:contains(2 papers received)" },
        { trigger: ".o_notification:contains(“one.pdf” was there already)" },
        { trigger: ".o_list_view .o_data_row:contains(two.pdf)" },
        { trigger: ".o_list_view .o_data_row:contains(one.pdf)" },
        { trigger: "body[data-btp-seen*='File 1 of 3'][data-btp-seen*='File 3 of 3']:not(:has(.o_btp_paper_batch))" },
    ],
});
