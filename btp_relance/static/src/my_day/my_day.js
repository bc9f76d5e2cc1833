import { Component, onMounted, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

/** Today's figures above the cards; a click opens what they count. */
export class MyDayBand extends Component {
    static template = "btp_relance.MyDayBand";
    static props = { list: Object };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ figures: [] });
        // After the cards: a large ledger takes a moment to add up.
        onMounted(() => this.load());
        // The cards were loaded again: somebody approved, called or filtered.
        onWillUpdateProps(() => {
            this.load();
        });
    }

    async load() {
        this.state.figures = await this.orm.call("btp.relance", "get_my_day", []);
    }

    open(figure) {
        this.action.doAction(figure.action, { additionalContext: figure.context });
    }
}

export class MyDayRenderer extends KanbanRenderer {
    static template = "btp_relance.MyDayRenderer";
    static components = { ...KanbanRenderer.components, MyDayBand };
}

registry.category("views").add("btp_my_day", { ...kanbanView, Renderer: MyDayRenderer });
