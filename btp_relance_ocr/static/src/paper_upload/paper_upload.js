/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component, onWillUnmount, useRef, useState } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { FileUploadProgressContainer } from "@web/core/file_upload/file_upload_progress_container";
import { FileUploadProgressRecord } from "@web/core/file_upload/file_upload_progress_record";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const ROUTE = "/btp/papers/upload";
/** Milliseconds between two looks at papers that are being read, and how often to look. */
const PAUSE = 3000;
const MOST_LOOKS = 40;

/**
 * Send files one request each: one that is refused stops no other, and each has its bar.
 *
 * @returns {{send: Function, batch: {done: number, total: number}}}
 */
export function usePaperUpload({ getTarget, onDone }) {
    const uploads = useService("file_upload");
    const batch = useState({ done: 0, total: 0 });
    const notification = useService("notification");

    async function sendOne(file) {
        const target = getTarget();
        const upload = await uploads.upload(ROUTE, [file], {
            displayErrorNotification: false,
            buildFormData: (form) => {
                form.append("model", target.model || "");
                form.append("id", target.id || 0);
            },
        });
        return new Promise((resolve) => {
            const told = () => {
                let answer = {};
                try {
                    answer = JSON.parse(upload.xhr.response);
                } catch {
                    answer = { error: { message: _t("The file did not arrive: try again.") } };
                }
                resolve(
                    upload.xhr.status === 413
                        ? { error: { message: _t("This file is too large: scan it lighter, or in parts.") } }
                        : answer
                );
            };
            if (upload.xhr.readyState === XMLHttpRequest.DONE) {
                told();
            } else {
                upload.xhr.addEventListener("loadend", told);
            }
        });
    }

    async function send(files) {
        const papers = [];
        // Others may be dropped while the first ones are on their way.
        batch.total += files.length;
        for (const file of files) {
            const answer = await sendOne(file);
            batch.done++;
            if (answer.papers) {
                papers.push(...answer.papers);
            } else {
                notification.add(answer.error?.message || _t("The file did not arrive: try again."), {
                    title: file.name,
                    type: "danger",
                    sticky: true,
                });
            }
        }
        const known = papers.filter((paper) => paper.known);
        const fresh = papers.length - known.length;
        if (fresh) {
            notification.add(
                fresh === 1 ? _t("One paper received: it is being read.") : _t("%s papers received: they are being read.", fresh),
                { type: "success" }
            );
        }
        for (const paper of known) {
            notification.add(_t("“%s” was there already: nothing is done twice.", paper.name), { type: "info" });
        }
        if (batch.done === batch.total) {
            Object.assign(batch, { done: 0, total: 0 });
        }
        if (papers.length) {
            await onDone(papers);
        }
    }
    return { send, batch };
}

const batchText = ({ done, total }) => _t("File %(rank)s of %(total)s", { rank: Math.min(done + 1, total), total });

/** The button that takes files, and their progress. */
export class PaperUploadButton extends Component {
    static template = "btp_relance_ocr.PaperUploadButton";
    static props = { send: Function, className: { type: String, optional: true } };

    setup() {
        this.input = useRef("input");
    }

    onClick() {
        this.input.el.click();
    }

    async onChange(ev) {
        const files = [...ev.target.files];
        await this.props.send(files);
        // The same file may be chosen again.
        ev.target.value = "";
    }
}

export class PaperProgressBar extends FileUploadProgressRecord {
    static template = "btp_relance_ocr.PaperProgress";
}

/** On a chantier or an invoice: the button, and the whole sheet as a place to drop files. */
export class PaperUpload extends Component {
    static template = "btp_relance_ocr.PaperUpload";
    static components = { PaperUploadButton, FileUploadProgressContainer };
    static props = { ...standardWidgetProps };

    setup() {
        this.uploads = useState(useService("file_upload").uploads);
        this.Record = PaperProgressBar;
        const { record } = this.props;
        const { send, batch } = usePaperUpload({
            getTarget: () => ({ model: record.resModel, id: this.props.record.resId }),
            onDone: () => this.props.record.load(),
        });
        Object.assign(this, { send, batch });
    }

    get batchText() {
        return batchText(this.batch);
    }
}

registry.category("view_widgets").add("btp_paper_upload", { component: PaperUpload });

/** The list and the cards: files dropped anywhere on them are papers, shown as they are read. */
const withUpload = (Controller) =>
    class extends Controller {
        static components = { ...Controller.components, PaperUploadButton, FileUploadProgressContainer };

        setup() {
            super.setup();
            this.uploads = useState(useService("file_upload").uploads);
            this.Record = PaperProgressBar;
            const context = this.props.context;
            const { send, batch } = usePaperUpload({
                getTarget: () =>
                    context.default_chantier_id
                        ? { model: "btp.chantier", id: context.default_chantier_id }
                        : context.default_move_id
                          ? { model: "account.move", id: context.default_move_id }
                          : {},
                onDone: () => this.follow(),
            });
            Object.assign(this, { send, batch });
            useDropzone(this.rootRef, (ev) => this.send([...ev.dataTransfer.files]), "o_btp_dropzone");
            onWillUnmount(() => clearTimeout(this.looking));
        }

        get batchText() {
            return batchText(this.batch);
        }

        /** Show new papers, and look again while some are being read. */
        async follow(looks = MOST_LOOKS) {
            clearTimeout(this.looking);
            await this.model.load();
            const waiting = (this.model.root.records || []).some((record) => record.data.state === "waiting");
            if (waiting && looks) {
                this.looking = setTimeout(() => this.follow(looks - 1), PAUSE);
            }
        }
    };

export class PaperListController extends withUpload(ListController) {
    static template = "btp_relance_ocr.PaperListView";
}

export class PaperKanbanController extends withUpload(KanbanController) {
    static template = "btp_relance_ocr.PaperKanbanView";
}

registry.category("views").add("btp_paper_list", {
    ...listView,
    Controller: PaperListController,
    buttonTemplate: "btp_relance_ocr.PaperListView.Buttons",
});
registry.category("views").add("btp_paper_kanban", {
    ...kanbanView,
    Controller: PaperKanbanController,
    buttonTemplate: "btp_relance_ocr.PaperKanbanView.Buttons",
});
