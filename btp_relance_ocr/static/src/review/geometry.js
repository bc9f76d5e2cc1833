/* Copyright 2026 BTP Relance contributors
 * License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */

/** A word is [text, left, top, right, bottom], in shares of its page. */

/** A finger or a pointer need not hit the ink. */
const SLACK = 0.004;
/** Between two words of one value there is no wider gap. */
const GAP = 0.03;

/** From a point as seen on a page that was turned clockwise to a point of the upright page. */
export function turnBack([x, y], degrees) {
    switch (((degrees % 360) + 360) % 360) {
        case 90:
            return [y, 1 - x];
        case 180:
            return [1 - x, 1 - y];
        case 270:
            return [1 - y, x];
        default:
            return [x, y];
    }
}

/** The words that a rectangle touches; its corners may be given in any order. */
export function wordsWithin(words, one, other) {
    const [left, right] = [Math.min(one[0], other[0]), Math.max(one[0], other[0])];
    const [top, bottom] = [Math.min(one[1], other[1]), Math.max(one[1], other[1])];
    return words.filter(
        ([, x0, y0, x1, y1]) => x0 - SLACK <= right && left <= x1 + SLACK && y0 - SLACK <= bottom && top <= y1 + SLACK
    );
}

/** The word at a point, the nearest of those that it nearly hits. */
export function wordAt(words, point) {
    const far = ([, x0, y0, x1, y1]) => Math.hypot((x0 + x1) / 2 - point[0], 2 * ((y0 + y1) / 2 - point[1]));
    return wordsWithin(words, point, point).sort((one, other) => far(one) - far(other))[0];
}

/** The words of the line that a word stands in, from left to right, as far as no wide gap parts them. */
export function lineOf(words, word) {
    const middle = (word[2] + word[4]) / 2;
    const line = words.filter((one) => one[2] < middle && middle < one[4]).sort((a, b) => a[1] - b[1]);
    const place = line.indexOf(word);
    let [start, end] = [place, place + 1];
    while (start > 0 && line[start][1] - line[start - 1][3] < GAP) {
        start--;
    }
    while (end < line.length && line[end][1] - line[end - 1][3] < GAP) {
        end++;
    }
    return line.slice(start, end);
}

/** The words line by line, each from left to right. */
export function readingOrder(words) {
    const middle = (word) => (word[2] + word[4]) / 2;
    const lines = [];
    for (const word of [...words].sort((a, b) => middle(a) - middle(b))) {
        const line = lines.at(-1);
        if (line && middle(word) < line[0][4] && middle(word) > line[0][2]) {
            line.push(word);
        } else {
            lines.push([word]);
        }
    }
    return lines.flatMap((line) => line.sort((a, b) => a[1] - b[1]));
}

/** The smallest box around boxes. */
export function union(boxes) {
    return [
        Math.min(...boxes.map((box) => box[0])),
        Math.min(...boxes.map((box) => box[1])),
        Math.max(...boxes.map((box) => box[2])),
        Math.max(...boxes.map((box) => box[3])),
    ];
}
