/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { user } from "@web/core/user";

export const COLORS = { main: "#1f77b4", band: "rgba(31, 119, 180, 0.18)", came: "#e07b00", muted: "#9aa0a6" };
/** One colour for each contender, the same in every picture. */
export const CONTENDERS = { learner: "#1f77b4", delays: "#2ca02c", rate: "#9467bd", rule: "#9aa0a6" };
const TICK = 5;

/** Draws the intervals that a dataset has as `whiskers`: [low, high] for each point. */
const whiskers = {
    id: "btp_whiskers",
    afterDatasetsDraw(chart) {
        const flat = chart.options.indexAxis === "y";
        const scale = flat ? chart.scales.x : chart.scales.y;
        const { ctx } = chart;
        ctx.save();
        ctx.strokeStyle = getComputedStyle(chart.canvas).color;
        ctx.lineWidth = 1.5;
        chart.data.datasets.forEach((dataset, index) => {
            if (!dataset.whiskers || !chart.isDatasetVisible(index)) {
                return;
            }
            chart.getDatasetMeta(index).data.forEach((point, place) => {
                const ends = dataset.whiskers[place];
                if (!ends || ends[0] === null) {
                    return;
                }
                const [from, to] = ends.map((value) => scale.getPixelForValue(value));
                const middle = flat ? point.y : point.x;
                const line = (x1, y1, x2, y2) => {
                    ctx.moveTo(...(flat ? [x1, y1] : [y1, x1]));
                    ctx.lineTo(...(flat ? [x2, y2] : [y2, x2]));
                };
                ctx.beginPath();
                line(from, middle, to, middle);
                line(from, middle - TICK, from, middle + TICK);
                line(to, middle - TICK, to, middle + TICK);
                ctx.stroke();
            });
        });
        ctx.restore();
    },
};

/** A picture of Odoo's own Chart.js; what it shows is also said in `label`. */
export class BtpChart extends Component {
    static template = "btp_relance_scoring.Chart";
    static props = { config: Object, label: String, className: { type: String, optional: true } };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            (config) => {
                const { options = {}, ...rest } = config;
                const color = getComputedStyle(this.canvas.el).color;
                const chart = new Chart(this.canvas.el, {
                    ...rest,
                    options: {
                        responsive: true,
                        maintainAspectRatio: false,
                        animation: false,
                        locale: user.lang,
                        color,
                        ...options,
                    },
                    plugins: [whiskers],
                });
                return () => chart.destroy();
            },
            () => [this.props.config]
        );
    }
}
