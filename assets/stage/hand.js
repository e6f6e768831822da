// The hand on the picture: the cross-hair and its reading, handles that can be dragged, clicks, and strokes.

import { make } from "./dom.js";
import { Stroke } from "./stroke.js";
import { readAt } from "./hover.js";
import { say } from "./words.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const REST = 250; // ms after the last key
const STILL = 6; // px a click may wander

export class Hand {
  // player: views(), frame, off, emit(payload), wantsClicks, wantsPaint
  constructor(player, picture) {
    this.player = player;
    this.over = picture.over;
    this.canvas = picture.canvas;
    this.cross = make("div", { class: "cross" });
    this.tip = make("div", { class: "tip" });
    this.stroke = new Stroke(player, picture);
    this.over.append(this.cross, this.tip);
    this.handles = [];
    this.canvas.addEventListener("pointermove", (event) => this.#hover(event));
    this.canvas.addEventListener("pointerdown", (event) => { this.down = this.#place(event); this.#hover(event); });
    this.canvas.addEventListener("pointerup", (event) => this.#click(event));
    for (const kind of ["pointerleave", "pointercancel"]) this.canvas.addEventListener(kind, () => { this.at = null; this.refresh(); });
  }

  #place(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #hover(event) {
    this.at = this.#place(event);
    this.refresh();
  }

  #viewAt({ x, y }) {
    const views = this.player.views();
    const panel = views.findIndex((view) => x >= view.left && x <= view.left + view.width && y >= view.top && y <= view.top + view.height);
    return { view: views[panel], panel };
  }

  // Puts the reading and the handles where the present frame has them.
  refresh() {
    this.stroke.place();
    for (const handle of this.handles) this.#set(handle);
    const view = this.at && this.#viewAt(this.at).view;
    this.cross.hidden = this.tip.hidden = !view || view.panel.bare;
    if (this.tip.hidden) return;
    const read = readAt(view, this.player.frame, this.at.x, this.at.y, this.player.off);
    const y = Math.min(Math.max(read.y, view.top), view.top + view.height);
    Object.assign(this.cross.style, { left: `${view.left}px`, top: `${view.top}px`, width: `${view.width}px`, height: `${view.height}px` });
    this.cross.style.setProperty("--x", `${read.x - view.left}px`);
    this.cross.style.setProperty("--y", `${y - view.top}px`);
    this.tip.textContent = read.text;
    this.#putTip(read.x, y);
  }

  #putTip(x, y) { // beside the place, never outside the stage
    const { offsetWidth: width, offsetHeight: height } = this.tip, room = this.over.clientWidth;
    const left = x + 14 + width <= room ? x + 14 : x - 14 - width;
    this.tip.style.left = `${Math.max(0, Math.min(left, room - width))}px`;
    this.tip.style.top = `${y - height - 12 >= 0 ? y - height - 12 : y + 14}px`;
  }

  #click(event) {
    const place = this.#place(event), down = this.down;
    this.down = null;
    if (!this.player.wantsClicks || !down || Math.hypot(place.x - down.x, place.y - down.y) > STILL) return;
    const { view, panel } = this.#viewAt(place);
    if (view) this.player.emit({ kind: "click", panel, x: view.x.back(place.x), y: view.y.back(place.y), frame: this.player.frame });
  }

  shape({ handles }) {
    this.stroke.shape();
    const held = this.handles.find((each) => each.held); // a drag goes on when new data comes
    for (const { button } of this.handles) if (button !== held?.button) button.remove();
    this.handles = handles.map((head) => {
      if (held?.name === head.name) return Object.assign(held, head, { x: held.x, y: held.y });
      return this.#make({ ...head });
    });
  }

