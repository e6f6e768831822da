// Colours, font and sizes: paper, ink and font from the page's theme, the colours of the roles from here.

// On paper and on dark. They stand here and not in stage.css, which may arrive after the first picture is drawn.
const TONES = {
  light: { model: "#0072b2", truth: "#00795c", failure: "#c8500a", context: "#8a8f98", ghost: "#7a6f9b", ink: "#20242a" },
  dark: { model: "#56b4e9", truth: "#2bc49a", failure: "#f0894a", context: "#8d939c", ghost: "#a99fcb", ink: "#e9e7e1" },
};
const seen = new Map();

// Returns any CSS colour as [r, g, b].
function rgbOf(css) {
  if (!seen.has(css)) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const ctx = canvas.getContext("2d", { willReadFrequently: true });
    ctx.fillStyle = css;
    ctx.fillRect(0, 0, 1, 1);
    seen.set(css, [...ctx.getImageData(0, 0, 1, 1).data.slice(0, 3)]);
  }
  return seen.get(css);
}

const linear = (v) => (v <= 0.04045 * 255 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
const gamma = (v) => Math.round(255 * Math.min(1, Math.max(0, v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)));

function toLab(rgb) { // OKLab: equal steps look equal
  const [r, g, b] = rgb.map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromLab([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map(gamma);
}

const mix = (one, other, share) => one.map((v, i) => v + (other[i] - v) * share);
const packed = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

// Returns 256 packed colours from the paper to the role's colour.
function rampOf(paper, colour) {
  const from = toLab(paper), to = toLab(colour);
  return Uint32Array.from({ length: 256 }, (_, i) => packed(fromLab(mix(from, to, i / 255))));
}

// Colours of single marks start above the paper's, so that the smallest value is seen too.
export function shadeIndex(value) { return Math.round(56 + 199 * Math.min(1, Math.max(0, value))); }

export function shadeOf(ramp, value) {
  const c = ramp[shadeIndex(value)];
  return `rgb(${c & 255} ${(c >> 8) & 255} ${(c >> 16) & 255})`;
}

export function isDark(element) {
  const [r, g, b] = rgbOf(getComputedStyle(element).getPropertyValue("--st-background-color").trim() || "#fff").map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.25;
}

// Type on a projector grows with the screen, so that a back row reads it and the whole stage fits.
function projected() { return Math.round(Math.min(34, Math.max(14, Math.min(innerWidth / 72, innerHeight / 46)))); }

export function readTheme(element, present) {
  const tone = isDark(element) ? "dark" : "light", style = getComputedStyle(element);
  const token = (name) => style.getPropertyValue(name).trim();
  const roles = { ...TONES[tone], ink: token("--st-text-color") || TONES[tone].ink };
  for (const [role, colour] of Object.entries(roles)) element.style.setProperty(`--ulam-${role}`, colour); // for legend and controls
  const colours = Object.fromEntries(Object.entries(roles).map(([role, colour]) => [role, rgbOf(colour)]));
  const size = present ? projected() : 13;
  element.style.setProperty("--size", `${present ? Math.round(size * 1.1) : 15}px`);
  const paper = rgbOf(token("--st-background-color") || "#fff"), ink = colours.ink;
  const ramps = {};
  return {
    name: [tone, style.fontFamily, paper, ink, size].join(), // what a kept picture depends on
    paper, ink, colours, font: style.fontFamily, size, bold: present ? 1.5 : 1,
    css: ([r, g, b], alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`,
    ramp: (role) => (ramps[role] ??= rampOf(paper, colours[role] ?? ink)),
  };
}
