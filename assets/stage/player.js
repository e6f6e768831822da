// The player: holds the present frame and lets the clock, the hand and new data move it.

import { decode, nearest } from "./reel.js";
import { make } from "./dom.js";
import { Clock, swing } from "./clock.js";
import { Loop } from "./loop.js";
import { Legend } from "./legend.js";
import { Picture } from "./picture.js";
import { Telling } from "./telling.js";
import { Transport } from "./transport.js";
import { Hand } from "./hand.js";
import { captionOf } from "./words.js";
import { listenToKeys } from "./keys.js";
import { savePicture, still } from "./save.js";
import { registry } from "./registry.js";

const REST = 250; // ms after the last key before the hand counts as resting
const GAPS_KEPT = 600;

export class Player {
  constructor(element) {
    this.element = element;
    element.ulam = this;
    element.tabIndex = -1;
    Object.assign(this, { frame: 0, reel: null, serial: 0, grabbed: false, stale: true, options: {} });
    this.stats = { drawn: 0, ms: 0, gaps: [] };
    this.clock = new Clock();
    this.legend = new Legend(() => this.redraw());
    this.picture = new Picture(element);
    this.telling = new Telling(this.picture.canvas);
    this.transport = new Transport(this);
    this.hand = new Hand(this, this.picture);
    this.trouble = make("p", { class: "trouble", hidden: true });
    const { readouts, caption, live } = this.telling;
    element.replaceChildren(this.legend.element, this.picture.element, this.transport.element, readouts, caption, live, this.trouble);
    this.#listen();
  }

  get frames() { return this.reel?.frames ?? 0; }
  get playing() { return this.clock.running; }
  get caption() { return this.reel ? captionOf(this.reel, this.frame) : ""; }
  get wantsClicks() { return Boolean(this.options.clicks); }
  get wantsPaint() { return Boolean(this.options.paints); }
  get off() { return this.legend.isOff; }
  views() { return this.picture.views(this.frame); }

  #listen() {
    const { element } = this;
    this.leave = new AbortController();
    const { signal } = this.leave;
    listenToKeys(this, element, signal);
    element.addEventListener("pointerdown", () => this.endIntro(), { signal, capture: true });
    for (const kind of ["pointerup", "pointercancel"]) globalThis.addEventListener(kind, () => { this.grabbed = false; }, { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.pause() : this.redraw()), { signal });
    this.resized = new ResizeObserver(() => this.picture.outgrown && this.refresh());
    this.resized.observe(this.picture.element);
    this.loop = new Loop(element, (now, gap) => this.#beat(now, gap), () => this.#sighted());
    document.fonts?.ready.then(() => this.refresh()); // widths of labels change with the page's font
  }

  // Shows new data: a new reel, or the same one in another theme. The frame, the play state and the switches stay.
  show(data) {
    const before = this.reel, renamed = this.options.name !== data.name;
    this.options = data;
    if (renamed) this.#register(data.name);
    try {
      this.reel = decode(data.head, data.tables ?? data);
    } catch (error) {
      this.#fail(data.head ? `The picture cannot be drawn: ${error.message}.` : "There is nothing to show yet.");
      return;
    }
    this.element.classList.toggle("present", Boolean(data.present));
    this.#fail("");
    this.#findFrame(before, renamed);
    if (this.clock.running) this.clock.start(this.frame, this.reel);
    for (const part of [this.legend, this.transport, this.telling, this.hand]) part.shape(this.reel);
    this.picture.show(this.reel, data);
    this.#draw();
  }

