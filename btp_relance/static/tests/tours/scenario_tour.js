import { registry } from "@web/core/registry";

const CARD = (name) => `.o_btp_step:contains(${name})`;

registry.category("web_tour.tours").add("btp_relance_timeline", {
    steps: () => [
        // One card a step, each on its day, with what it does and who lets it go.
        { trigger: `${CARD("Step 10")}:contains(J+10):contains(Firm):contains(Leaves by itself) .fa-envelope-o` },
        { trigger: `${CARD("Step 35")}:contains(Waits for approval) .fa-certificate` },
        { trigger: `${CARD("Step -7")}:contains(J−7)` },
        { trigger: ".o_btp_sentences li:contains(J+10):contains(at least 3 days after the previous step)" },
        { trigger: ".o_btp_mark.o_btp_due:contains(Due date)" },
        // Dragged to another day.
        { trigger: CARD("Step 10"), run: "drag_and_drop .o_btp_day[data-day='15']" },
        { trigger: `${CARD("Step 10")}:contains(J+15)` },
        { trigger: ".o_btp_sentences li:contains(J+15):contains(Step 10)" },
        { trigger: "body:not(:has(.modal))" },
        // Where there is one already it is refused, and stays.
        { trigger: CARD("Step 10"), run: "drag_and_drop .o_btp_day[data-day='3']" },
        { trigger: ".o_notification:contains(A scenario has one step a day)" },
        { trigger: ".o_notification .o_notification_close", run: "click" },
        { trigger: `${CARD("Step 10")}:contains(J+15)` },
        // One day more with the keyboard.
        { trigger: CARD("Step 10"), run: (helpers) => { helpers.anchor.focus(); } },
        { trigger: CARD("Step 10"), run: "press ArrowRight" },
        { trigger: `${CARD("Step 10")}:contains(J+16)` },
        // A preventive step stays before the due date.
        { trigger: CARD("Step -7"), run: "drag_and_drop .o_btp_day[data-day='5']" },
        { trigger: ".o_notification:contains(comes before the due date)" },
        { trigger: ".o_notification .o_notification_close", run: "click" },
        // A click opens, “+” adds.
        { trigger: CARD("Step 20"), run: "click" },
        { trigger: ".modal .o_field_widget[name=name] input:value(Step 20)" },
        { trigger: ".modal .o_form_button_cancel", run: "click" },
        { trigger: `body:not(:has(.modal)) ${CARD("Step 10")}:contains(J+16)` },
        { trigger: ".o_btp_day[data-day='27']", run: "click" },
        { trigger: ".modal .o_field_widget[name=days] input:value(27)" },
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit Extra" },
        { trigger: ".modal .o_field_widget[name=template_id] input", run: "edit Test message" },
        { trigger: ".modal .o-autocomplete--dropdown-item:contains(Test message)", run: "click" },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: `body:not(:has(.modal)) ${CARD("Extra")}:contains(J+27)` },
        { trigger: `${CARD("Step 10")}:contains(J+16)` },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible" },
    ],
});

registry.category("web_tour.tours").add("btp_relance_preview_message", {
    steps: () => [
        { trigger: CARD("Step 3"), run: "click" },
        { trigger: ".modal button[name=action_preview_message]", run: "click" },
        // The reminder that this step wrote comes first.
        { trigger: ".modal .o_btp_preview select:has(option:contains(Promoteur Sud))" },
        { trigger: ".modal .o_btp_preview_subject:contains(Reminder from Martin Bâtiment)" },
        { trigger: ".modal iframe.o_btp_preview_frame[srcdoc*='Dear Promoteur Sud']" },
        { trigger: ".modal .o_btp_phone_width", run: "click" },
        { trigger: ".modal iframe.o_btp_preview_phone" },
        { trigger: ".modal button[data-lang=fr_FR]", run: "click" },
        { trigger: ".modal iframe.o_btp_preview_frame[srcdoc*='Bonjour Promoteur Sud']" },
    ],
});
