// Small makers of elements. Words go in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const ICONS = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M6 4.5h4.2v15H6zM13.8 4.5H18v15h-4.2z",
  back: "M18 5v14l-9.5-7zM5.5 5h2.2v14H5.5z",
  step: "M6 5v14l9.5-7zM16.3 5h2.2v14h-2.2z",
  loop:
    "M7 7h9.2l-2.6-2.6L15 3l5 5-5 5-1.4-1.4L16.2 9H7v3H5V9a2 2 0 0 1 2-2z" +
    "M17 17H7.8l2.6 2.6L9 21l-5-5 5-5 1.4 1.4L7.8 15H17v-3h2v3a2 2 0 0 1-2 2z",
  save: "M11 4h2v8.2l2.8-2.8 1.4 1.4L12 16l-5.2-5.2 1.4-1.4 2.8 2.8zM5 18h14v2H5z",
};

export function iconButton(icon, label, action, attributes = {}) {
  const path = draw("path", { d: ICONS[icon] });
  const image = draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, path);
  const own = { type: "button", class: "icon", "aria-label": label, title: label, onclick: action };
  const button = make("button", { ...own, ...attributes }, image);
  button.become = (other, words) => {
    path.setAttribute("d", ICONS[other]);
    button.setAttribute("aria-label", words);
    button.title = words;
  };
  return button;
}
