/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component, markRaw, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate } from "@web/core/l10n/dates";
import { formatCurrency } from "@web/core/currency";
import { formatFloat } from "@web/core/utils/numbers";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { FigureChart } from "./chart";

const MAIN = "#1f77b4";
const BAND = "rgba(31, 119, 180, 0.16)";
const BEST = "#5f9e6e";
const CAME = "#c85f00";
/** From not due to oldest: the later, the hotter. */
const AGES = ["#5f9e6e", "#e8c547", "#e6a23c", "#dd7f3b", "#cc5a3b", "#a63232", "#8a8f98", "#7a9ab8"];

/** What a manager decides from: figures with their cause, their definition and their lines. */
export class FigureDashboard extends Component {
    static template = "btp_relance.FigureDashboard";
    static components = { Layout, FigureChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ page: null, month: false, chantier: 0, user: 0, company: 0, open: null, effects: null, few: false, all: null });
        onWillStart(() => this.load());
    }

    get filters() {
        const filters = {};
        if (this.state.chantier) {
            filters.chantier_id = this.state.chantier;
        }
        if (this.state.user) {
            filters.user_id = this.state.user;
        }
        return filters;
    }

    async load() {
        const page = await this.orm.call("btp.figure", "get_dashboard", [], {
            month: this.state.month || false,
            filters: this.filters,
            company_id: this.state.company || false,
        });
        this.state.all = null;
        page.charts = markRaw({
            trend: this.trendPicture(page),
            ageing: this.ageingPicture(page),
            cash: page.cash?.weeks.length ? this.cashPicture(page) : null,
        });
        this.state.page = page;
        this.state.company = page.company_id;
    }

    async choose(name, value) {
        this.state[name] = name === "month" ? value || false : parseInt(value) || 0;
        if (name === "company") {
            Object.assign(this.state, { chantier: 0, user: 0, month: false, effects: null });
        }
        await this.load();
    }

    // === WORDS === //

    money(value, currency = this.state.page.currency_id) {
        return formatCurrency(Math.round(value), currency, { digits: [16, 0] });
    }

    day(iso, format = { day: "numeric", month: "short" }) {
        return deserializeDate(iso).toLocaleString(format);
    }

    value(tile, value = tile.value) {
        if (tile.unit === "money") {
            return this.money(value);
        }
        if (tile.unit === "rate") {
            // What collecting costs is often less than one in a thousand: that is not nothing.
            const digits = value && Math.abs(value) < 0.01 ? 2 : 1;
            return `${formatFloat(value * 100, { digits: [16, digits] })}\u00a0%`;
        }
        return _t("%s days", formatFloat(value, { digits: [16, 1] }));
    }

    /** How a tile moved since the month before: nothing where one of both is unknown. */
    move(tile) {
        if (tile.value === null || tile.before === null) {
            return null;
        }
        const change = tile.value - tile.before;
        const small = tile.unit === "rate" ? 0.0005 : 0.05;
        if (Math.abs(change) < small) {
            return { text: "=", tone: "text-muted" };
        }
        const size = formatFloat(Math.abs(change) * (tile.unit === "rate" ? 100 : 1), { digits: [16, 1] });
        const shown = `${change > 0 ? "+" : "−"}${size}`;
        return {
            text: tile.unit === "rate" ? `${shown}\u00a0${_t("points")}` : _t("%s days", shown),
            tone: change * tile.good > 0 ? "text-success" : "text-danger",
        };
    }

    get cashTotal() {
        return this.money(this.state.page.cash.weeks.reduce((sum, week) => sum + week.expected, 0));
    }

    // === PICTURES === //

    trendPicture(page) {
        const point = (name) => page.trend.map((month) => month[name]);
        return {
            type: "line",
            data: {
                labels: page.trend.map((month) => this.day(month.month, { month: "short", year: "2-digit" })),
                datasets: [
                    { label: _t("DSO"), data: point("dso"), borderColor: MAIN, backgroundColor: MAIN, tension: 0.2 },
                    {
                        label: _t("Best possible"),
                        data: point("best"),
                        borderColor: BEST,
                        backgroundColor: BEST,
                        borderDash: [5, 4],
                        pointRadius: 0,
                        tension: 0.2,
                    },
                ],
            },
            options: {
                plugins: { legend: { position: "bottom" } },
                scales: { y: { beginAtZero: true } },
            },
        };
    }

    ageingPicture(page) {
        return {
            type: "bar",
            data: {
                labels: page.ageing.map((age) => age.name),
                datasets: [{ data: page.ageing.map((age) => age.amount), backgroundColor: AGES }],
            },
            options: {
                indexAxis: "y",
                plugins: {
                    legend: { display: false },
                    tooltip: { callbacks: { label: (item) => this.money(item.raw, page.currency_id) } },
                },
                scales: { x: { suggestedMax: 100, ticks: { maxTicksLimit: 5, callback: (value) => this.money(value, page.currency_id) } } },
            },
        };
    }

    /** Weeks that are over with what came, then the weeks to come with their band. */
    cashPicture(page) {
        const { cash } = page;
        const weeks = [...cash.past, ...cash.weeks];
        const line = { pointRadius: 0, borderWidth: 0, tension: 0.2, type: "line" };
        return {
            type: "bar",
            data: {
                labels: weeks.map((week) => this.day(week.date)),
                datasets: [
                    { type: "bar", label: _t("Expected"), data: weeks.map((w) => w.expected), backgroundColor: MAIN + "99", order: 3 },
                    { ...line, label: _t("At least"), data: weeks.map((w) => w.low), order: 2 },
                    { ...line, label: _t("Band"), data: weeks.map((w) => w.high), backgroundColor: BAND, fill: "-1", order: 2 },
                    {
                        type: "line",
                        label: _t("What came"),
                        data: weeks.map((w) => (w.actual === undefined ? null : w.actual)),
                        borderColor: CAME,
                        backgroundColor: CAME,
                        showLine: false,
                        pointRadius: 5,
                        pointStyle: "rectRot",
                        order: 1,
                    },
                ],
            },
            options: {
                plugins: {
                    legend: { position: "bottom", labels: { filter: (item) => item.text !== _t("At least").toString() } },
                    tooltip: {
                        callbacks: { label: (item) => `${item.dataset.label}: ${this.money(item.raw, page.currency_id)}` },
                    },
                },
                scales: { y: { beginAtZero: true, suggestedMax: 100, ticks: { callback: (value) => this.money(value, page.currency_id) } } },
            },
        };
    }

    // === DRILL DOWN === //

    toggle(tile) {
        this.state.open = this.state.open === tile.code ? null : tile.code;
    }

    async openLines(code, filters = {}) {
        const action = await this.orm.call("btp.figure", "get_lines_action", [code], {
            month: this.state.month || false,
            filters: { ...this.filters, ...filters },
            company_id: this.state.company || false,
        });
        return this.action.doAction(action);
    }

    openAge(index) {
        return this.openLines(this.state.page.ageing[index].code);
    }

    openPromise(promise) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "btp.promise",
            res_id: promise.id,
            views: [[false, "form"]],
        });
    }

    /** Reckoned when asked for: it compares every amount reminded with the others. */
    async loadEffects() {
        this.state.effects = await this.orm.call("btp.figure", "get_effects", [], {
            company_id: this.state.company || false,
        });
    }

    /** Every figure, reckoned when asked for. */
    async loadAll() {
        this.state.all = await this.orm.call("btp.figure", "get_indicators", [], {
            month: this.state.month || false,
            filters: this.filters,
            company_id: this.state.company || false,
        });
    }

    /** What chance decided first; those with too few cases only when asked for. */
    get effectTables() {
        const shown = this.state.effects.filter((effect) => this.state.few || effect.low !== null);
        return [
            { key: "held", title: _t("Against those held out by chance"), other: _t("Held out, paid"), rows: shown.filter((e) => e.held) },
            { key: "others", title: _t("Against comparable amounts not reminded"), other: _t("Not reminded, paid"), rows: shown.filter((e) => !e.held) },
        ].filter((table) => table.rows.length);
    }

    get fewCount() {
        return this.state.effects.filter((effect) => effect.low === null).length;
    }

    percent(value) {
        return value === null ? "–" : `${formatFloat(value * 100, { digits: [16, 0] })}\u00a0%`;
    }

    interval(effect) {
        if (effect.low === null) {
            return effect.words;
        }
        const points = (value) => `${value < 0 ? "−" : "+"}${formatFloat(Math.abs(value) * 100, { digits: [16, 0] })}`;
        return _t("%(low)s to %(high)s points", { low: points(effect.low), high: points(effect.high) });
    }

    openFigures() {
        this.action.doAction("btp_relance.btp_figure_action");
    }

    exportSheet() {
        const query = new URLSearchParams({ company_id: this.state.company });
        if (this.state.month) {
            query.set("month", this.state.month);
        }
        for (const [name, value] of Object.entries(this.filters)) {
            query.set(name, value);
        }
        window.location = `/btp_relance/figures.xlsx?${query}`;
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("btp_relance.figure_dashboard", FigureDashboard);
