// Saves the present frame as a PNG at twice the size, with the swept value and the caption under it.

import { make } from "./dom.js";
import { Painter } from "./painter.js";
import { captionOf, say } from "./words.js";

const SCALE = 2;

function linesOf(ctx, text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line && ctx.measureText(`${line} ${word}`).width > width) { lines.push(line); line = word; } else line = line ? `${line} ${word}` : word;
  }
  return line ? [...lines, line] : lines;
}

// Returns a canvas with the frame and its words.
export function still(reel, frame, off, { width, asked, theme }) {
  const canvas = document.createElement("canvas"), ctx = canvas.getContext("2d"), painter = new Painter(reel);
  const high = painter.fit(ctx, width, asked, theme, SCALE), size = theme.size * 1.1, rim = size;
  const { sweep } = reel, value = sweep ? `${sweep.label} = ${say(sweep.ticks[frame], sweep.form)}. ` : "";
  ctx.font = `${size}px ${theme.font}`;
  const lines = linesOf(ctx, value + captionOf(reel, frame), width - 2 * rim);
  canvas.width = width * SCALE;
  canvas.height = Math.round((high + lines.length * size * 1.5 + (lines.length ? 2 * rim : 0)) * SCALE);
  painter.paint(ctx, frame, off);
  ctx.globalAlpha = 1;
  ctx.font = `${size}px ${theme.font}`;
  ctx.fillStyle = theme.css(theme.ink);
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  lines.forEach((line, i) => ctx.fillText(line, rim, high + rim + i * size * 1.5));
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
