/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component, onMounted, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { lineOf, readingOrder, turnBack, union, wordAt, wordsWithin } from "./geometry";

/** So many pixels of a mouse are a drag, not a trembling click. */
const DRAG = 5;

/** The picture of a page with the boxes of its fields; words are clicked, or dragged over. */
export class PagePicture extends Component {
    static template = "btp_relance_ocr.PagePicture";
    static props = {
        page: Object,
        boxes: Array,
        active: { type: String, optional: true },
        zoom: Number,
        rotation: Number,
        onWords: Function,
        label: String,
    };

    setup() {
        this.pane = useRef("pane");
        this.sheet = useRef("sheet");
        this.state = useState({ width: 0, ratio: Math.SQRT2, hover: null, drag: null });
        onMounted(() => {
            this.observer = new ResizeObserver(() => this.measure());
            this.observer.observe(this.pane.el);
            this.measure();
        });
        onWillUnmount(() => this.observer.disconnect());
        useEffect(
            () => this.show(),
            () => [this.props.active, this.props.page.number, this.props.zoom, this.state.width, this.state.ratio]
        );
    }

    measure() {
        if (this.pane.el) {
            this.state.width = this.pane.el.clientWidth;
        }
    }

    onLoad({ target }) {
        this.state.ratio = target.naturalHeight / target.naturalWidth || Math.SQRT2;
    }

    // === WHERE THINGS ARE === //

    get turned() {
        return this.props.rotation % 180 !== 0;
    }

    /** The sheet's own size: turned, its height takes the width of the pane. */
    get size() {
        const most = Math.max(100, this.state.width - 2) * this.props.zoom;
        return this.turned
            ? { width: most / this.state.ratio, height: most }
            : { width: most, height: most * this.state.ratio };
    }

    get frameStyle() {
        const { width, height } = this.size;
        return this.turned ? `width:${height}px;height:${width}px` : `width:${width}px;height:${height}px`;
    }

    get sheetStyle() {
        const { width, height } = this.size;
        const [left, top] = this.turned ? [(height - width) / 2, (width - height) / 2] : [0, 0];
        return `width:${width}px;height:${height}px;left:${left}px;top:${top}px;transform:rotate(${this.props.rotation}deg)`;
    }

    place(box) {
        const [left, top, right, bottom] = box.map((share) => 100 * share);
        return `left:${left}%;top:${top}%;width:${right - left}%;height:${bottom - top}%`;
    }

    /** Where the pointer is, as shares of the upright page. */
    point(ev) {
        const rect = this.sheet.el.getBoundingClientRect();
        const seen = [(ev.clientX - rect.left) / rect.width, (ev.clientY - rect.top) / rect.height];
        return turnBack(seen, this.props.rotation);
    }

    /** Bring the box of the field in hand into view. */
    show() {
        const box = this.pane.el?.querySelector(".o_btp_box.o_btp_active");
        const pane = this.pane.el;
        if (!box || !pane) {
            return;
        }
        const [inner, outer] = [box.getBoundingClientRect(), pane.getBoundingClientRect()];
        if (inner.top < outer.top + 20 || inner.bottom > outer.bottom - 20) {
            pane.scrollTop += inner.top - outer.top - outer.height / 3;
        }
        if (inner.left < outer.left || inner.right > outer.right) {
            pane.scrollLeft += inner.left - outer.left - 40;
        }
    }

    // === THE MOUSE, OR A FINGER === //

    onPointerDown(ev) {
        if (ev.button) {
            return;
        }
        this.start = { point: this.point(ev), x: ev.clientX, y: ev.clientY };
        if (ev.pointerType === "mouse") {
            // The field that is filled keeps the focus.
            ev.preventDefault();
            this.sheet.el.setPointerCapture(ev.pointerId);
        }
    }

    onPointerMove(ev) {
        if (ev.pointerType !== "mouse") {
            return;
        }
        const point = this.point(ev);
        if (this.start && Math.hypot(ev.clientX - this.start.x, ev.clientY - this.start.y) > DRAG) {
            const words = wordsWithin(this.props.page.words, this.start.point, point);
            this.state.drag = union([[...this.start.point, ...this.start.point], [...point, ...point]]);
            this.state.hover = words.length ? union(words.map((word) => word.slice(1))) : null;
        } else if (!this.start) {
            const word = wordAt(this.props.page.words, point);
            this.state.hover = word ? word.slice(1) : null;
        }
    }

    onPointerUp(ev) {
        const start = this.start;
        this.start = null;
        this.state.drag = null;
        if (!start) {
            return;
        }
        const moved = Math.hypot(ev.clientX - start.x, ev.clientY - start.y) > DRAG;
        if (moved && ev.pointerType !== "mouse") {
            return; // A finger scrolls.
        }
        if (!moved) {
            const word = wordAt(this.props.page.words, start.point);
            if (word) {
                const line = lineOf(this.props.page.words, word);
                this.props.onWords([word], this.props.page.number, line, line.indexOf(word));
            }
            return;
        }
        const words = readingOrder(wordsWithin(this.props.page.words, start.point, this.point(ev)));
        if (words.length) {
            this.props.onWords(words, this.props.page.number);
        }
    }

    onPointerLeave() {
        this.state.hover = null;
    }

    onPointerCancel() {
        this.start = null;
        this.state.drag = null;
    }
}
