// The marks: name -> draw(ctx, view, rows, look). To add one, write its function and its entry here, and its columns in
// core/reels/reel.py.
//   view: left, top, width, height in px; x.at(value), y.at(value) in px
//   rows: count, and one typed array per column
//   look: role, css, rgb, and of the style width, dash, opacity, size (undefined when not given)

import { drawPoints } from "./points.js";
import { drawPath, drawArea, drawRule } from "./lines.js";
import { drawBars, drawArrows, drawText, drawField } from "./shapes.js";

export const MARKS = {
  points: drawPoints,
  path: drawPath,
  area: drawArea,
  bars: drawBars,
  arrows: drawArrows,
  rule: drawRule,
  text: drawText,
  field: drawField,
};
