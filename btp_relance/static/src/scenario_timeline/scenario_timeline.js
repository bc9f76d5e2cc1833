/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";

/** Icons of the channels; one that an addon brings has the last one. */
const ICONS = {
    email: "fa-envelope-o",
    call: "fa-phone",
    sms: "fa-commenting-o",
    letter: "fa-file-text-o",
    registered: "fa-certificate",
};
const OTHER_ICON = "fa-paper-plane-o";
/** Pixels: width of a card, height of a row of cards, room at both ends, least between marks. */
const [CARD, ROW, EDGE, MARK] = [172, 112, 92, 44];
/** Pixels that a pointer moves before it drags: less is a click. */
const STEADY = 5;
/** Beyond so many days between the first and the last step one counts in months. */
const LONG = 120;
const MONTH = 365.25 / 12;
const MARKS = [1, 5, 10, 15, MONTH, 3 * MONTH, 12 * MONTH];
/** A step is at most ten years from the due date. */
const FARTHEST = 3650;
const ARROWS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 7, PageUp: -7 };

/** The steps of a scenario on a line of time; a card is dragged to another day. */
export class ScenarioTimeline extends X2ManyField {
    static template = "btp_relance.ScenarioTimeline";

    setup() {
        super.setup();
        this.ui = useService("ui");
        this.root = useRef("root");
        this.state = useState({ width: 1000, drag: null, said: "" });
        const measure = new ResizeObserver(([entry]) => {
            this.state.width = entry.contentRect.width || this.state.width;
        });
        onMounted(() => measure.observe(this.root.el));
        onWillUnmount(() => measure.disconnect());
    }

    // === STEPS === //

    get steps() {
        return this.list.records
            .filter((record) => record.data.kind === "reminder")
            .sort((one, other) => this.dayOf(one) - this.dayOf(other));
    }

    get thanks() {
        return this.list.records.filter((record) => record.data.kind === "thanks");
    }

    get canMove() {
        return !this.props.readonly && this.activeActions.write !== false;
    }

    dayOf(record) {
        const { drag } = this.state;
        return drag && drag.id === record.id ? drag.day : record.data.days;
    }

    icon(record) {
        return ICONS[record.data.channel] || OTHER_ICON;
    }

    label(record, name) {
        const found = record.fields[name].selection.find(([value]) => value === record.data[name]);
        return found ? found[1] : "";
    }

    /** As the trade writes it: J−7, J0, J+20; M−6 where one counts in months. */
    dayLabel(days, inMonths = this.isLong && Math.abs(days) >= 60) {
        const count = inMonths ? Math.round(Math.abs(days) / MONTH) : Math.abs(days);
        const sign = !count ? "" : days > 0 ? "+" : "−";
        return `${inMonths ? "M" : "J"}${sign}${count}`;
    }

    gapLabel(record) {
        return _t("≥ %s d", record.data.min_gap_days);
    }

    /** What happens at a step, in one sentence. */
    describe(record) {
        const { name, min_gap_days: gap, approval, attach_invoices: attached, channel } = record.data;
        const leaves = {
            auto: channel === "call" ? _t("comes on somebody's desk by itself") : _t("leaves by itself"),
            manual: _t("waits for somebody to approve it"),
        }[approval];
        const parts = [_t("%(channel)s “%(name)s” %(leaves)s", { channel: this.label(record, "channel"), name, leaves })];
        if (record.data.kind === "reminder" && gap) {
            parts.push(
                gap === 1
                    ? _t("at least 1 day after the previous step")
                    : _t("at least %s days after the previous step", gap)
            );
        }
        if (attached && channel !== "call") {
            parts.push(_t("with the invoices"));
        }
        return `${parts.join(", ")}.`;
    }

    // === THE LINE === //

    get span() {
        // While a card is dragged the line stays still under it.
        if (this.state.drag) {
            return this.state.drag.span;
        }
        const days = [0, ...this.steps.map((record) => record.data.days)];
        const [first, last] = [Math.min(...days), Math.max(...days)];
        const room = Math.max(3, Math.round((last - first) * 0.06));
        return { first: first - room, last: last + room };
    }

    get isLong() {
        const { first, last } = this.span;
        return last - first > LONG;
    }

    get pixels() {
        const { first, last } = this.span;
        return Math.max(this.state.width - 2 * EDGE, 1) / (last - first);
    }

    left(day) {
        return EDGE + (day - this.span.first) * this.pixels;
    }

    /** Days to click on: each one, or each week on a long line. */
    get days() {
        const { first, last } = this.span;
        const every = this.isLong ? 7 : 1;
        const start = Math.ceil(first / every) * every;
        const count = Math.floor((last - start) / every) + 1;
        return Array.from({ length: count }, (_, rank) => start + rank * every);
    }

