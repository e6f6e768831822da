// Bars, arrows, words and fields.

import { dashOf } from "./lines.js";

const CRISP_UP_TO = 48; // columns: small pictures keep their pixels, large grids are smoothed

export function drawBars(ctx, view, rows, look) {
  const outlined = look.role === "ghost" || look.role === "truth"; // lines beside the solid bars of the model
  ctx.globalAlpha = look.opacity ?? (outlined ? 1 : 0.7);
  ctx.fillStyle = ctx.strokeStyle = look.css;
  ctx.lineWidth = (look.width ?? 1.6) * look.bold;
  ctx.setLineDash(dashOf(look));
  ctx.beginPath();
  for (let i = 0; i < rows.count; i++) {
    const half = (rows.width ? rows.width[i] : 1) / 2;
    const left = view.x.at(rows.x[i] - half), right = view.x.at(rows.x[i] + half);
    const top = view.y.at(rows.y[i]), bottom = view.y.at(rows.base ? rows.base[i] : view.y.log ? view.y.low : 0);
    if (!(left < right && top === top && bottom === bottom)) continue;
    const air = right - left > 5 ? 0.5 : 0; // a hair between neighbours
    ctx.rect(left + air, Math.min(top, bottom), right - left - 2 * air, Math.abs(bottom - top));
  }
  if (outlined) ctx.stroke(); else ctx.fill();
}

// An arrow grows from a thin tail to its head; the head is never longer than half of it.
function traceArrow(ctx, x0, y0, x1, y1, thick) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!(length > 0.5)) return;
  const ux = (x1 - x0) / length, uy = (y1 - y0) / length, head = Math.min(5 * thick, length / 2), wide = head * 0.42;
  const nx = x1 - ux * head, ny = y1 - uy * head, thin = Math.min(thick, head) / 2;
  ctx.moveTo(x0 - uy * thin * 0.3, y0 + ux * thin * 0.3);
  ctx.lineTo(nx - uy * thin, ny + ux * thin);
  ctx.lineTo(nx - uy * wide, ny + ux * wide);
  ctx.lineTo(x1, y1);
  ctx.lineTo(nx + uy * wide, ny - ux * wide);
  ctx.lineTo(nx + uy * thin, ny - ux * thin);
  ctx.lineTo(x0 + uy * thin * 0.3, y0 - ux * thin * 0.3);
  ctx.closePath();
}

export function drawArrows(ctx, view, rows, look) {
  const thick = (look.width ?? 2.2) * look.bold;
  ctx.globalAlpha = look.opacity ?? (look.role === "context" || look.role === "ghost" ? 0.6 : 0.95);
  ctx.fillStyle = look.css;
  ctx.beginPath();
  for (let i = 0; i < rows.count; i++) {
    if (rows.value) { ctx.fillStyle = look.shade(rows.value[i]); ctx.beginPath(); }
    const x1 = view.x.at(rows.x[i] + rows.dx[i]), y1 = view.y.at(rows.y[i] + rows.dy[i]);
    traceArrow(ctx, view.x.at(rows.x[i]), view.y.at(rows.y[i]), x1, y1, thick);
    if (rows.value) ctx.fill();
  }
  if (!rows.value) ctx.fill();
}

export function drawText(ctx, view, rows, look) {
  const size = look.size ?? look.theme.size * 1.05;
  ctx.globalAlpha = look.opacity ?? 1;
  ctx.font = `500 ${Math.max(12, size)}px ${look.theme.font}`;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = look.theme.css(look.theme.paper, 0.85); // a halo, so that words stay legible on marks
  ctx.fillStyle = look.css;
  for (let i = 0; i < rows.count; i++) {
    const words = look.words[rows.text[i]] ?? "", half = ctx.measureText(words).width / 2;
    const x = Math.min(Math.max(view.x.at(rows.x[i]), view.left + half + 3), view.left + view.width - half - 3), y = view.y.at(rows.y[i]);
    ctx.textAlign = "center";
    ctx.strokeText(words, x, y);
    ctx.fillText(words, x, y);
  }
}

// A field is an image over the axes' whole window; row 0 is at the bottom.
export function drawField(ctx, view, rows, look) {
  const [high, wide] = look.shape, cells = high * wide;
  if (rows.count < cells) return;
  const value = rows.value.subarray(rows.count - cells); // when fields pile up, the last one shows
  const { x, y } = view.panel, kept = (look.kept.field ??= { canvas: document.createElement("canvas") });
  if (kept.value?.byteOffset !== value.byteOffset || kept.value?.buffer !== value.buffer || kept.ramp !== look.ramp) {
    kept.canvas.width = wide;
    kept.canvas.height = high;
    const pen = kept.canvas.getContext("2d"), image = pen.createImageData(wide, high);
    const pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < cells; i++) { // row 0 is the image's last line
      const row = Math.floor(i / wide);
      pixels[(high - 1 - row) * wide + (i - row * wide)] = look.ramp[value[i]];
    }
    pen.putImageData(image, 0, 0);
    Object.assign(kept, { value, ramp: look.ramp });
  }
  const left = view.x.at(x.low), top = view.y.at(y.high);
  ctx.globalAlpha = look.opacity ?? (view.panel.layers.length > 1 ? 0.85 : 1); // marks on a field must stand out
  ctx.imageSmoothingEnabled = wide > CRISP_UP_TO;
  ctx.drawImage(kept.canvas, left, top, view.x.at(x.high) - left, view.y.at(y.low) - top);
}
