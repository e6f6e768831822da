// Points: single discs while they are few, pixels whose overlap becomes density when they are many.

import { shadeIndex } from "./theme.js";

function disc(ctx, x, y, radius) { ctx.arc(x, y, radius, 0, 2 * Math.PI); }

function diamond(ctx, x, y, radius) {
  const r = radius * 1.25;
  ctx.moveTo(x, y - r); ctx.lineTo(x + r, y); ctx.lineTo(x, y + r); ctx.lineTo(x - r, y); ctx.closePath();
}

function cross(ctx, x, y, radius) {
  ctx.moveTo(x - radius, y - radius); ctx.lineTo(x + radius, y + radius);
  ctx.moveTo(x + radius, y - radius); ctx.lineTo(x - radius, y + radius);
}

// The shape says the role too, for eyes that do not see the colour.
export const SHAPES = {
  failure: { trace: cross, filled: false },
  ghost: { trace: disc, filled: false },
  truth: { trace: diamond, filled: true },
  other: { trace: disc, filled: true },
};

function rim(ctx, { theme, css }) { // a hair of paper keeps discs apart from each other and from a field of their colour
  ctx.strokeStyle = theme.css(theme.paper, 0.7);
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.strokeStyle = css;
}

function isInside({ left, top, width, height }, x, y) {
  return x > left - 1 && x < left + width + 1 && y > top - 1 && y < top + height + 1;
}

function drawDiscs(ctx, view, rows, look) {
  const { trace, filled } = SHAPES[look.role] ?? SHAPES.other;
  const usual = look.size ?? (look.most > 500 ? 4.5 : 7) * look.bold;
  ctx.globalAlpha = look.opacity ?? (look.role === "context" ? 0.55 : 0.82);
  ctx.fillStyle = ctx.strokeStyle = look.css;
  ctx.lineWidth = look.width ?? 1.8 * look.bold;
  for (let i = 0; i < rows.count; i++) {
    const x = view.x.at(rows.x[i]), y = view.y.at(rows.y[i]);
    if (!isInside(view, x, y)) continue; // also nan
    if (rows.value) ctx.fillStyle = ctx.strokeStyle = look.shade(rows.value[i]);
    ctx.beginPath();
    trace(ctx, x, y, (rows.size ? rows.size[i] : usual) / 2);
    if (filled) { ctx.fill(); rim(ctx, look); } else ctx.stroke();
  }
}

function stampOf(diameter, stride) { // offsets of the pixels of a disc
  const offsets = [], radius = diameter / 2, reach = Math.ceil(radius);
  if (diameter < 2) return [0];
  if (diameter < 3) return [0, 1, stride, stride + 1];
  for (let j = -reach; j <= reach; j++) {
    for (let i = -reach; i <= reach; i++) if (i * i + j * j <= radius * radius) offsets.push(j * stride + i);
  }
  return offsets;
}

// Returns what turns a column into pixels of the sheet: value * slope + shift.
function toPixels(column, { log, slope, shift }, origin, ratio) {
  return { values: log ? column.map(Math.log10) : column, slope: slope * ratio, shift: (shift - origin) * ratio };
}

// Adds rows to the sheet's pixels: each covers a share `alpha` (of 255) of what was still clear.
function stampRows(sheet, view, rows, look, alpha, diameter) {
  const { pixels, ratio, margin, stride } = sheet, stamp = stampOf(diameter, stride), ramp = rows.value && look.ramp, [r, g, b] = look.rgb;
  const x = toPixels(rows.x, view.x, view.left, ratio), y = toPixels(rows.y, view.y, view.top, ratio);
  const width = view.width * ratio, height = view.height * ratio;
  let rgb = (b << 16) | (g << 8) | r;
  for (let i = 0; i < rows.count; i++) {
    const px = x.values[i] * x.slope + x.shift, py = y.values[i] * y.slope + y.shift;
    if (!(px >= 0 && px < width && py >= 0 && py < height)) continue; // also nan
    if (ramp) rgb = ramp[shadeIndex(rows.value[i])] & 0xffffff;
    const place = ((py | 0) + margin) * stride + (px | 0) + margin;
    for (let j = 0; j < stamp.length; j++) {
      const at = place + stamp[j], covered = pixels[at] >>> 24;
      pixels[at] = ((covered + (((255 - covered) * alpha + 255) >> 8)) << 24) | rgb;
    }
  }
}

// Many points: fewer pixels and more air each, the more there are.
function drawDense(sheet, view, rows, look) {
  const n = look.most, usual = n > 300000 ? 1 : n > 60000 ? 1.6 : n > 8000 ? 2.6 : 4;
  const diameter = Math.min(24, (look.size ?? usual * look.bold) * sheet.ratio);
  const opacity = look.opacity ?? (n > 300000 ? 0.3 : n > 60000 ? 0.4 : 0.6);
  stampRows(sheet, view, rows, look, Math.max(1, Math.round(255 * opacity)), diameter);
}

export function drawPoints(ctx, view, rows, look) {
  if (look.sheet && look.dense) drawDense(look.sheet, view, rows, look);
  else drawDiscs(ctx, view, rows, look);
}