    get marks() {
        const { first, last } = this.span;
        const steps = this.isLong ? MARKS.filter((step) => step >= MONTH) : MARKS;
        const every = steps.find((step) => step * this.pixels >= MARK) || steps.at(-1);
        const marks = [];
        for (let rank = Math.ceil(first / every); rank * every <= last; rank++) {
            marks.push({ day: rank * every, label: this.dayLabel(Math.round(rank * every), every >= MONTH && rank !== 0) });
        }
        return marks;
    }

    /** Cards with their place: those that would cover another go one row down. */
    get cards() {
        const ends = [];
        return this.steps.map((record) => {
            const day = this.dayOf(record);
            const x = this.left(day) - CARD / 2;
            let row = ends.findIndex((end) => end + 8 <= x);
            row = row < 0 ? ends.length : row;
            ends[row] = x + CARD;
            return { record, day, row, style: this.ui.isSmall ? "" : `left:${x}px;top:${row * ROW + 44}px` };
        });
    }

    get height() {
        const rows = Math.max(0, ...this.cards.map((card) => card.row)) + 1;
        return this.ui.isSmall ? "" : `height:${rows * ROW + 52}px`;
    }

    // === MOVING === //

    /** Why a step cannot be at a day; nothing where it can. */
    refusal(record, day) {
        if (this.steps.some((other) => other !== record && other.data.days === day)) {
            return _t("A scenario has one step a day: choose another day for this step.");
        }
        if (record.data.tone === "preventive" && day > 0) {
            return _t("A preventive step comes before the due date.");
        }
        return Math.abs(day) > FARTHEST ? _t("A step is at most ten years from the due date.") : "";
    }

    async move(record, day) {
        const refusal = this.refusal(record, day);
        if (refusal) {
            this.notificationService.add(refusal, { type: "danger" });
            return;
        }
        await record.update({ days: day });
        this.state.said = `${record.data.name}: ${this.dayLabel(day)}`;
    }

    /** Move by some days, over the days that are taken. */
    async shift(record, by) {
        let day = record.data.days + by;
        while (this.steps.some((other) => other !== record && other.data.days === day)) {
            day += Math.sign(by);
        }
        await this.move(record, day);
        // The cards are in another order: the keyboard stays with its card.
        requestAnimationFrame(() => this.root.el?.querySelector(`[data-step="${record.id}"]`)?.focus());
    }

    onKeydown(ev, record) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.openRecord(record);
        } else if (ARROWS[ev.key] && this.canMove) {
            ev.preventDefault();
            this.shift(record, ARROWS[ev.key]);
        }
    }

    onPointerdown(ev, record) {
        if (ev.button !== 0 || !this.canMove || this.ui.isSmall) {
            return;
        }
        const { days } = record.data;
        const span = this.span;
        const pixels = this.pixels;
        const onMove = (moved) => {
            const distance = moved.clientX - ev.clientX;
            if (this.state.drag || Math.abs(distance) > STEADY) {
                const day = Math.round(days + distance / pixels);
                this.state.drag = { id: record.id, day: Math.min(Math.max(day, span.first), span.last), span };
            }
        };
        const stop = () => {
            for (const [name, listener] of listeners) {
                document.removeEventListener(name, listener);
            }
        };
        const onUp = async () => {
            stop();
            const { drag } = this.state;
            if (drag) {
                this.state.drag = null;
                this.dragged = true;
                if (drag.day !== days) {
                    await this.move(record, drag.day);
                }
            }
        };
        const onCancel = () => {
            stop();
            this.state.drag = null;
        };
        const listeners = [["pointermove", onMove], ["pointerup", onUp], ["pointercancel", onCancel]];
        this.dragged = false;
        for (const [name, listener] of listeners) {
            document.addEventListener(name, listener);
        }
    }

    onClick(record) {
        // The click that ends a drag opens nothing.
        if (!this.dragged) {
            this.openRecord(record);
        }
        this.dragged = false;
    }

    // === ADDING === //

    addAt(day) {
        if (this.canCreate) {
            this.onAdd({ context: { default_days: day } });
        }
    }

    addLast() {
        const days = this.steps.map((record) => record.data.days);
        this.addAt(days.length ? Math.max(...days) + 7 : 3);
    }
}

registry.category("fields").add("btp_scenario_timeline", {
    ...x2ManyField,
    component: ScenarioTimeline,
    displayName: _t("Line of Time"),
    supportedTypes: ["one2many"],
});
