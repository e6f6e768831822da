// What the stage says in words: read-outs, the caption, and a quiet line for screen readers.

import { make } from "./dom.js";
import { captionOf, say } from "./words.js";

const REST = 300; // ms of rest before anything is read out
const SAMPLED = 200; // frames looked at for the widest number

function put(element, text) { // spares the page a layout when nothing has changed
  if (element.textContent !== text) element.textContent = text;
}

export class Telling {
  constructor(canvas) {
    this.canvas = canvas;
    this.readouts = make("dl", { class: "readouts" });
    this.caption = make("p", { class: "caption" });
    this.live = make("p", { class: "unseen", "aria-live": "polite" });
  }

  shape(reel) {
    this.reel = reel;
    this.shown = reel.readouts.filter((each) => each.shown);
    this.values = this.shown.map((each) => make("dd"));
    this.values.forEach((value, i) => { value.style.minWidth = `${this.#widest(this.shown[i])}ch`; }); // no jump while they change
    this.readouts.replaceChildren(...this.shown.map((each, i) => make("div", {}, make("dt", { text: each.label }), this.values[i])));
    this.readouts.hidden = this.shown.length === 0;
    this.caption.hidden = reel.captions.length === 0;
  }

  #widest({ values, form }) {
    const stride = Math.max(1, Math.floor(values.length / SAMPLED));
    let most = 1;
    for (let i = 0; i < values.length; i += stride) most = Math.max(most, say(values[i], form).length);
    return Math.min(most, 16);
  }

  show(frame) {
    this.shown.forEach((each, i) => put(this.values[i], say(each.values[frame], each.form)));
    const caption = captionOf(this.reel, frame);
    put(this.caption, caption);
    const said = caption || this.reel.panels.map((panel) => panel.note || panel.y.label).filter(Boolean).join("; ") || "Picture";
    if (!this.first) this.canvas.setAttribute("aria-label", (this.first = said));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#announce(said), REST);
  }

  #announce(said) {
    this.canvas.setAttribute("aria-label", said);
    if (said !== (this.live.textContent || this.first)) this.live.textContent = said; // the first picture is not news
  }

  stop() { clearTimeout(this.timer); }
}
