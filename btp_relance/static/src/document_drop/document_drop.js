/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component, useRef } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { FileInput } from "@web/core/file_input/file_input";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useFileUploader } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const ROUTE = "/web/binary/upload_attachment";

/** A button that takes the file of a document, which may also be dropped on its row. */
export class DocumentDrop extends Component {
    static template = "btp_relance.DocumentDrop";
    static components = { FileInput };
    static props = { ...standardWidgetProps, zone: { type: Boolean, optional: true } };

    setup() {
        this.notification = useService("notification");
        this.upload = useFileUploader();
        const root = useRef("root");
        // Easier to hit than the button: the row, the card, or the sheet of a form.
        const target = {
            get el() {
                return root.el && (root.el.closest("tr, .o_kanban_record, .o_form_sheet") || root.el);
            },
        };
        useDropzone(target, (ev) => this.onDrop(ev), "o_btp_dropzone", () => Boolean(this.documentId));
    }

    get documentId() {
        const { record } = this.props;
        if (record.resModel === "btp.document") {
            return record.resId || 0;
        }
        return record.data.document_id?.id || 0;
    }

    async onDrop(ev) {
        const files = [...ev.dataTransfer.files];
        if (files.length) {
            const params = { csrf_token: odoo.csrf_token, ufile: files, model: "btp.document", id: this.documentId };
            await this.onUploaded(await this.upload(ROUTE, params));
        }
    }

    async onUploaded(files) {
        const failed = (files || []).find((file) => file.error);
        if (failed) {
            this.notification.add(failed.error, { title: _t("Uploading error"), type: "danger" });
        }
        const { root } = this.props.record.model;
        if (root.save && root.dirty) {
            await root.save();
        }
        await root.load();
    }
}

registry.category("view_widgets").add("btp_document_drop", {
    component: DocumentDrop,
    // A form has Odoo's own button beside: it only wants the zone.
    extractProps: ({ options }) => ({ zone: Boolean(options.zone) }),
});