  #make(handle) {
    const words = { role: "slider", tabindex: "0", "aria-label": handle.label || handle.name, title: handle.label || handle.name };
    const button = make("div", { class: `handle along-${handle.along}${handle.xs ? " riding" : ""}`, ...words }, make("span"));
    button.addEventListener("pointerdown", (event) => {
      handle.held = true;
      if (handle.xs) this.player.grab();
      button.setPointerCapture(event.pointerId);
      event.preventDefault();
      button.focus({ preventScroll: true });
    });
    button.addEventListener("pointermove", (event) => handle.held && this.#drag(handle, this.#place(event)));
    for (const kind of ["pointerup", "pointercancel"]) button.addEventListener(kind, () => handle.held && this.#release(handle));
    button.addEventListener("keydown", (event) => this.#key(handle, event));
    this.over.append(button);
    return Object.assign(handle, { button });
  }

  #drag(handle, place) {
    if (handle.xs) {
      this.player.scrub(this.#nearest(handle, place));
      return;
    }
    const view = this.player.views()[handle.panel];
    this.#move(handle, view.x.back(place.x), view.y.back(place.y), view);
  }

  // The frame in which a riding handle lies nearest to the hand; of several, the one nearest to the present frame.
  #nearest({ xs, ys, panel, along }, place) {
    const view = this.player.views()[panel], here = this.player.frame;
    let best = here, least = Infinity;
    for (let frame = 0; frame < xs.length; frame++) {
      const across = along === "y" ? 0 : view.x.at(xs[frame]) - place.x, up = along === "x" ? 0 : view.y.at(ys[frame]) - place.y;
      const gap = Math.hypot(across, up) + 1e-6 * Math.abs(frame - here);
      if (gap < least) [best, least] = [frame, gap]; // a nan is never less
    }
    return best;
  }

  #move(handle, x, y, view) {
    const within = (value, { low, high }) => Math.min(high, Math.max(low, value));
    if (handle.along !== "y") handle.x = within(x, view.x);
    if (handle.along !== "x") handle.y = within(y, view.y);
    this.#set(handle);
  }

  #key(handle, event) {
    if (!STEPS[event.key]) return;
    if (handle.xs) {
      this.#stepTo(handle, STEPS[event.key]);
      event.preventDefault();
      return;
    }
    const view = this.player.views()[handle.panel], [dx, dy] = STEPS[event.key], pixels = event.shiftKey ? 10 : 1;
    const unit = [view.width / 100, view.height / 100].map((length) => length * pixels);
    this.#move(handle, view.x.back(view.x.at(handle.x) + dx * unit[0]), view.y.back(view.y.at(handle.y) - dy * unit[1]), view);
    event.preventDefault();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#release(handle), REST);
  }

  // A key moves a riding handle the way it points, whichever way the parameter then goes.
  #stepTo({ xs, ys, along }, [right, up]) {
    const here = this.player.frame, values = along === "y" || (along === "xy" && up) ? ys : xs;
    const rises = (values[here + 1] ?? values[here]) >= (values[here - 1] ?? values[here]);
    this.player.step((rises ? 1 : -1) * (right || up));
  }

  #release(handle) {
    handle.held = false;
    if (handle.xs) {
      this.player.rest();
      return;
    }
    this.player.emit({ kind: "handle", name: handle.name, x: handle.x, y: handle.y, frame: this.player.frame });
  }

  #set(handle) {
    const view = this.player.views()[handle.panel];
    if (!view) return;
    if (handle.xs) [handle.x, handle.y] = [handle.xs[this.player.frame], Math.min(handle.ys[this.player.frame], view.y.high)];
    handle.button.hidden = !(handle.x >= view.x.low && handle.x <= view.x.high && handle.y >= view.y.low);
    handle.button.style.left = `${view.x.at(handle.x)}px`;
    handle.button.style.top = `${view.y.at(handle.y)}px`;
    const said = { x: say(handle.x, ".3g"), y: say(handle.y, ".3g"), xy: `${say(handle.x, ".3g")}, ${say(handle.y, ".3g")}` }[handle.along];
    handle.button.setAttribute("aria-valuetext", said);
    handle.button.setAttribute("aria-valuenow", String(handle.along === "y" ? handle.y : handle.x));
  }

  stop() {
    clearTimeout(this.timer);
    this.stroke.stop();
  }
}
