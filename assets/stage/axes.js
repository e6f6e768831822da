// Scales and axes: where a number stands, which numbers deserve a tick, and how they are written.

import { say } from "./words.js";

const FAR = 1e5; // px; farther out nothing can be seen, and canvas paths stay exact

// Returns a scale from [low, high] to pixels. at(v) = t(v) * slope + shift, where t is log10 on a log axis.
export function scaleOf(low, high, log, from, to) {
  const t = log ? Math.log10 : (v) => v;
  const slope = (to - from) / (t(high) - t(low)), shift = from - t(low) * slope;
  const at = (v) => { const p = t(v) * slope + shift; return p < -FAR ? -FAR : p > FAR ? FAR : p; };
  const back = (p) => (log ? 10 ** ((p - shift) / slope) : (p - shift) / slope);
  return { low, high, log, slope, shift, at, back };
}

export function windowOf(axis, frame) {
  if (!axis.windows) return [axis.low, axis.high];
  const low = axis.windows[0][frame], high = axis.windows[1][frame];
  return low < high ? [low, high] : [axis.low, axis.high];
}

function linearTicks(low, high, most) {
  const rough = (high - low) / Math.max(1, most), power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((nice) => nice * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function logTicks(low, high, most) {
  const first = Math.floor(Math.log10(low)), last = Math.ceil(Math.log10(high)), decades = Math.log10(high / low);
  if (decades < 1) return linearTicks(low, high, most);
  const every = Math.max(1, Math.ceil(decades / Math.max(1, most))), within = decades * 3 <= most ? [1, 2, 5] : [1];
  const ticks = [];
  for (let power = Math.ceil(first / every) * every; power <= last; power += every) {
    for (const digit of within) ticks.push(Number((digit * 10 ** power).toPrecision(12)));
  }
  return ticks.filter((tick) => tick >= low * 0.999999 && tick <= high * 1.000001);
}

export function ticksOf(scale, most) {
  const ticks = scale.log ? logTicks(scale.low, scale.high, most) : linearTicks(scale.low, scale.high, most);
  return scale.whole ? ticks.filter(Number.isInteger) : ticks;
}

// Writes ticks alike: as many decimals as their step needs, powers of ten only when they are shorter.
export function tickLabels(ticks, log) {
  if (log) return ticks.map((tick) => say(tick, tick >= 1e5 || tick < 1e-3 ? ".6g" : ",.6g"));
  const step = ticks.length > 1 ? Math.abs(ticks[1] - ticks[0]) : Math.abs(ticks[0]) || 1;
  const largest = Math.max(...ticks.map(Math.abs), 0);
  if (largest >= 1e6 || (largest > 0 && largest < 1e-3)) return ticks.map((tick) => say(tick, ".3g"));
  const decimals = Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  return ticks.map((tick) => say(tick, `,.${decimals}f`));
}

// Returns the ticks that fit: labels never touch.
export function fittingTicks(scale, length, measure, size, upright) {
  const start = upright ? Math.min(6, Math.floor(length / (size * 2.4))) : Math.min(9, Math.floor(length / (size * 4.2)));
  for (let most = Math.max(2, start); most >= 1; most--) {
    const ticks = ticksOf(scale, most), labels = tickLabels(ticks, scale.log);
    const room = (i) => (upright ? size * 1.3 : (measure(labels[i - 1]) + measure(labels[i])) / 2 + size * 0.8);
    const fits = ticks.every((tick, i) => i === 0 || Math.abs(scale.at(tick) - scale.at(ticks[i - 1])) >= room(i));
    if (fits) return { ticks, labels };
  }
  return { ticks: [], labels: [] };
}

function clipped(ctx, text, room) { // a label never runs into its neighbour
  if (ctx.measureText(text).width <= room) return text;
  let short = text;
  while (short.length > 1 && ctx.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}

function drawGrid(ctx, view, theme, across, up) {
  ctx.strokeStyle = theme.css(theme.ink, 0.09);
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const tick of across) {
    const x = Math.round(view.x.at(tick)) + 0.5;
    ctx.moveTo(x, view.top);
    ctx.lineTo(x, view.top + view.height);
  }
  for (const tick of up) {
    const y = Math.round(view.y.at(tick)) + 0.5;
    ctx.moveTo(view.left, y);
    ctx.lineTo(view.left + view.width, y);
  }
  ctx.stroke();
}

function drawTickLabels(ctx, view, theme, across, up) {
  const { size } = theme, right = view.left + view.width, bottom = view.top + view.height;
  ctx.fillStyle = theme.css(theme.ink, 0.72);
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  across.ticks.forEach((tick, i) => {
    const half = ctx.measureText(across.labels[i]).width / 2, x = Math.min(view.x.at(tick), right + view.spare - half - 1);
    ctx.fillText(across.labels[i], x, bottom + size * 0.45);
  });
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  up.ticks.forEach((tick, i) => ctx.fillText(up.labels[i], view.left - size * 0.5, Math.min(view.y.at(tick), bottom - size * 0.2)));
}

function drawTitles(ctx, view, panel, theme) {
  const { size } = theme, bottom = view.top + view.height;
  ctx.textAlign = "right";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = theme.css(theme.ink, 0.85);
  if (panel.x.label) ctx.fillText(clipped(ctx, panel.x.label, view.width), view.left + view.width, bottom + size * 2.6);
  if (panel.y.label) {
    ctx.save();
    ctx.translate(view.outer.left + size * 0.95, view.top);
    ctx.rotate(-Math.PI / 2);
    ctx.fillText(clipped(ctx, panel.y.label, view.height), 0, 0);
    ctx.restore();
  }
  if (!panel.note) return;
  ctx.textAlign = "left";
  ctx.fillStyle = theme.css(theme.ink);
  ctx.font = `600 ${size * 1.08}px ${theme.font}`;
  const room = view.outer.left + view.outer.width - view.left, fits = ctx.measureText(panel.note).width <= room;
  const note = fits ? panel.note : panel.note.split(":")[0]; // "CDF: P(X ≤ x)" may shrink to "CDF"
  ctx.fillText(clipped(ctx, note, room), view.left, view.top - size * 0.62);
}

export function drawAxes(ctx, view, panel, theme) {
  ctx.font = `${theme.size}px ${theme.font}`;
  if (panel.bare) return drawTitles(ctx, view, panel, theme);
  const measure = (text) => ctx.measureText(text).width;
  const across = fittingTicks(view.x, view.width, measure, theme.size, false);
  const up = fittingTicks(view.y, view.height, measure, theme.size, true);
  drawGrid(ctx, view, theme, across.ticks, up.ticks);
  drawTickLabels(ctx, view, theme, across, up);
  drawTitles(ctx, view, panel, theme);
}

// The two lines that carry the ticks.
export function drawFrame(ctx, view, theme) {
  if (view.panel.bare) return;
  ctx.strokeStyle = theme.css(theme.ink, 0.45);
  ctx.lineWidth = theme.bold;
  ctx.beginPath();
  ctx.moveTo(view.left - 0.5, view.top);
  ctx.lineTo(view.left - 0.5, view.top + view.height + 0.5);
  ctx.lineTo(view.left + view.width, view.top + view.height + 0.5);
  ctx.stroke();
}
