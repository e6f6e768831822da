// Places panels: by their shares of the stage, or in one column when it is narrow.

import { fittingTicks, scaleOf, windowOf } from "./axes.js";

const STACK_BELOW = 560; // px
const LOWEST = 180; // px, of a panel with its labels
const SAMPLED = 16; // frames looked at for the widest tick label, so that a moving window does not shift the plot

function slotsInColumn(panels, width, theme) {
  const slots = [];
  let top = 0;
  panels.forEach((panel, i) => {
    const square = panel.equal ? (panel.y.high - panel.y.low) / (panel.x.high - panel.x.low) : 0;
    const share = square ? Math.min(1.15, Math.max(0.6, square)) : i === 0 ? 0.8 : 0.6;
    const plot = width - (square ? theme.size * 5 : 0); // about what the labels leave of the width
    const height = Math.round(Math.max(i === 0 ? 250 : 200, plot * share) + (square ? theme.size * 4.5 : 0));
    slots.push({ left: 0, top, width, height });
    top += height + 6;
  });
  return { slots, height: top };
}

function slotsByShare(panels, width, height, theme) {
  const gap = theme.size; // between neighbours
  const slots = panels.map(({ area: [left, top, w, h] }) => ({
    left: Math.round(left * width + (left > 0.001 ? gap : 0)), top: Math.round(top * height + (top > 0.001 ? gap * 0.6 : 0)),
    width: Math.round(w * width - (left > 0.001 ? gap : 0)), height: Math.round(h * height - (top > 0.001 ? gap * 0.6 : 0)),
  }));
  return { slots, height };
}

function tickWidth(panel, height, frames, theme, measure) {
  const step = panel.y.windows ? Math.max(1, Math.floor(frames / SAMPLED)) : frames;
  let widest = 0;
  for (let frame = 0; frame < frames; frame += step) {
    const [low, high] = windowOf(panel.y, frame);
    const { labels } = fittingTicks(scaleOf(low, high, panel.y.log, height, 0), height, measure, theme.size, true);
    widest = Math.max(widest, ...labels.map(measure));
  }
  return widest;
}

function keepSquare(box, panel) { // one unit is as long across as up
  const across = box.width / (panel.x.high - panel.x.low), up = box.height / (panel.y.high - panel.y.low);
  const unit = Math.min(across, up);
  const width = Math.round(unit * (panel.x.high - panel.x.low)), height = Math.round(unit * (panel.y.high - panel.y.low));
  return { left: box.left + Math.round((box.width - width) / 2), top: box.top + Math.round((box.height - height) / 2), width, height };
}

// Half the width, but never so low that the flattest panel cannot be read. A projector's picture fills most of the screen.
function stageHeight(panels, width, asked, theme) {
  const least = LOWEST / Math.min(1, ...panels.map((panel) => panel.area[3]));
  if (theme.bold > 1 && !asked) return Math.max(300, Math.round(globalThis.innerHeight - theme.size * 12.5)); // what stands around it
  const most = 640;
  return asked ?? Math.round(Math.min(most, Math.max(320, least, width * 0.5)));
}

// Returns the stage's height and one box per panel: the plot's rectangle, `outer` with its labels, `spare` to the right of the plot.
export function arrange(reel, width, asked, theme, measure) {
  const { panels, frames } = reel, { size } = theme;
  const stacked = width < STACK_BELOW;
  const { slots, height } = stacked
    ? slotsInColumn(panels, width, theme)
    : slotsByShare(panels, width, stageHeight(panels, width, asked, theme), theme);
  const rims = panels.map((panel, i) => {
    const top = panel.note ? size * 2 : size * 0.8, bottom = size * (panel.bare ? 0.8 : panel.x.label ? 3 : 1.9);
    const left = panel.bare ? size * 0.8 : tickWidth(panel, slots[i].height - top - bottom, frames, theme, measure) + size * (panel.y.label ? 2.1 : 0.8);
    return { top, bottom, left };
  });
  const boxes = panels.map((panel, i) => {
    const outer = slots[i], spare = size * 0.9; // plots in one column start at one line
    const left = Math.max(...rims.filter((_, j) => slots[j].left === outer.left).map((rim) => rim.left));
    const plot = {
      left: Math.round(outer.left + left),
      top: Math.round(outer.top + rims[i].top),
      width: Math.max(20, Math.round(outer.width - left - spare)),
      height: Math.max(20, Math.round(outer.height - rims[i].top - rims[i].bottom)),
    };
    const box = panel.equal ? keepSquare(plot, panel) : plot;
    const shift = box.left - plot.left + left - rims[i].left; // the y label stays beside its axis
    return { ...box, spare, outer: { ...outer, left: outer.left + shift, width: outer.width - shift } };
  });
  return { height, boxes };
}

// Returns the panel's view in a frame: its box and both scales.
export function viewOf(panel, box, frame) {
  const [x0, x1] = windowOf(panel.x, frame), [y0, y1] = windowOf(panel.y, frame);
  const x = scaleOf(x0, x1, panel.x.log, box.left, box.left + box.width), y = scaleOf(y0, y1, panel.y.log, box.top + box.height, box.top);
  x.whole = panel.x.whole;
  y.whole = panel.y.whole;
  return { ...box, x, y, panel };
}
