import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const CARD = ".o_btp_relance_kanban .o_kanban_record:contains(Promoteur Sud)";

registry.category("web_tour.tours").add("btp_relance_approve", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        { trigger: ".o_app[data-menu-xmlid='account.menu_finance']", run: "click" },
        { trigger: "[data-menu-xmlid='btp_relance.menu_btp_relance']", run: "click" },
        { trigger: "[data-menu-xmlid='btp_relance.menu_my_day']", run: "click" },
        // Today's figures, then the desk where the reminder waits.
        { trigger: ".o_btp_band button:contains(To approve) .o_btp_value:contains(1)" },
        { trigger: `${CARD}:contains(1,000.00):contains(5 days late)` },
        { trigger: `${CARD} button[name=action_preview]`, run: "click" },
        { trigger: ".modal .o_btp_letter:contains(Reminder from Martin Bâtiment)" },
        { trigger: ".modal .o_btp_message:contains(Dear Promoteur Sud)" },
        { trigger: ".modal-footer .btn:contains(Close)", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        // Open it in full: the same message, the amounts, and why.
        { trigger: CARD, run: "click" },
        { trigger: ".o_form_view .o_btp_message:contains(Dear Promoteur Sud)" },
        { trigger: ".nav-link[name=lines]", run: "click" },
        { trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(1,000.00)" },
        { trigger: ".nav-link[name=why]", run: "click" },
        { trigger: ".o_btp_why:contains(reached “J+3 · Step 3”)" },
        { trigger: ".o_form_statusbar button[name=action_approve]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Approved)" },
        // Off the desk.
        { trigger: ".breadcrumb-item:contains(My Day), .o_back_button", run: "click" },
        { trigger: ".o_view_nocontent:contains(Nothing waits for you)" },
    ],
});

registry.category("web_tour.tours").add("btp_relance_sent", {
    steps: () => [
        { trigger: ".o_data_row:contains(Promoteur Sud) td[name=partner_id]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Sent)" },
        { trigger: ".nav-link[name=journal]", run: "click" },
        { trigger: ".o_btp_journal .o_data_row:contains(Approved):contains(Agent)" },
        { trigger: ".o_btp_journal .o_data_row:contains(Sent):contains(promoteur.sud@customer.example)" },
    ],
});

registry.category("web_tour.tours").add("btp_relance_call", {
    steps: () => [
        { trigger: ".o_btp_band button:contains(To call) .o_btp_value:contains(1)" },
        { trigger: `${CARD} a[href='tel:+33144000000']` },
        { trigger: `${CARD} button:contains(Outcome of the call)`, run: "click" },
        { trigger: ".modal .o_btp_message:contains(Dear Promoteur Sud)" },
        { trigger: ".modal .o_field_widget[name=note] textarea", run: "edit Pays on Friday" },
        { trigger: ".modal button[name=action_outcome]:contains(Promises to pay)", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_view_nocontent:contains(Nothing waits for you)" },
        { trigger: ".o_btp_band button:contains(To call) .o_btp_value:contains(0)" },
    ],
});
