/* Copyright 2026 BTP Relance contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** What is ticked is reckoned by the server, at once: without it, a button does it. */
export class DuesChoice extends Interaction {
    static selector = ".o_btp_choice";
    dynamicContent = {
        ".o_btp_recount": { "t-att-class": () => ({ "d-none": true }) },
        "input[name=row]": { "t-on-change": () => this.el.requestSubmit() },
    };
}

/** A form leaves once, however often its button is pressed. */
export class DuesForm extends Interaction {
    static selector = ".o_btp_form";
    dynamicContent = {
        _root: { "t-on-submit": this.onSubmit },
    };

    /** @param {Event} event */
    onSubmit(event) {
        const input = this.el.querySelector("input[type=file]");
        if (input && this.isTooLarge(input)) {
            // Said here: a server that refuses a body cuts the line before it is sent.
            event.preventDefault();
            input.classList.add("is-invalid");
            input.focus();
            return;
        }
        const button = this.el.querySelector(".o_btp_submit");
        // After the browser has read the form.
        this.waitForTimeout(() => button?.setAttribute("disabled", "disabled"), 0);
    }

    /**
     * @param {HTMLInputElement} input
     * @returns {boolean} whether the server would refuse the files chosen
     */
    isTooLarge({ files, dataset }) {
        const sizes = [...files].map((file) => file.size / 1024 / 1024);
        const all = sizes.reduce((sum, size) => sum + size, 0);
        return sizes.some((size) => size > dataset.most) || all > dataset.mostAll;
    }
}

registry.category("public.interactions").add("btp_relance.dues_choice", DuesChoice);
registry.category("public.interactions").add("btp_relance.dues_form", DuesForm);
