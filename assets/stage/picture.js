// The picture: one canvas for all panels, sharp at every pixel ratio, and the size and theme it is painted in.

import { make } from "./dom.js";
import { Painter } from "./painter.js";
import { readTheme } from "./theme.js";

export class Picture {
  constructor(stage) {
    this.stage = stage;
    this.canvas = make("canvas", { role: "img", tabindex: "0" });
    this.over = make("div", { class: "over" }); // handles, cross-hair and tip lie above the canvas
    this.element = make("div", { class: "picture" }, this.canvas, this.over);
    this.ctx = this.canvas.getContext("2d");
  }

  show(reel, { height, present }) {
    this.asked = height ?? undefined;
    this.present = Boolean(present);
    this.reel = reel;
    this.painter = new Painter(reel);
    this.fit();
  }

  // Fits the canvas to its place; returns false while it has none.
  fit() {
    const width = Math.floor(this.element.clientWidth), ratio = Math.min(3, globalThis.devicePixelRatio || 1);
    if (!this.painter || width < 40) return false;
    const theme = readTheme(this.stage, this.present);
    const height = this.painter.fit(this.ctx, width, this.asked, theme, ratio);
    const wide = Math.round(width * ratio), high = Math.round(height * ratio);
    if (this.canvas.width !== wide || this.canvas.height !== high) { // setting a size wipes the canvas
      this.canvas.width = wide;
      this.canvas.height = high;
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    return true;
  }

  get outgrown() { return Math.floor(this.element.clientWidth) !== this.painter?.width; }

  get stands() { return Boolean(this.painter?.boxes); }

  paint(frame, off) {
    if (!this.stands || this.painter.ratio !== Math.min(3, globalThis.devicePixelRatio || 1)) this.fit();
    if (this.stands) this.painter.paint(this.ctx, frame, off);
  }

  views(frame) { return this.stands ? this.painter.views(frame) : []; }
}
