// Numbers and captions as words: Python's format forms (.4g, .3f, d, .1%, .2e, ",d"), set with a true minus and powers of ten.

const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const FORM = /^(,)?(?:\.(\d+))?([gfde%])?$/;
const PLACE = /\{(\w+)(?::([^{}]*))?\}/g;

function grouped(digits) {
  const [whole, part] = digits.split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return part === undefined ? spaced : `${spaced}.${part}`;
}

function general(value, precision) {
  if (value === 0) return "0";
  const [digits, power] = value.toExponential(Math.max(precision, 1) - 1).split("e");
  const trim = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (Number(power) < -4 || Number(power) >= Math.max(precision, 1)) return `${trim(digits)}e${Number(power)}`;
  return trim(value.toFixed(Math.max(0, precision - 1 - Number(power))));
}

function plain(value, form) { // value >= 0
  const [, comma, digits, kind] = FORM.exec(form ?? "") ?? [null, undefined, "4", "g"];
  const precision = digits === undefined ? 6 : Number(digits);
  const text = {
    f: () => value.toFixed(precision),
    d: () => value.toFixed(0),
    e: () => value.toExponential(precision).replace("e+", "e"),
    "%": () => `${(100 * value).toFixed(precision)}%`,
    g: () => general(value, precision),
  }[kind ?? "g"]();
  return comma ? grouped(text) : text;
}

// Sets 1.2e-5 as 1.2×10⁻⁵.
function raised(text) {
  return text.replace(/^([\d.]+)e(-?\d+)$/, (_, digits, power) => {
    const tens = `10${[...power].map((c) => RAISED[c]).join("")}`;
    return digits === "1" ? tens : `${digits}×${tens}`;
  });
}

export function say(value, form = ".4g") {
  if (value === null || value === undefined || Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "minus infinite";
  const text = raised(plain(Math.abs(value), form));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

export function captionOf(reel, frame) {
  const template = reel.captions[reel.captions.length > 1 ? frame : 0] ?? "";
  return template.replace(PLACE, (_, name, form) => {
    if (name === "frame") return say(frame + 1, form ?? "d"); // as the counter counts
    if (name === "frames") return say(reel.frames, form ?? "d");
    const readout = reel.readouts.find((each) => each.name === name);
    return readout ? say(readout.values[frame], form ?? readout.form) : "";
  });
}

// Returns the number as text that a URL carries: no rounding noise, no typography.
export function numberText(value, whole = true) {
  const text = String(Number(value.toPrecision(12)));
  return !whole && /^-?\d+$/.test(text) ? `${text}.0` : text;
}
