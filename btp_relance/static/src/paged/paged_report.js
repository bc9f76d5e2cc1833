import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { getReportUrl } from "@web/webclient/actions/reports/utils";
import { user } from "@web/core/user";

/**
 * Paged documents are not made by wkhtmltopdf: they download without asking whether this
 * server has it.
 */
async function downloadPaged(action, options, env) {
    if (!action.btp_paged || action.report_type !== "qweb-pdf") {
        return false;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry.category("ir.actions.report handlers").add("btp_relance.paged", downloadPaged);
