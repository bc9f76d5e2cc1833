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

    onSubmit() {
        const button = this.el.querySelector(".o_btp_submit");
        // After the browser has read the form.
        this.waitForTimeout(() => button?.setAttribute("disabled", "disabled"), 0);
    }
}

registry.category("public.interactions").add("btp_relance.dues_choice", DuesChoice);
registry.category("public.interactions").add("btp_relance.dues_form", DuesForm);
