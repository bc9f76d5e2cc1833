import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("btp_chantier_page", {
    steps: () => [
        // The figures of the list, then of the page.
        { trigger: ".o_data_row:contains(School) td[name=amount_billed]:contains(1,000.00)" },
        { trigger: ".o_data_row:contains(School) td[name=amount_overdue]:contains(1,000.00)" },
        { trigger: ".o_data_row:contains(School) td[name=name]", run: "click" },
        { trigger: ".o_btp_figures .o_field_widget[name=amount_overdue].text-danger:contains(1,000.00)" },
        { trigger: "button[name=action_view_overdue]:contains(1,000.00)" },
        // What deserves a second look stands above the sheet.
        { trigger: ".alert .o_field_widget[name=notice]:contains(R2191-33)" },
        // The story: what is to come, today, what happened.
        { trigger: ".o_btp_timeline .o_btp_coming:contains(Réception planned)" },
        { trigger: ".o_btp_timeline .o_btp_today:contains(Today)" },
        { trigger: ".o_btp_event_invoice a:contains(Situation No. 3)" },
        // Public customer: Chorus has its references.
        { trigger: ".nav-link[name=contract]", run: "click" },
        { trigger: ".o_field_widget[name=engagement_number] input" },
        // The next number is proposed for each avenant.
        { trigger: ".o_field_widget[name=avenant_ids] .o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".o_selected_row .o_field_widget[name=number] input:value(1)" },
        { trigger: ".o_selected_row .o_field_widget[name=name] input", run: "edit Fewer doors" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
        // A past invoice names the chantier: it is ticked, and attached.
        { trigger: "button[name=action_attach]", run: "click" },
        { trigger: ".modal .o_data_row:contains(names “CH-2025-014”)" },
        { trigger: ".modal button[name=action_attach]", run: "click" },
        { trigger: ".o_notification:contains(Invoices attached: 1)" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("btp_invoice_chantier", {
    steps: () => [
        { trigger: "button[name=action_view_btp_chantier]", run: "click" },
        { trigger: ".o_btp_timeline .o_btp_event_invoice a:contains(Situation No. 3)" },
    ],
});