  #register(name) {
    const { players } = registry();
    for (const [other, player] of players) if (player === this) players.delete(other);
    players.set(name ?? "", this);
  }

  // The same value for the same sweep, the same frame for as many frames; a cursor's value before the reel's own start.
  #findFrame(before, renamed) {
    const { sweep, frames, start } = this.reel;
    if (before?.sweep && sweep && before.sweep.name === sweep.name && !renamed) this.frame = nearest(sweep.ticks, this.target);
    else {
      const same = before && !before.sweep && !sweep && before.frames === frames;
      if (!same) this.frame = start;
      this.target = this.rested = sweep?.ticks[start];
      this.followed = null;
      const cursor = registry().cursors.get(this.options.name);
      if (cursor) this.follow(cursor);
    }
    this.home = this.frame;
  }

  // Follows a cursor from Python, unless the hand knows better.
  follow({ value, serial }) {
    if (!this.reel?.sweep || typeof value !== "number" || serial < this.serial || this.grabbed) return;
    if (this.followed?.value === value && this.followed.serial === serial) return; // a repeated message is no news
    this.followed = { value, serial };
    this.#quiet();
    this.seek(nearest(this.reel.sweep.ticks, value));
    this.home = this.frame;
    this.target = this.rested = value;
  }

  seek(frame) {
    this.frame = Math.min(this.frames - 1, Math.max(0, Math.round(frame)));
    this.target = this.reel.sweep?.ticks[this.frame];
    this.redraw();
  }

  step(n) {
    this.#quiet();
    this.seek(this.frame + n);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#commit(), REST);
  }

  scrub(frame) {
    this.#quiet();
    this.seek(frame);
  }

  grab() {
    this.#quiet();
    this.grabbed = true;
  }

  rest() {
    this.grabbed = false;
    this.#commit();
  }

  toggle() { if (this.playing) this.pause(); else this.play(); }

  play() {
    if (this.frames < 2) return;
    clearTimeout(this.timer);
    this.clock.start(this.frame, this.reel);
    this.redraw();
  }

  pause() {
    this.endIntro();
    if (!this.playing) return;
    this.#quiet();
    this.#commit();
  }

  #quiet() { // stops what moves by itself
    this.intro = null;
    this.clock.stop();
    this.redraw();
  }

  // Tells Python, once per rest of the hand, where the sweep stands.
  #commit() {
    clearTimeout(this.timer);
    if (!this.reel?.sweep || this.target === this.rested) return;
    this.rested = this.target;
    this.emit({ kind: "sweep", frame: this.frame, value: this.target });
  }

  emit(payload) {
    this.serial = Math.max(Date.now(), this.serial + 1);
    this.send?.({ ...payload, serial: this.serial });
  }

  // The intro: once, when the stage first comes into sight, and never against the wish for reduced motion.
  #sighted() {
    this.redraw();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.introduced || !this.reel?.intro || still || this.frames < 2) return;
    this.introduced = true;
    if (this.reel.sweep) this.intro = { since: null };
    else this.play();
  }

  endIntro() {
    this.introduced = true;
    if (!this.intro) return;
    this.intro = null;
    this.seek(this.home);
  }

  redraw() {
    this.stale = true;
    this.loop.wake();
  }

  refresh() {
    if (this.reel && this.picture.fit()) this.#draw();
  }

  #beat(now, gap) {
    if (!this.reel) return;
    if (gap) this.stats.gaps = [...this.stats.gaps.slice(1 - GAPS_KEPT), gap];
    if (this.intro) this.#swing(now);
    else if (this.playing) this.#advance(now);
    if (this.stale) this.#draw();
    if (this.playing || this.intro) this.loop.wake();
  }

  #advance(now) {
    const frame = this.clock.at(now);
    if (frame !== this.frame || !this.playing) this.seek(frame);
  }

  #swing(now) { // moves the picture alone: the value that the stage stands for stays
    this.intro.since ??= now;
    const frame = swing(this.home, this.frames, (now - this.intro.since) / 1000);
    if (frame === null) { this.endIntro(); return; }
    this.stale ||= frame !== this.frame;
    this.frame = frame;
  }

  #draw() {
    const began = performance.now();
    this.stale = false;
    try {
      this.picture.paint(this.frame, this.off);
      this.transport.show(this.frame, this.playing);
      this.telling.show(this.frame);
      this.hand.refresh();
    } catch (error) {
      this.#fail(`The picture cannot be drawn: ${error.message}.`);
    }
    this.stats.drawn += 1;
    this.stats.ms = performance.now() - began;
  }

  #fail(sentence) {
    if (sentence) { this.clock.stop(); this.reel = null; }
    this.trouble.textContent = sentence;
    this.trouble.hidden = !sentence;
    this.element.classList.toggle("empty", Boolean(sentence));
  }

  save() {
    const canvas = still(this.reel, this.frame, this.off, this.picture);
    savePicture(canvas, this.options.title || this.options.name);
  }

  stop() {
    this.clock.stop();
    this.resized.disconnect();
    for (const part of [this.loop, this.telling, this.hand]) part.stop();
    clearTimeout(this.timer);
    this.leave.abort();
    const { players } = registry();
    for (const [name, player] of players) if (player === this) players.delete(name);
  }
}
