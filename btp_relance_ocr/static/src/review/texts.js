/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */

/**
 * A value as French papers write it, whatever the user's language: what is typed here is read
 * with the day first, too.
 */
export function shown(type, value) {
    if (value === null || value === undefined || value === false || value === "") {
        return "";
    }
    if (type === "date") {
        return String(value).split("-").reverse().join("/");
    }
    if (type === "month") {
        const [year, month] = String(value).split("-");
        return `${month}/${year}`;
    }
    if (type === "amount") {
        const [whole, cents = ""] = String(value).split(".");
        return `${whole.replace(/\B(?=(\d{3})+$)/g, "\u202f")},${cents.padEnd(2, "0")}`;
    }
    if (type === "siret") {
        return String(value).replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, "$1\u202f$2\u202f$3\u202f$4");
    }
    return String(value);
}
