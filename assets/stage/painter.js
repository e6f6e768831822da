// Paints a frame of a reel on a 2-D context. It knows no page: the player and the saved picture use it alike.

import { arrange, viewOf } from "./layout.js";
import { drawAxes, drawFrame } from "./axes.js";
import { MARKS } from "./marks.js";
import { Sheet } from "./sheet.js";
import { shadeOf } from "./theme.js";

const RIM = 8; // px
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
      drawFrame(ctx, view, this.theme);
      for (const layer of view.panel.layers) if (!off(layer)) this.#clipped(ctx, view, layer, frame);
    }
  }

  // A disc on the rim of a panel is drawn whole; all else ends there.
  #clipped(ctx, view, layer, frame) {
    const rim = layer.mark === "points" && !layer.dense ? RIM : 0;
    ctx.save();
    ctx.beginPath();
    ctx.rect(view.left - rim, view.top - rim, view.width + 2 * rim, view.height + 2 * rim);
    ctx.clip();
    this.#layer(ctx, view, layer, frame);
    ctx.restore();
  }

  #look(layer) {
    const { theme } = this, rgb = theme.colours[layer.role] ?? theme.ink, ramp = theme.ramp(layer.role);
    if (!this.kept.has(layer)) this.kept.set(layer, {});
    return {
      ...layer.style, role: layer.role, rgb, css: theme.css(rgb), ramp, theme, bold: theme.bold, words: layer.words, shape: layer.shape,
      most: layer.most, dense: layer.dense, kept: this.kept.get(layer),
      shade: (value) => shadeOf(ramp, value),
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
    const afresh = sheet.name !== name || to < sheet.to;
    if (afresh) { sheet.wipe(name, view, this.ratio, layer.dense); sheet.to = from; }
    if (to > sheet.to) {
      const joint = layer.mark === "path" ? Math.max(from, sheet.to - 1) : sheet.to; // a line goes on where it stopped
      this.#draw(sheet.ctx, view, layer, joint, to, { ...look, sheet });
    }
    if (layer.dense && (afresh || to > sheet.to)) sheet.flush();
    sheet.to = to;
    ctx.globalAlpha = 1;
    ctx.drawImage(sheet.canvas, left, top, width, height);
  }

  #trail(ctx, view, layer, frame, look) {
    const first = Math.max(0, frame - layer.trail + 1), stride = Math.max(1, Math.ceil(layer.trail / TRAIL_STEPS));
    const sheet = layer.dense ? (look.kept.sheet ??= new Sheet()) : null;
    sheet?.wipe("trail", view, this.ratio, true);
    for (let last = frame; last >= first; last -= stride) {
      const share = 1 - (frame - last) / layer.trail; // how fresh these frames are
      this.#fade(ctx, view, layer, Math.max(first, last - stride + 1), last, share, { ...look, sheet });
    }
    if (!sheet) return;
    sheet.flush();
    ctx.globalAlpha = 1;
    ctx.drawImage(sheet.canvas, view.left, view.top, view.width, view.height);
  }

  #fade(ctx, view, layer, first, last, share, look) {
    const from = layer.start(first), to = layer.start(last + 1), joint = layer.mark === "path" ? Math.max(0, from - 1) : from;
    if (to > joint) this.#draw(ctx, view, layer, joint, to, { ...look, opacity: (look.opacity ?? 0.9) * share ** 1.3 });
  }
}
