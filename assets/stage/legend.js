// The legend: one line of words, each a button that switches all layers of that word.

import { make, draw } from "./dom.js";
import { dashOf } from "./lines.js";

const RANK = ["field", "path", "points", "bars", "arrows", "rule", "area", "text"]; // which layer of a word its swatch shows

function dotShape(role, dense) {
  if (dense) return draw("circle", { cx: 13, cy: 7, r: 3, class: "fill" });
  if (role === "failure") return draw("path", { d: "M9 3l8 8M17 3l-8 8", class: "line" });
  if (role === "truth") return draw("path", { d: "M13 1.5l5.5 5.5-5.5 5.5-5.5-5.5z", class: "fill" });
  return draw("circle", { cx: 13, cy: 7, r: 4.2, class: role === "ghost" ? "line" : "fill" });
}

function shapeOf({ mark, role, style, dense, columns }) {
  const outlined = role === "ghost" || role === "truth", dash = dashOf({ ...style, role }).join(" ");
  if (mark === "points") return dotShape(role, dense);
  if (mark === "bars") return draw("rect", { x: 6, y: 2, width: 14, height: 10, class: outlined ? "line" : "fill" });
  if (mark === "area") return draw("rect", { x: 2, y: 2, width: 22, height: 10, class: "fill", opacity: 0.35 });
  if (mark === "arrows") return draw("path", { d: "M2 6.4l15-.6V2l7 5-7 5V8.2L2 7.6z", class: "fill" });
  if (mark === "text") return draw("path", { d: "M7 2h12v2.2h-4.8V13h-2.4V4.2H7z", class: "fill" });
  const upright = mark === "rule" && columns.some(({ name }) => name === "x");
  return draw("path", { d: upright ? "M13 0v14" : "M1 7h24", class: "line", "stroke-dasharray": upright && dash ? "4 1" : dash });
}

function swatchOf(layer) {
  if (layer.mark === "field") return make("span", { class: `scale role-${layer.role}`, "aria-hidden": "true", title: "low to high" });
  return draw("svg", { class: `swatch role-${layer.role}`, viewBox: "0 0 26 14", "aria-hidden": "true" }, shapeOf(layer));
}

// Returns word -> the layer that stands for it, in the order of appearance.
export function wordsOf(reel) {
  const words = new Map();
  for (const panel of reel.panels) for (const layer of panel.layers) {
    const other = words.get(layer.label);
    if (layer.label && (!other || RANK.indexOf(layer.mark) < RANK.indexOf(other.mark))) words.set(layer.label, layer);
  }
  return words;
}

export class Legend {
  constructor(changed) {
    this.element = make("div", { class: "legend", role: "group", "aria-label": "What is shown" });
    this.chosen = new Map(); // word -> shown, as the hand has set it; kept when a new reel comes
    this.changed = changed;
  }

  isOff = (layer) => !(this.chosen.get(layer.label) ?? !layer.style.hidden);

  shape(reel) {
    const words = wordsOf(reel);
    this.element.replaceChildren(...[...words].map(([word, layer]) => this.#button(word, layer)));
    this.element.hidden = words.size === 0;
  }

  #button(word, layer) {
    const pressed = String(!this.isOff(layer));
    const button = make("button", { type: "button", "aria-pressed": pressed }, swatchOf(layer), make("span", { text: word }));
    button.addEventListener("click", () => {
      this.chosen.set(word, this.isOff(layer));
      button.setAttribute("aria-pressed", String(!this.isOff(layer)));
      this.changed();
    });
    return button;
  }
}
