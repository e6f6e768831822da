// Reads a panel under the pointer: where it is, and the nearest value of each layer there.

import { say } from "./words.js";

const NEAR = 22; // px

// Returns the height of a curve at x, between its two neighbouring rows; nan when the rows are no function of x.
function curveAt({ x, y, count }, at) {
  for (let i = 1; i < count; i++) if (x[i] < x[i - 1]) return NaN;
  for (let i = 1; i < count; i++) {
    if (x[i - 1] <= at && at <= x[i] && x[i - 1] < x[i]) return y[i - 1] + ((y[i] - y[i - 1]) * (at - x[i - 1])) / (x[i] - x[i - 1]);
  }
  return NaN;
}

function barAt({ x, y, width, count }, at) {
  for (let i = 0; i < count; i++) if (Math.abs(x[i] - at) <= (width ? width[i] : 1) / 2) return y[i];
  return NaN;
}

function nearestRow({ x, y, count }, view, px, py) {
  let best = -1, least = NEAR ** 2;
  for (let i = 0; i < count; i++) {
    const away = (view.x.at(x[i]) - px) ** 2 + (view.y.at(y[i]) - py) ** 2;
    if (away < least) { least = away; best = i; }
  }
  return best;
}

// Writes a coordinate as finely as a pixel can tell.
function fine(value, scale, pixels) {
  if (scale.log) return say(value, ".3g");
  const step = (scale.high - scale.low) / Math.max(1, pixels), digits = Math.ceil(Math.log10(Math.max(Math.abs(value), step) / step));
  return say(Math.abs(value) < step / 2 ? 0 : value, `.${Math.min(6, Math.max(2, digits))}g`);
}

function rowsAt(layer, frame) {
  const [from, to] = layer.range(frame);
  return layer.rows(from, Math.min(to, from + 20000));
}

function wordFor(layer, panel) { return layer.label || panel.y.label || "y"; }

// Returns { text, x, y }: the words, and the place in px where the reading is taken.
export function readAt(view, frame, px, py, off) {
  const { panel } = view, x = view.x.back(px), y = view.y.back(py);
  const words = [`${panel.x.label || "x"} = ${fine(x, view.x, view.width)}`], told = new Set();
  let place = null;
  for (const layer of panel.layers) {
    if (off(layer) || !["path", "bars", "area"].includes(layer.mark) || told.has(wordFor(layer, panel))) continue;
    const rows = rowsAt(layer, frame), value = layer.mark === "bars" ? barAt(rows, x) : curveAt(rows, x);
    if (Number.isNaN(value)) continue;
    told.add(wordFor(layer, panel));
    words.push(`${wordFor(layer, panel)} ${say(value, ".3g")}`);
    place ??= { x: px, y: view.y.at(value) };
  }
  if (place) return { text: words.join(", "), ...place };
  const near = nearPoint(view, frame, px, py, off);
  if (near) return near;
  return { text: `${words[0]}, ${panel.y.label || "y"} = ${fine(y, view.y, view.height)}`, x: px, y: py };
}

function nearPoint(view, frame, px, py, off) {
  for (const layer of [...view.panel.layers].reverse()) {
    if (off(layer) || !["points", "path"].includes(layer.mark)) continue;
    const rows = rowsAt(layer, frame), i = nearestRow(rows, view, px, py);
    if (i < 0) continue;
    const name = layer.label ? `${layer.label}: ` : "", { panel } = view;
    const text = `${name}${panel.x.label || "x"} = ${say(rows.x[i], ".3g")}, ${panel.y.label || "y"} = ${say(rows.y[i], ".3g")}`;
    return { text, x: view.x.at(rows.x[i]), y: view.y.at(rows.y[i]) };
  }
  return null;
}
