// Saves the present frame as a PNG at twice the size, with the swept value and the caption under it.

import { make } from "./dom.js";
import { Painter } from "./painter.js";
import { captionOf, say } from "./words.js";
import { wordsOf } from "./legend.js";
import { dashOf } from "./lines.js";
import { SHAPES } from "./points.js";

const SCALE = 2;

function linesOf(ctx, text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && ctx.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

// Writes the legend: a line, a shape or a block in the layer's colour, and its word.
function drawLegend(ctx, shown, theme, x, y) {
  const size = theme.size;
  for (const [word, layer] of shown) {
    const line = layer.mark === "path" || layer.mark === "rule", { trace, filled } = SHAPES[layer.role] ?? SHAPES.other;
    ctx.fillStyle = ctx.strokeStyle = theme.css(theme.colours[layer.role] ?? theme.ink);
    ctx.lineWidth = 2.4;
    ctx.setLineDash(line ? dashOf({ ...layer.style, role: layer.role }) : []);
    ctx.beginPath();
    if (layer.mark === "points") trace(ctx, x + size * 0.4, y, size * 0.3);
    else if (line) { ctx.moveTo(x, y); ctx.lineTo(x + size * 1.8, y); }
    else ctx.rect(x, y - size * 0.35, size * 0.7, size * 0.7);
    if (line || (layer.mark === "points" && !filled)) ctx.stroke(); else ctx.fill();
    ctx.fillStyle = theme.css(theme.ink);
    ctx.textBaseline = "middle";
    ctx.fillText(word, x + size * (line ? 2.3 : 1.2), y);
    x += size * (line ? 3.8 : 2.7) + ctx.measureText(word).width;
  }
}

// Returns a canvas with the frame and its words.
export function still(reel, frame, off, { asked, painter: { width, theme } }) {
  const canvas = document.createElement("canvas"), ctx = canvas.getContext("2d"), own = new Painter(reel);
  const high = own.fit(ctx, width, asked, theme, SCALE), size = theme.size * 1.1, rim = size;
  const { sweep } = reel, value = sweep ? `${sweep.label} = ${say(sweep.ticks[frame], sweep.form)}. ` : "";
  ctx.font = `${size}px ${theme.font}`;
  const lines = linesOf(ctx, value + captionOf(reel, frame), width - 2 * rim);
  const shown = [...wordsOf(reel)].filter(([, layer]) => !off(layer)), legend = shown.length ? size * 1.8 : 0;
  canvas.width = width * SCALE;
  canvas.height = Math.round((high + legend + lines.length * size * 1.5 + (lines.length ? 2 * rim : 0)) * SCALE);
  own.paint(ctx, frame, off);
  ctx.globalAlpha = 1;
  ctx.font = `${size}px ${theme.font}`;
  ctx.fillStyle = theme.css(theme.ink);
  ctx.textAlign = "left";
  drawLegend(ctx, shown, theme, rim, high + legend * 0.7);
  ctx.textBaseline = "top";
  lines.forEach((line, i) => ctx.fillText(line, rim, high + legend + rim + i * size * 1.5));
  ctx.globalCompositeOperation = "destination-over"; // the paper goes under what is drawn
  ctx.fillStyle = theme.css(theme.paper);
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

export function savePicture(canvas, name) {
  canvas.toBlob((blob) => {
    const address = URL.createObjectURL(blob);
    make("a", { href: address, download: `${(name || "stage").replace(/[^\w.-]+/g, "-")}.png` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }, "image/png");
}
