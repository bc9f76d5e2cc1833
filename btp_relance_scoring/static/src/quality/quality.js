/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component, markRaw, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { BtpChart, COLORS, CONTENDERS } from "../chart/chart";

const percent = (value) => `${Math.round(100 * value)} %`;
const day = (iso) => deserializeDate(iso).toLocaleString({ day: "numeric", month: "short", year: "2-digit" });

/** *Is the model good?*: what a manager needs to trust it, or not. */
export class ScoringQuality extends Component {
    static template = "btp_relance_scoring.Quality";
    static components = { Layout, BtpChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.state = useState({ page: null, running: false });
        this.display = { controlPanel: {} };
        onWillStart(() => this.load());
    }

    async load() {
        const page = await this.orm.call("btp.scoring.model", "get_quality", []);
        // Charts are drawn again only when the figures are new.
        page.charts = markRaw(this.makeCharts(page));
        this.state.page = page;
    }

    async run() {
        this.state.running = true;
        this.ui.block({ message: _t("The past is replayed: one moment.") });
        try {
            await this.orm.call("btp.scoring.model", "action_train", [[]]);
            await this.load();
        } finally {
            this.ui.unblock();
            this.state.running = false;
        }
    }

    open(xmlid) {
        this.action.doAction(xmlid);
    }

    exportCsv(what) {
        this.action.doAction({ type: "ir.actions.act_url", url: `/btp_relance_scoring/${what}`, target: "download" });
    }

    // === PICTURES === //

    makeCharts(page) {
        const charts = {};
        if (page.contenders.length) {
            charts.days = this.bars(page.contenders, "mae", "mae_interval", _t("days"));
            charts.chances = this.bars(page.contenders, "brier", "brier_interval", _t("0 is perfect"));
            charts.cash = this.bars(page.contenders, "wape", null, _t("share of what came"), percent);
            charts.origins = this.lines(page.origins);
        }
        if (page.reliability.length) {
            charts.reliability = this.curve(page.reliability);
        }
        if (page.drift.length) {
            charts.drift = this.drift(page.drift);
        }
        return charts;
    }

    bars(contenders, name, interval, title, callback) {
        const shown = contenders.filter((one) => one[name] !== null && one[name] !== undefined);
        return {
            type: "bar",
            data: {
                labels: shown.map((one) => one.label),
                datasets: [
                    {
                        data: shown.map((one) => one[name]),
                        backgroundColor: shown.map((one) => CONTENDERS[one.name]),
                        whiskers: interval ? shown.map((one) => one[interval]) : null,
                        barThickness: 18,
                    },
                ],
            },
            options: {
                indexAxis: "y",
                plugins: { legend: { display: false } },
                scales: {
                    x: {
                        beginAtZero: true,
                        title: { display: true, text: title },
                        ...(callback && { ticks: { callback } }),
                        suggestedMax: Math.max(...shown.map((one) => (interval && one[interval]?.[1]) || one[name])),
                    },
                    y: { ticks: { autoSkip: false, callback: (_value, place) => this.wrap(shown[place].label) } },
                },
            },
        };
    }

    /** A long label on two lines. */
    wrap(label) {
        if (label.length < 22) {
            return label;
        }
        const cut = label.lastIndexOf(" ", Math.ceil(label.length / 2) + 3);
        return cut > 0 ? [label.slice(0, cut), label.slice(cut + 1)] : label;
    }

    curve(parts) {
        const share = { min: 0, max: 1, ticks: { callback: percent, maxTicksLimit: 6 } };
        return {
            type: "scatter",
            data: {
                datasets: [
                    {
                        label: _t("What happened, with its interval"),
                        data: parts.map((part) => ({ x: part.said, y: part.seen })),
                        whiskers: parts.map((part) => [part.low, part.high]),
                        backgroundColor: COLORS.main,
                        pointRadius: 5,
                        clip: false,
                    },
                    {
                        label: _t("As it should be"),
                        data: [
                            { x: 0, y: 0 },
                            { x: 1, y: 1 },
                        ],
                        type: "line",
                        borderColor: COLORS.muted,
                        borderDash: [5, 5],
                        borderWidth: 1,
                        pointRadius: 0,
                    },
                ],
            },
            options: {
                plugins: { legend: { position: "bottom" } },
                scales: {
                    x: { ...share, title: { display: true, text: _t("Said to be late") } },
                    y: { ...share, title: { display: true, text: _t("Were late") } },
                },
            },
        };
    }

    lines({ days, series }) {
        return {
            type: "line",
            data: {
                labels: days.map(day),
                datasets: series.map((one) => ({
                    label: one.label,
                    data: one.values,
                    borderColor: CONTENDERS[one.name],
                    backgroundColor: CONTENDERS[one.name],
                    borderWidth: 2,
                })),
            },
            options: {
                plugins: { legend: { position: "bottom" } },
                scales: { y: { beginAtZero: true } },
            },
        };
    }

    drift(found) {
        const line = (label, name, color, dash) => ({
            label,
            data: found.map((one) => one[name]),
            borderColor: color,
            backgroundColor: color,
            borderDash: dash,
            borderWidth: 2,
            pointRadius: found.length > 30 ? 0 : 3,
        });
        return {
            type: "line",
            data: {
                labels: found.map((one) => day(one.day)),
                datasets: [
                    line(_t("Its chances"), "brier", COLORS.main),
                    line(_t("The same said to everybody"), "base", COLORS.muted, [5, 5]),
                ],
            },
            options: {
                plugins: { legend: { position: "bottom" } },
                scales: { y: { beginAtZero: true } },
            },
        };
    }
}

registry.category("actions").add("btp_relance_scoring.quality", ScoringQuality);
