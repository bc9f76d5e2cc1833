/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component, onWillStart, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { union } from "./geometry";
import { PagePicture } from "./page_picture";
import { ReviewHelp } from "./review_help";
import { shown } from "./texts";

const MODEL = "btp.paper";
const ZOOMS = [1, 1.25, 1.5, 2, 3];
const REVIEWABLE = ["to_check", "failed"];
const BILLS = ["facture", "avoir"];
const OF_SUPPLIER = [...BILLS, "attestation"];
const ABOUT = ["chantier_id", "move_id", "partner_id"];

/** A paper beside what was read of it: a person confirms or corrects, and the next one follows. */
export class PaperReview extends Component {
    static template = "btp_relance_ocr.Review";
    static components = { Layout, PagePicture, RecordSelector };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.root = useRef("root");
        this.display = { controlPanel: {} };
        this.shown = shown;
        this.placeholders = { date: _t("dd/mm/yyyy"), month: _t("mm/yyyy") };
        this.jobs = new Set();
        this.skipped = [];
        const { params, context } = this.props.action;
        this.ids = params?.review_ids || context?.review_ids || [];
        this.state = useState({ paper: null, queue: [], busy: false });
        this.dropNamelessCrumb();
        this.foretell = useDebounced(() => this.loadEffects(), 500);
        onWillStart(() => this.load(this.props.resId || (this.ids.length === 1 && this.ids[0]) || null));
        useEffect(
            () => this.focusFirst(),
            () => [this.state.paper?.id]
        );
        this.addHotkeys();
    }

    /** Opened by its address, Odoo puts this very screen before it, without a name. */
    dropNamelessCrumb() {
        const { breadcrumbs } = this.env.config;
        const place = (breadcrumbs || []).slice(0, -1).findIndex((crumb) => !crumb.name);
        if (place >= 0) {
            breadcrumbs.splice(place, 1);
        }
    }

    addHotkeys() {
        const keys = {
            "control+enter": () => this.confirm(),
            "alt+n": () => this.later(),
            "alt+x": () => this.setAside(),
            "alt+l": () => this.useProposal(this.field(this.state.active)),
            "alt+z": () => this.zoomBy(1),
            "alt+shift+z": () => this.zoomBy(-1),
            "alt+r": () => this.rotate(),
            "alt+pagedown": () => this.turnPage(1),
            "alt+pageup": () => this.turnPage(-1),
            "alt+arrowdown": () => this.focusDoubt(),
            "alt+o": () => this.openOriginal(),
            escape: () => this.back(),
        };
        for (const [key, callback] of Object.entries(keys)) {
            useHotkey(key, callback, { bypassEditableProtection: true });
        }
        for (const rank of [1, 2, 3]) {
            useHotkey(`alt+${rank}`, () => this.choose(this.state.paper?.candidates[rank - 1]), {
                bypassEditableProtection: true,
                isAvailable: () => Boolean(this.state.paper?.candidates[rank - 1]),
            });
        }
        useExternalListener(window, "keydown", (ev) => {
            if (ev.key === "F1") {
                ev.preventDefault();
                this.help();
            }
        });
    }

    // === WHAT IS SHOWN === //

    async load(id) {
        const filters = { ids: this.ids, skip: this.skipped };
        const { paper, queue } = await this.orm.call(MODEL, "get_review", [id, filters]);
        Object.assign(this.state, {
            paper,
            queue,
            busy: false,
            touched: false,
            problems: {},
            choice: null,
            searching: false,
            active: undefined,
            hovered: undefined,
            place: 0,
            rotation: 0,
            zoom: 1,
        });
        this.since = Date.now();
        if (paper) {
            Object.assign(this.state, { kind: paper.kind, values: paper.values, effects: paper.effects });
            this.props.updateActionState?.({ resId: paper.id });
            if (this.page && !this.page.words.length && paper.pages.length > 1) {
                this.state.place = Math.max(0, paper.pages.findIndex((page) => page.words.length));
            }
        }
    }

    get editable() {
        return REVIEWABLE.includes(this.state.paper.state);
    }

    get page() {
        return this.state.paper.pages[this.state.place];
    }

    get fields() {
        return this.state.paper.forms[this.state.kind] || [];
    }

    get left() {
        return this.state.queue.length;
    }

    field(name) {
        return this.fields.find((field) => field.name === name);
    }

    entry(field) {
        return this.state.values[field.name];
    }

    value(field) {
        const value = this.entry(field)?.value;
        return value === undefined ? null : value;
    }

    text(field) {
        return shown(field.type, this.value(field));
    }

    /** How sure a field is, for its colour: by hand, sure, doubtful, or missing. */
    level(field) {
        const entry = this.entry(field);
        if (this.value(field) === null) {
            return field.core ? "missing" : "none";
        }
        return entry.touched || entry.corrected ? "hand" : entry.sure ? "sure" : "doubt";
    }

    levelWords(field) {
        const { learned, confidence } = this.entry(field) || {};
        const percent = Math.round(100 * (confidence || 0));
        return {
            hand: _t("Corrected by a person"),
            sure: _t("Read: sure at %s %", percent),
            doubt: learned
                ? _t("Learned from a correction: look at it (%s %)", percent)
                : _t("Look at it: sure at %s % only", percent),
            missing: _t("Not found: fill it in"),
            none: _t("Not found"),
        }[this.level(field)];
    }

    proposal(field) {
        const proposal = this.state.paper.proposals[field.name];
        return proposal && proposal.value !== this.value(field) ? proposal : null;
    }

    get boxes() {
        const boxes = [];
        for (const field of this.fields) {
            const entry = this.entry(field);
            const lit = [this.state.hovered, this.state.active].includes(field.name);
            // Of a “no” only the place that was looked at is known: a large frame, shown on demand.
            const told = this.value(field) !== null && (lit || this.value(field) !== false);
            if (entry?.box && entry.page === this.page?.number && told) {
                boxes.push({ name: field.name, label: field.label, box: entry.box, level: this.level(field), lit });
            }
        }
        return boxes;
    }

    get kindLabel() {
        return Object.fromEntries(this.state.paper.kinds)[this.state.kind];
    }

    // === FIELDS === //

    touch(field, value, place = {}) {
        const entry = this.entry(field) || {};
        const first = !entry.touched && !entry.corrected && !entry.learned;
        this.state.values[field.name] = {
            ...entry,
            value,
            // What the reader said stays beside what a person says.
            read: first ? entry.value : entry.read,
            page: place.page || 0,
            box: place.box || false,
            touched: true,
        };
        delete this.state.problems[field.name];
        this.state.touched = true;
        this.foretell();
    }

    /** What was typed; the server reads it as it reads papers. */
    commit(field, input) {
        const text = input.value.trim();
        if (text === this.text(field) && !this.state.problems[field.name]) {
            return;
        }
        const job = this.parse(field, text).then((told) => {
            if (told.error) {
                this.state.problems[field.name] = told.error;
            } else {
                this.touch(field, told.value);
                input.value = this.text(field);
            }
        });
        this.jobs.add(job.finally(() => this.jobs.delete(job)));
        return job;
    }

    parse(field, text, around, index) {
        return this.orm.silent.call(MODEL, "parse_value", [field.name, text, around || [], index || 0]);
    }

    /** Words of the picture go into the field in hand. */
    async fill(words, page, line, index) {
        const field = this.field(this.state.active);
        if (!this.editable || !field || ["boolean", "choice"].includes(field.type)) {
            this.notification.add(_t("Click a field first, then its words on the paper."), { type: "info" });
            return;
        }
        const text = words.map((word) => word[0]).join(" ");
        if (field.type === "list") {
            this.addItem(field, text);
            return;
        }
        const told = await this.parse(field, text, line && line.map((word) => word[0]), index);
        if (told.error) {
            this.state.problems[field.name] = _t("“%(text)s”: %(error)s", { text, error: told.error });
            return;
        }
        const taken = line ? line.slice(...told.span) : words;
        this.touch(field, told.value, { page, box: union(taken.map((word) => word.slice(1))) });
        this.focus(field.name);
    }

    useProposal(field) {
        const proposal = field && this.proposal(field);
        if (proposal) {
            this.touch(field, proposal.value, proposal.place || {});
        }
    }

    addItem(field, text = "") {
        this.touch(field, [...(this.value(field) || []), text], this.entry(field) || {});
        if (!text) {
            // After the row is there.
            setTimeout(() => this.root.el?.querySelector(".o_btp_item:last-of-type input")?.focus());
        }
    }

    setItem(field, rank, text) {
        const items = [...this.value(field)];
        if (items[rank] === text) {
            return;
        }
        items[rank] = text;
        this.touch(field, items, this.entry(field));
    }

    dropItem(field, rank) {
        this.touch(field, this.value(field).filter((_item, place) => place !== rank), this.entry(field));
    }

    setKind(kind) {
        this.state.kind = kind;
        this.state.touched = true;
        this.foretell();
    }

    // === WHAT IT IS ABOUT === //

    choose(candidate) {
        if (candidate && this.editable) {
            this.state.choice = { candidate_id: candidate.id };
            this.state.searching = false;
            this.state.touched = true;
            this.foretell();
        }
    }

    search() {
        const { about } = this.state.paper;
        this.state.searching = true;
        this.state.choice = {
            chantier_id: about.chantier[0] || false,
            move_id: about.move[0] || false,
            partner_id: about.partner[0] || false,
        };
    }

    setAbout(name, id) {
        const choice = { ...this.state.choice, [name]: id };
        if (name !== "partner_id") {
            // It is found again from the invoice or the chantier.
            choice.partner_id = false;
        }
        if (name === "move_id" && id) {
            choice.chantier_id = false;
        }
        this.state.choice = choice;
        this.state.touched = true;
        this.foretell();
    }

    /** What to say to who may create the supplier of the paper; nothing where it has one. */
    get newSupplier() {
        const { kind, paper, values } = this.state;
        const about = this.state.choice || { partner_id: paper.about.partner, move_id: paper.about.move };
        const known = about.partner_id || about.move_id || about.candidate_id;
        const name = BILLS.includes(kind) && values.entreprise?.value;
        return !known && this.editable && name ? _t("Create the supplier “%s”", name) : null;
    }

    async createSupplier() {
        if (this.state.busy || !(await this.settle())) {
            return;
        }
        this.state.busy = true;
        try {
            const { paper } = this.state;
            if (await this.save(false)) {
                const name = await this.orm.call(MODEL, "create_supplier", [paper.id]);
                this.notification.add(_t("%s: created", name), { type: "success" });
                await this.load(paper.id);
            }
        } finally {
            this.state.busy = false;
        }
    }

    get searches() {
        const supplier = OF_SUPPLIER.includes(this.state.kind);
        return [
            {
                name: "move_id",
                model: "account.move",
                label: _t("Invoice"),
                domain: [["move_type", "in", supplier ? ["in_invoice", "in_refund"] : ["out_invoice"]]],
            },
            { name: "chantier_id", model: "btp.chantier", label: _t("Chantier"), domain: [] },
            { name: "partner_id", model: "res.partner", label: supplier ? _t("Supplier") : _t("Customer"), domain: [] },
        ];
    }

    // === WHAT FOLLOWS === //

    payload() {
        const values = {};
        for (const field of this.fields) {
            const entry = this.entry(field);
            if (entry?.touched) {
                let value = entry.value;
                if (field.type === "list") {
                    value = value.map((item) => item.trim()).filter(Boolean);
                }
                values[field.name] = { value, page: entry.page, box: entry.box };
            }
        }
        if (this.state.kind && this.state.kind !== this.state.paper.kind) {
            values.kind = this.state.kind;
        }
        return values;
    }

    get choice() {
        const { choice } = this.state;
        return choice && (choice.candidate_id || ABOUT.some((name) => choice[name])) ? choice : null;
    }

    async loadEffects() {
        const { paper } = this.state;
        if (!paper || !this.editable || !this.state.kind) {
            return;
        }
        try {
            const effects = await this.orm.silent.call(MODEL, "preview_review", [paper.id, this.payload(), this.choice]);
            if (this.state.paper?.id === paper.id) {
                this.state.effects = effects;
            }
        } catch (error) {
            // What is half typed foretells nothing; confirming says what is wrong.
            this.state.effects = { first: [], then: [] };
            if (!error.exceptionName) {
                throw error;
            }
        }
    }

    /** Wait for what was typed last. */
    async settle() {
        const input = document.activeElement;
        if (input?.matches(".o_btp_fields input[type=text]") && this.root.el.contains(input)) {
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }
        await Promise.all(this.jobs);
        const wrong = this.fields.find((field) => this.state.problems[field.name]);
        if (wrong) {
            this.focus(wrong.name);
        }
        return !wrong;
    }

    async save(confirm) {
        const { paper } = this.state;
        const told = await this.orm.call(MODEL, "save_review", [paper.id, this.payload(), this.choice], {
            confirm,
            stamp: paper.stamp,
            seconds: Math.round((Date.now() - this.since) / 1000),
        });
        if (told.conflict) {
            this.notification.add(told.conflict, { type: "warning", sticky: true });
            await this.load(paper.id);
            return null;
        }
        return told;
    }

    async confirm() {
        if (this.state.busy || !this.state.paper || !this.editable) {
            return;
        }
        this.state.busy = true;
        try {
            if (!(await this.settle())) {
                return;
            }
            const told = await this.save(true);
            if (told) {
                const title = _t("%s: done", this.state.paper.name);
                this.notification.add(told.done.join("\n") || this.kindLabel, { type: "success", title });
                await this.next();
            }
        } finally {
            this.state.busy = false;
        }
    }

    /** The next one that is to check, this one apart. */
    async next() {
        this.skipped.push(this.state.paper.id);
        await this.load(null);
    }

    async later() {
        if (this.state.paper && (await this.keep())) {
            await this.next();
        }
    }

    /** Keep what was typed, without doing what it means. */
    async keep() {
        if (!this.editable || !(await this.settle())) {
            return !this.editable;
        }
        return !this.state.touched || !this.state.kind || Boolean(await this.save(false));
    }

    get failed() {
        return this.state.paper.state === "failed";
    }

    /** Write to whoever sent it; the paper waits for what they answer. */
    async askAgain() {
        const action = await this.orm.call(MODEL, "action_ask_again", [[this.state.paper.id]]);
        await this.action.doAction(action);
    }

    async setAside() {
        if (this.state.paper && this.editable) {
            await this.orm.call(MODEL, "action_set_aside", [[this.state.paper.id]]);
            this.notification.add(_t("%s: set aside", this.state.paper.name), { type: "info" });
            await this.next();
        }
    }

    async back() {
        if (!this.state.paper || (await this.keep())) {
            if (this.env.config.breadcrumbs?.length > 1) {
                this.env.config.historyBack();
            } else {
                this.openList();
            }
        }
    }

    openOriginal() {
        if (this.state.paper) {
            window.open(this.state.paper.original, "_blank");
        }
    }

    openList() {
        this.action.doAction("btp_relance_ocr.btp_paper_action", { clearBreadcrumbs: true });
    }

    help() {
        this.dialog.add(ReviewHelp, {});
    }

    // === THE PICTURE === //

    zoomBy(step) {
        const place = ZOOMS.indexOf(this.state.zoom) + step;
        this.state.zoom = ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, place))];
    }

    rotate() {
        this.state.rotation = (this.state.rotation + 90) % 360;
    }

    turnPage(step) {
        const { pages } = this.state.paper || { pages: [] };
        this.state.place = Math.max(0, Math.min(pages.length - 1, this.state.place + step));
    }

    // === THE KEYBOARD === //

    /** One input a field: of yes and no, the one that is chosen. */
    inputOf(name) {
        const inputs = [...this.root.el.querySelectorAll(`.o_btp_fields [data-field="${name}"]`)];
        return inputs.find((input) => input.checked) || inputs[0];
    }

    focus(name) {
        const input = this.inputOf(name);
        input?.focus();
        input?.select?.();
    }

    focusFirst() {
        if (!this.state.paper || this.ui.isSmall || !this.editable) {
            return;
        }
        const supplier = this.newSupplier && this.root.el.querySelector(".o_btp_new_supplier");
        if (supplier) {
            supplier.focus();
            return;
        }
        const doubtful = this.fields.find((field) => ["doubt", "missing"].includes(this.level(field)));
        const field = doubtful || this.fields[0];
        if (field) {
            this.focus(field.name);
        } else {
            this.root.el.querySelector(".o_btp_kind")?.focus();
        }
        if (this.state.effects.first.length) {
            // What is to settle stands above the fields.
            this.root.el.querySelector(".o_btp_scroll").scrollTop = 0;
        }
    }

    /** The next field that wants a look. */
    focusDoubt() {
        const names = this.fields.map((field) => field.name);
        const place = names.indexOf(this.state.active);
        const turn = [...this.fields.slice(place + 1), ...this.fields.slice(0, place + 1)];
        const field = turn.find((one) => ["doubt", "missing"].includes(this.level(one)));
        if (field) {
            this.focus(field.name);
        }
    }

    onFocus(field) {
        this.state.active = field.name;
        const { page } = this.entry(field) || {};
        const place = this.state.paper.pages.findIndex((one) => one.number === page);
        if (place >= 0) {
            this.state.place = place;
        }
    }

    onKeydown(ev) {
        const target = ev.target;
        if (ev.altKey || ev.ctrlKey || ev.metaKey || !target.dataset?.field) {
            return;
        }
        const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[ev.key];
        const chooses = target.matches("select, input[type=radio]") && ev.key !== "Enter";
        if (ev.key === "Enter" && target.matches("button")) {
            return; // It is pressed.
        }
        if (!step || chooses) {
            this.onLetter(ev);
            return;
        }
        ev.preventDefault();
        const place = this.fields.findIndex((field) => field.name === target.dataset.field);
        const next = this.fields[place + step];
        if (next) {
            this.focus(next.name);
        } else if (step > 0) {
            this.root.el.querySelector(".o_btp_confirm")?.focus();
        }
    }

    /** Yes and no by their first letter. */
    onLetter(ev) {
        if (!ev.target.matches("input[type=radio]")) {
            return;
        }
        const field = this.field(ev.target.dataset.field);
        const key = ev.key.toLowerCase();
        if (["o", "y"].includes(key)) {
            this.touch(field, true, this.entry(field) || {});
        } else if (key === "n") {
            this.touch(field, false, this.entry(field) || {});
        }
    }
}

registry.category("actions").add("btp_relance_ocr.review", PaperReview);
