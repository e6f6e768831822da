// Lines and what they bound: path, area, rule.

const DASHES = { ghost: [3, 4], truth: [9, 4] };

// Sets stroke, width and dash. Ghost and truth are dashed unless their style says otherwise.
export function strokeWith(ctx, look, usual) {
  ctx.globalAlpha = look.opacity ?? (look.role === "context" ? 0.7 : 1);
  ctx.strokeStyle = look.css;
  ctx.lineWidth = (look.width ?? usual) * look.bold;
  ctx.lineJoin = "round";
  ctx.lineCap = "butt";
  ctx.setLineDash(dashOf(look).map((length) => length * Math.max(1, ctx.lineWidth / 2)));
}

export function dashOf({ role, dash, width }) {
  if (dash === false) return [];
  if (dash) return DASHES[role] ?? [6, 4];
  return role === "ghost" || (role === "truth" && width === undefined) ? DASHES[role] : [];
}

export function drawPath(ctx, view, rows, look) {
  const { x, y, part, count } = rows;
  strokeWith(ctx, look, 2.2);
  ctx.beginPath();
  for (let i = 0, down = false; i < count; i++) {
    const px = view.x.at(x[i]), py = view.y.at(y[i]);
    if (!(px === px && py === py)) { down = false; continue; }
    if (part && i > 0 && part[i] !== part[i - 1]) down = false;
    if (down) ctx.lineTo(px, py); else ctx.moveTo(px, py);
    down = true;
  }
  ctx.stroke();
}

export function drawArea(ctx, view, rows, look) {
  const { x, y, base, count } = rows;
  const floor = (i) => view.y.at(base ? base[i] : view.y.log ? view.y.low : 0);
  ctx.globalAlpha = look.opacity ?? 0.2;
  ctx.fillStyle = look.css;
  for (let from = 0; from < count;) {
    let to = from;
    while (to < count && x[to] === x[to] && y[to] === y[to]) to++; // up to the next nan
    if (to - from > 1) {
      ctx.beginPath();
      for (let i = from; i < to; i++) ctx.lineTo(view.x.at(x[i]), view.y.at(y[i]));
      for (let i = to - 1; i >= from; i--) ctx.lineTo(view.x.at(x[i]), floor(i));
      ctx.fill();
    }
    from = to + 1;
  }
}

export function drawRule(ctx, view, rows, look) {
  strokeWith(ctx, look, 1.8);
  ctx.beginPath();
  for (let i = 0; i < rows.count; i++) {
    const px = rows.x ? view.x.at(rows.x[i]) : NaN, py = rows.y ? view.y.at(rows.y[i]) : NaN;
    if (px === px) { ctx.moveTo(px, view.top); ctx.lineTo(px, view.top + view.height); }
    if (py === py) { ctx.moveTo(view.left, py); ctx.lineTo(view.left + view.width, py); }
  }
  ctx.stroke();
}
