// Paints a frame of a reel on a 2-D context. It knows no page: the player and the saved picture use it alike.

import { arrange, viewOf } from "./layout.js";
import { drawAxes, drawFrame } from "./axes.js";
import { MARKS } from "./marks.js";
import { Sheet } from "./sheet.js";

const TRAIL_STEPS = 24; // shades of a fading trail

export class Painter {
  constructor(reel) {
    this.reel = reel;
    this.kept = new Map(); // layer -> what its mark keeps between frames
  }

  // Fits the panels to a width; returns the height they need.
  fit(ctx, width, asked, theme, ratio) {
    ctx.font = `${theme.size}px ${theme.font}`;
    const { height, boxes } = arrange(this.reel, width, asked, theme, (text) => ctx.measureText(text).width);
    Object.assign(this, { width, height, boxes, theme, ratio });
    return height;
  }

  views(frame) { return this.reel.panels.map((panel, i) => viewOf(panel, this.boxes[i], frame)); }

  // Paints the frame; `off` tells which layers are switched off.
  paint(ctx, frame, off) {
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.clearRect(0, 0, this.width, this.height);
    for (const view of this.views(frame)) {
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
      drawAxes(ctx, view, view.panel, this.theme);
      ctx.save();
      ctx.beginPath();
      ctx.rect(view.left, view.top, view.width, view.height);
      ctx.clip();
      for (const layer of view.panel.layers) if (!off(layer)) this.#layer(ctx, view, layer, frame);
      ctx.restore();
      drawFrame(ctx, view, this.theme);
    }
  }

  #look(layer) {
    const { theme } = this, rgb = theme.colours[layer.role] ?? theme.ink, ramp = theme.ramp(layer.role);
    if (!this.kept.has(layer)) this.kept.set(layer, {});
    return {
      ...layer.style, role: layer.role, rgb, css: theme.css(rgb), ramp, theme, bold: theme.bold, words: layer.words, shape: layer.shape,
      total: layer.total, dense: layer.dense, kept: this.kept.get(layer),
      shade: (value) => { const c = ramp[Math.min(255, Math.max(0, Math.round(value * 255)))]; return theme.css([c & 255, (c >> 8) & 255, (c >> 16) & 255]); },
    };
  }

  #layer(ctx, view, layer, frame) {
    const look = this.#look(layer), [from, to] = layer.range(frame);
    if (layer.when === "trail") this.#trail(ctx, view, layer, frame, look);
    else if (layer.inked) this.#inked(ctx, view, layer, from, to, look);
    else if (to > from) this.#draw(ctx, view, layer, from, to, look);
  }

  #draw(ctx, view, layer, from, to, look) {
    ctx.save();
    MARKS[layer.mark]?.(ctx, view, layer.rows(from, to), look);
    ctx.restore();
  }

  // Draws only what is new since the last frame; from scratch after a step back or when the view has moved.
  #inked(ctx, view, layer, from, to, look) {
    const sheet = (look.kept.sheet ??= new Sheet());
    const { left, top, width, height, x, y } = view;
    const name = [left, top, width, height, x.low, x.high, y.low, y.high, this.ratio, this.theme.name, from].join();
    if (sheet.name !== name || to < sheet.to) { sheet.wipe(name, view, this.ratio, layer.dense); sheet.to = from; }
    if (to > sheet.to) {
      const joint = layer.mark === "path" ? Math.max(from, sheet.to - 1) : sheet.to; // a line goes on where it stopped
      this.#draw(sheet.ctx, view, layer, joint, to, { ...look, sheet });
      sheet.to = to;
    }
    ctx.globalAlpha = 1;
    ctx.drawImage(sheet.canvas, left, top, width, height);
  }

  #trail(ctx, view, layer, frame, look) {
    const first = Math.max(0, frame - layer.trail + 1), stride = Math.max(1, Math.ceil(layer.trail / TRAIL_STEPS));
    for (let last = frame; last >= first; last -= stride) this.#fade(ctx, view, layer, last, Math.max(first, last - stride + 1), 1 - (frame - last) / layer.trail, look);
  }

  #fade(ctx, view, layer, last, first, share, look) {
    const from = layer.start(first), to = layer.start(last + 1), joint = layer.mark === "path" ? Math.max(0, from - 1) : from;
    if (to > joint) this.#draw(ctx, view, layer, joint, to, { ...look, dense: false, opacity: (look.opacity ?? 0.9) * share ** 1.3 });
  }
}
