/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component, markRaw, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate } from "@web/core/l10n/dates";
import { formatCurrency } from "@web/core/currency";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { BtpChart, COLORS } from "../chart/chart";

/** Expected cash of the next 13 weeks, and how earlier forecasts did. */
export class CashPage extends Component {
    static template = "btp_relance_scoring.Cash";
    static components = { Layout, BtpChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.notification = useService("notification");
        this.state = useState({ page: null, kind: "all", group: null });
        this.display = { controlPanel: {} };
        this.kinds = [
            { value: "all", label: _t("All") },
            { value: "customer", label: _t("By customer") },
            { value: "chantier", label: _t("By chantier") },
        ];
        onWillStart(() => this.load("all", null));
    }

    async load(kind, group) {
        const page = await this.orm.call("btp.cash.forecast", "get_page", [kind, group?.id || false]);
        page.charts = markRaw({
            weeks: page.weeks.length ? this.picture(page, page.weeks, page.band) : null,
            past: page.past.length ? this.picture(page, page.past, true) : null,
        });
        Object.assign(this.state, { page, kind, group });
    }

    async freeze() {
        this.ui.block();
        try {
            const words = await this.orm.call("btp.cash.forecast", "action_freeze", []);
            if (words) {
                this.notification.add(words, { type: "info" });
            }
            await this.load(this.state.kind, this.state.group);
        } finally {
            this.ui.unblock();
        }
    }

    /** The figures behind the picture: for one group, those said last. */
    openRows() {
        const { kind, group } = this.state;
        const last = group ? { search_default_last: 1 } : {};
        return this.open("btp_relance_scoring.btp_cash_forecast_action", { [`search_default_${kind}`]: 1, ...last });
    }

    /** What the sum is made of. */
    openAmounts() {
        return this.open("btp_relance.btp_echeance_action", {});
    }

    /** Open an action on the group that was chosen; its own filters make way. */
    async open(xmlid, context) {
        const { kind, group } = this.state;
        const action = await this.action.loadAction(xmlid);
        const name = kind === "customer" ? "partner_id" : "chantier_id";
        const chosen = group ? { [`search_default_${name}`]: group.id } : {};
        return this.action.doAction({ ...action, context: { ...context, ...chosen } });
    }

    // === WORDS === //

    money(value, currency = this.state.page.currency_id) {
        return formatCurrency(Math.round(value), currency, { digits: [16, 0] });
    }

    day(iso) {
        return deserializeDate(iso).toLocaleString({ day: "numeric", month: "short" });
    }

    get madeOn() {
        return deserializeDate(this.state.page.made_on).toLocaleString({ dateStyle: "long" });
    }

    get total() {
        return this.money(this.state.page.weeks.reduce((sum, week) => sum + week.expected, 0));
    }

    // === PICTURE === //

    /** Bars of what is expected, the band as a whisker, a point for what came. */
    picture(page, weeks, band) {
        const money = (value) => this.money(value, page.currency_id);
        const datasets = [
            {
                type: "bar",
                label: _t("Expected"),
                data: weeks.map((week) => week.expected),
                whiskers: band ? weeks.map((week) => [week.low, week.high]) : null,
                backgroundColor: COLORS.main + "99",
                order: 2,
            },
        ];
        if (weeks.some((week) => week.actual !== undefined)) {
            datasets.push({
                type: "line",
                label: _t("What came"),
                data: weeks.map((week) => week.actual),
                borderColor: COLORS.came,
                backgroundColor: COLORS.came,
                showLine: false,
                pointRadius: 5,
                pointStyle: "rectRot",
                order: 1,
            });
        }
        const most = Math.max(...weeks.map((week) => Math.max(band ? week.high : 0, week.expected, week.actual || 0)));
        return {
            type: "bar",
            data: { labels: weeks.map((week) => this.day(week.date)), datasets },
            options: {
                plugins: {
                    legend: { position: "bottom" },
                    tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${money(item.raw)}` } },
                },
                scales: { y: { beginAtZero: true, suggestedMax: most, ticks: { callback: money } } },
            },
        };
    }
}

registry.category("actions").add("btp_relance_scoring.cash", CashPage);
