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

const MODEL = "btp.relance.posting";

/** Takes the scan of an acknowledgement, then asks what it says. */
export class ReceiptDrop extends Component {
    static template = "btp_relance.ReceiptDrop";
    static components = { FileInput };
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.upload = useFileUploader();
        const root = useRef("root");
        const target = {
            get el() {
                return root.el && (root.el.closest(".o_form_sheet") || root.el);
            },
        };
        useDropzone(target, (ev) => this.onDrop(ev), "o_btp_dropzone", () => Boolean(this.props.record.resId));
    }

    async onDrop(ev) {
        const files = [...ev.dataTransfer.files];
        if (files.length) {
            const params = { csrf_token: odoo.csrf_token, ufile: files, model: MODEL, id: this.props.record.resId };
            await this.onUploaded(await this.upload("/web/binary/upload_attachment", params));
        }
    }

    async onUploaded(files) {
        const failed = (files || []).find((file) => file.error);
        if (failed) {
            this.notification.add(failed.error, { title: _t("Uploading error"), type: "danger" });
            return;
        }
        const ids = (files || []).map((file) => file.id);
        await this.action.doActionButton({
            type: "object",
            name: "action_receipt",
            resModel: MODEL,
            resId: this.props.record.resId,
            context: {},
            buttonContext: { btp_dropped: ids },
            onClose: () => this.props.record.model.root.load(),
        });
    }
}

registry.category("view_widgets").add("btp_receipt_drop", { component: ReceiptDrop });
