/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Milliseconds without a key before one searches. */
const PAUSE = 300;

/** A message as it will leave, on the case, in the language and at the width one chooses. */
export class MessagePreview extends Component {
    static template = "btp_relance.MessagePreview";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.ui = useService("ui");
        this.params = this.props.action.params;
        this.state = useState({
            cases: [],
            langs: [],
            key: "",
            lang: false,
            message: {},
            phone: this.ui.isSmall,
        });
        this.search = useDebounced((text) => this.loadCases(text), PAUSE);
        onWillStart(() => this.loadCases(""));
    }

    async loadCases(search) {
        const { template_id, step_id } = this.params;
        const found = await this.orm.call("btp.relance", "get_message_cases", [], { template_id, step_id, search });
        Object.assign(this.state, found);
        if (found.cases.length && !found.cases.some((one) => one.key === this.state.key)) {
            this.state.key = found.cases[0].key;
            await this.loadMessage();
        }
    }

    async loadMessage() {
        const { template_id, step_id } = this.params;
        const { key, lang } = this.state;
        this.state.message = await this.orm.call("btp.relance", "get_message_preview", [], {
            template_id,
            step_id,
            key,
            lang,
        });
    }

    onCase(ev) {
        this.state.key = ev.target.value;
        this.loadMessage();
    }

    setLang(code) {
        this.state.lang = code;
        this.loadMessage();
    }
}

registry.category("actions").add("btp_relance.message_preview", MessagePreview);
