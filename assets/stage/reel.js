// Decodes a reel: a JSON head and tables of typed columns, from Arrow (Streamlit) or from base64 (a page on its own).
// The writer is core/reels/wire.py.

const GAP = 65535; // the 16-bit code of nan
const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, float32: Float32Array, float64: Float64Array };
const DENSE_ABOVE = 2000; // points: single discs up to here, pixels beyond
const INK_ABOVE = 3000; // other marks that pile up: kept on a sheet of their own beyond

function fromBase64({ type, data }) {
  const text = atob(data), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new ARRAYS[type](bytes.buffer);
}

function rawColumn(tables, { t, c }) {
  const table = tables[t];
  if (!table) throw new Error(`the reel has no table ${t}`);
  if (Array.isArray(table)) return fromBase64(table[c]);
  const column = table.getChild?.(`c${c}`) ?? table.getChildAt(c);
  return column.length ? column.toArray() : new Float32Array(0);
}

function unscale(codes, [low, step]) {
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) values[i] = codes[i] === GAP ? NaN : low + codes[i] * step;
  return values;
}

// Returns a reader of column references; shared columns are decoded once.
function reader(tables) {
  const kept = new Map();
  return (reference) => {
    const name = JSON.stringify([reference.t, reference.c, reference.scale]);
    if (!kept.has(name)) {
      const raw = rawColumn(tables, reference);
      kept.set(name, reference.scale ? unscale(raw, reference.scale) : raw);
    }
    return kept.get(name);
  };
}

// A layer's rows stand in the order of their frames; `rows(from, to)` cuts plain typed arrays out of its columns.
export class Layer {
  constructor(head, read, frames) {
    const { mark, when, role, label, trail, style, shape, words, counts, columns } = head;
    Object.assign(this, { mark, when, role, label, trail, style: style ?? {}, shape, words: words ?? [], frames });
    this.columns = Object.entries(columns).map(([name, at]) => ({ name, values: read(at), tile: Boolean(at.tile) }));
    this.each = typeof counts === "number" ? counts : 0;
    this.offsets = counts && typeof counts === "object" ? read(counts) : null;
    this.total = this.#total();
    this.most = this.#most();
    this.dense = mark === "points" && this.most > DENSE_ABOVE;
    const piles = when === "until" || when === "always";
    this.inked = this.dense || (piles && mark !== "field" && !this.style.dash && this.total > INK_ABOVE);
  }

  #total() {
    if (this.when === "always") return this.columns[0]?.values.length ?? 0;
    return this.offsets ? this.offsets[this.frames] : this.each * this.frames;
  }

  #most() { // rows on the picture at once, at most
    if (this.when === "always" || this.when === "until") return this.total;
    const span = this.when === "trail" ? this.trail : 1;
    let most = 0;
    for (let end = 1; end <= this.frames; end++) most = Math.max(most, this.start(end) - this.start(Math.max(0, end - span)));
    return most;
  }

  start(frame) { return this.offsets ? this.offsets[frame] : this.each * frame; }

  range(frame) {
    if (this.when === "always") return [0, this.total];
    if (this.when === "until") return [0, this.start(frame + 1)];
    return [this.start(frame), this.start(frame + 1)];
  }

  rows(from, to) {
    const rows = { count: to - from };
    for (const { name, values, tile } of this.columns) rows[name] = tile ? values.subarray(0, to - from) : values.subarray(from, to);
    return rows;
  }
}

function axis(head, read) {
  return { ...head, windows: head.windows ? head.windows.map(read) : null };
}

// Returns the reel; throws an Error with a sentence when it cannot be read.
export function decode(head, tables) {
  const told = typeof head === "string" ? JSON.parse(head) : head;
  if (!told || !Array.isArray(told.panels)) throw new Error("there is nothing to show yet");
  const read = reader(tables ?? {}), { frames } = told;
  return {
    frames,
    fps: told.fps,
    start: told.start ?? 0,
    intro: Boolean(told.intro),
    captions: told.captions ?? [],
    handles: (told.handles ?? []).map((handle) => (handle.xs ? { ...handle, xs: read(handle.xs), ys: read(handle.ys) } : handle)),
    panels: told.panels.map((panel) => {
      const layers = panel.layers.map((layer) => new Layer(layer, read, frames));
      return { ...panel, x: axis(panel.x, read), y: axis(panel.y, read), layers };
    }),
    readouts: (told.readouts ?? []).map((each) => ({ ...each, values: read(each.values) })),
    sweep: told.sweep ? { ...told.sweep, ticks: read(told.sweep.ticks) } : null,
  };
}

// Returns the index of the sorted value nearest to x.
export function nearest(sorted, x) {
  let low = 0, high = sorted.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < x) low = middle; else high = middle;
  }
  return Math.abs(sorted[low] - x) <= Math.abs(sorted[high] - x) ? low : high;
}
