// Points: single discs while they are few, pixels whose overlap becomes density when they are many.

function disc(ctx, x, y, radius) { ctx.arc(x, y, radius, 0, 2 * Math.PI); }

function diamond(ctx, x, y, radius) {
  const r = radius * 1.25;
  ctx.moveTo(x, y - r); ctx.lineTo(x + r, y); ctx.lineTo(x, y + r); ctx.lineTo(x - r, y); ctx.closePath();
}

function cross(ctx, x, y, radius) {
  ctx.moveTo(x - radius, y - radius); ctx.lineTo(x + radius, y + radius); ctx.moveTo(x + radius, y - radius); ctx.lineTo(x - radius, y + radius);
}

// The shape says the role too, for eyes that do not see the colour.
export const SHAPES = {
  failure: { trace: cross, filled: false }, ghost: { trace: disc, filled: false }, truth: { trace: diamond, filled: true }, other: { trace: disc, filled: true },
};

function drawDiscs(ctx, view, rows, look) {
  const { trace, filled } = SHAPES[look.role] ?? SHAPES.other;
  const usual = look.size ?? (rows.count > 500 ? 4.5 : 7) * look.bold;
  ctx.globalAlpha = look.opacity ?? (look.role === "context" ? 0.55 : 0.82);
  ctx.fillStyle = ctx.strokeStyle = look.css;
  ctx.lineWidth = look.width ?? 1.8 * look.bold;
  for (let i = 0; i < rows.count; i++) {
    const x = view.x.at(rows.x[i]), y = view.y.at(rows.y[i]);
    if (!(x === x && y === y)) continue;
    if (rows.value) ctx.fillStyle = ctx.strokeStyle = look.shade(rows.value[i]);
    ctx.beginPath();
    trace(ctx, x, y, (rows.size ? rows.size[i] : usual) / 2);
    if (filled) ctx.fill(); else ctx.stroke();
  }
}

function stampOf(diameter, stride) { // offsets of the pixels of a disc
  const offsets = [], radius = diameter / 2, reach = Math.ceil(radius);
  if (diameter < 2) return [0];
  if (diameter < 3) return [0, 1, stride, stride + 1];
  for (let j = -reach; j <= reach; j++) for (let i = -reach; i <= reach; i++) if (i * i + j * j <= radius * radius) offsets.push(j * stride + i);
  return offsets;
}

// Adds rows to the sheet's pixels: each covers a share of what was still clear.
function stampRows(sheet, view, rows, look, alpha, diameter) {
  const { pixels, ratio, margin, stride } = sheet, stamp = stampOf(diameter, stride), { x, y, value } = rows;
  const width = view.width * ratio, height = view.height * ratio, ramp = value && look.ramp;
  const plain = !view.x.log && !view.y.log, [r, g, b] = look.rgb, own = (b << 16) | (g << 8) | r;
  const ax = view.x.slope * ratio, bx = (view.x.shift - view.left) * ratio, ay = view.y.slope * ratio, by = (view.y.shift - view.top) * ratio;
  for (let i = 0; i < rows.count; i++) {
    const px = (plain || !view.x.log ? x[i] : Math.log10(x[i])) * ax + bx, py = (plain || !view.y.log ? y[i] : Math.log10(y[i])) * ay + by;
    if (!(px >= 0 && px < width && py >= 0 && py < height)) continue; // also nan
    const place = ((py | 0) + margin) * stride + (px | 0) + margin;
    const rgb = ramp ? ramp[Math.min(255, Math.max(0, (value[i] * 255) | 0))] & 0xffffff : own;
    for (let j = 0; j < stamp.length; j++) {
      const covered = pixels[place + stamp[j]] >>> 24;
      pixels[place + stamp[j]] = ((covered + (((255 - covered) * alpha + 255) >> 8)) << 24) | rgb;
    }
  }
}

// Many points: fewer pixels and more air each, the more there are.
function drawDense(sheet, view, rows, look) {
  const n = look.total, usual = n > 300000 ? 1 : n > 60000 ? 1.6 : n > 8000 ? 2.6 : 4;
  const diameter = Math.min(24, (look.size ?? usual * look.bold) * sheet.ratio);
  const opacity = look.opacity ?? (n > 300000 ? 0.3 : n > 60000 ? 0.4 : 0.6);
  stampRows(sheet, view, rows, look, Math.max(1, Math.round(255 * opacity)), diameter);
  sheet.flush();
}

export function drawPoints(ctx, view, rows, look) {
  if (look.sheet && look.dense) drawDense(look.sheet, view, rows, look);
  else drawDiscs(ctx, view, rows, look);
}
