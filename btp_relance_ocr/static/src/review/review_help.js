/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";

/** What each key does on the review screen. */
export class ReviewHelp extends Component {
    static template = "btp_relance_ocr.ReviewHelp";
    static components = { Dialog };
    static props = { close: Function };

    setup() {
        this.title = _t("Without the mouse");
        this.keys = [
            [_t("Enter, ↓, ↑"), _t("next field, field before")],
            [_t("Alt + ↓"), _t("next field that wants a look")],
            [_t("O, N"), _t("yes, no")],
            [_t("Alt + L"), _t("take what was learned from earlier corrections")],
            [_t("Alt + 1, 2, 3"), _t("choose what the paper is about")],
            [_t("Ctrl + Enter"), _t("confirm, and go on to the next paper")],
            [_t("Alt + N"), _t("later: go on without confirming")],
            [_t("Alt + X"), _t("set the paper aside")],
            [_t("Alt + Z, Alt + Shift + Z"), _t("larger, smaller")],
            [_t("Alt + R"), _t("turn the page")],
            [_t("Alt + Page ↓, Alt + Page ↑"), _t("next page, page before")],
            [_t("Alt + O"), _t("open the original file")],
            [_t("Escape"), _t("back; what was typed is kept")],
        ];
    }
}
