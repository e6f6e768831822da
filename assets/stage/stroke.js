// A stroke that the hand paints over the first panel: drawn while the hand moves, handed to Python when it rests.

import { draw, make } from "./dom.js";

const MOST = 200; // places that are sent
const PANEL = 0;
const REST = 2000; // ms after which a stroke goes that changed nothing

export class Stroke {
  // player: views(), frame, emit(payload), wantsPaint
  constructor(player, picture) {
    this.player = player;
    this.line = draw("polyline", {});
    this.sheet = draw("svg", { class: "stroke", "aria-hidden": "true" }, this.line);
    this.paper = make("div", { class: "paper", hidden: true }); // over the first panel alone: a finger elsewhere still scrolls the page
    picture.over.append(this.paper, this.sheet);
    const does = { pointerdown: "begin", pointermove: "go", pointerup: "end", pointercancel: "drop", pointerleave: "" };
    for (const [kind, what] of Object.entries(does)) {
      this.paper.addEventListener(kind, (event) => {
        if (what) this[what](event);
        if (this.places && kind === "pointermove") return;
        picture.canvas.dispatchEvent(new PointerEvent(kind, event)); // the reading under the pointer, and clicks, go on below
        if (this.places) picture.canvas.dispatchEvent(new PointerEvent("pointerleave")); // but no reading covers the stroke
      });
    }
  }

  // A new picture shows what the stroke did, so the stroke goes.
  shape() {
    this.paper.hidden = !this.player.wantsPaint;
    if (!this.places) this.#wipe();
  }

  // Lies over the first panel, wherever that is now.
  place() {
    const view = this.#view();
    if (this.paper.hidden || !view) return;
    for (const side of ["left", "top", "width", "height"]) this.paper.style[side] = `${view[side]}px`;
  }

  #view() { return this.player.views()[PANEL]; }

  #at(event) { // inside the panel: a hand that slips over its rim paints along it
    const box = this.paper.getBoundingClientRect(), { left, top, width, height } = this.#view();
    const within = (value, low, length) => Math.min(low + length, Math.max(low, value));
    return { x: within(event.clientX - box.left + left, left, width), y: within(event.clientY - box.top + top, top, height) };
  }

  begin(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.paper.setPointerCapture(event.pointerId);
    clearTimeout(this.timer);
    this.places = [this.#at(event)];
    this.#draw();
  }

  go(event) {
    if (!this.places || !event.isPrimary) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) this.places.push(this.#at(each));
    if (this.places.length > 10 * MOST) this.places = this.places.filter((_, i) => i % 2 === 0);
    this.#draw();
  }

  end(event) {
    if (!this.places || !event.isPrimary) return;
    const view = this.#view(), places = thinned(this.places);
    this.places = null;
    const xs = places.map(({ x }) => view.x.back(x)), ys = places.map(({ y }) => view.y.back(y));
    this.player.emit({ kind: "paint", panel: PANEL, xs, ys, frame: this.player.frame });
    this.timer = setTimeout(() => this.#wipe(), REST);
  }

  drop() {
    this.places = null;
    this.#wipe();
  }

  #wipe() { this.line.setAttribute("points", ""); }

  stop() { clearTimeout(this.timer); }

  #draw() {
    const [first] = this.places, dot = this.places.length === 1 ? [first, { x: first.x + 0.1, y: first.y }] : this.places; // a tap is a dot
    this.line.setAttribute("points", dot.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "));
  }
}

// Returns at most 200 of the places, evenly, with the first and the last.
export function thinned(places) {
  if (places.length <= MOST) return places;
  return Array.from({ length: MOST }, (_, i) => places[Math.round((i * (places.length - 1)) / (MOST - 1))]);
}
