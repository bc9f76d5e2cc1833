/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { user } from "@web/core/user";

/** A picture of Odoo's own Chart.js; what it shows is also said in `label`. */
export class FigureChart extends Component {
    static template = "btp_relance.FigureChart";
    static props = { config: Object, label: String, onPick: { type: Function, optional: true } };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            (config) => {
                const { options = {}, ...rest } = config;
                const chart = new Chart(this.canvas.el, {
                    ...rest,
                    options: {
                        responsive: true,
                        maintainAspectRatio: false,
                        animation: false,
                        locale: user.lang,
                        color: getComputedStyle(this.canvas.el).color,
                        onClick: (_event, points) => points.length && this.props.onPick?.(points[0].index),
                        ...options,
                    },
                });
                const resize = () => chart.resize();
                window.addEventListener("beforeprint", resize);
                return () => {
                    window.removeEventListener("beforeprint", resize);
                    chart.destroy();
                };
            },
            () => [this.props.config]
        );
    }
}
