// The transport: the slider of a sweep, or play, step, scrub, loop and speed of a film.

import { make, iconButton } from "./dom.js";
import { say } from "./words.js";

export const SPEEDS = [0.25, 0.5, 1, 2, 5, 10, 30, 100, 300, 1000];
const SPOKEN = { 0.25: "¼", 0.5: "½" };

export class Transport {
  // act: play(), step(n), scrub(frame), grab(), rest(), loop(on), speed(n), save()
  constructor(act) {
    this.act = act;
    this.element = make("div", { class: "transport", role: "group", "aria-label": "Player" });
    this.playing = iconButton("play", "Play", () => act.play(), { class: "icon play" });
    this.back = iconButton("back", "Step back", () => act.step(-1));
    this.next = iconButton("step", "Step", () => act.step(1));
    this.save = iconButton("save", "Save picture", () => act.save());
    this.loop = iconButton("loop", "Loop", () => this.setLoop(!this.looping), { class: "icon loop", "aria-pressed": "false" });
    this.speed = make("select", { class: "speed", "aria-label": "Speed" }, ...SPEEDS.map((n) => make("option", { value: n, text: `${SPOKEN[n] ?? n}×` })));
    this.speed.value = "1";
    this.speed.addEventListener("change", () => act.speed(Number(this.speed.value)));
    this.value = make("output", { class: "value" });
    this.name = make("span", { class: "name" });
    this.slider = make("input", { type: "range", min: 0, step: 1, value: 0 });
    this.slider.addEventListener("input", () => act.scrub(Number(this.slider.value)));
    this.slider.addEventListener("pointerdown", () => act.grab());
    this.slider.addEventListener("change", () => act.rest());
    this.looping = false;
  }

  setLoop(on) {
    this.looping = on;
    this.loop.setAttribute("aria-pressed", String(on));
    this.act.loop(on);
  }

  setSpeed(speed) {
    this.speed.value = String(speed);
    this.act.speed(speed);
  }

  // Lays the bar out anew only when a sweep becomes a film or a film a sweep, so that focus stays.
  shape(reel) {
    this.reel = reel;
    const kind = reel.frames < 2 ? "still" : reel.sweep ? "sweep" : "film";
    this.slider.max = String(reel.frames - 1);
    this.slider.setAttribute("aria-label", reel.sweep?.label ?? "Frame");
    this.name.textContent = reel.sweep ? `${reel.sweep.label} = ` : "";
    if (reel.sweep) this.value.style.minWidth = `${widest(reel.sweep)}ch`;
    else this.value.style.minWidth = `${String(reel.frames).length * 2 + 3}ch`;
    if (kind === this.element.dataset.kind) return;
    this.element.dataset.kind = kind;
    const said = make("div", { class: "said-value" }, this.name, this.value);
    const parts = {
      still: [make("span", { class: "grow" }), this.save],
      sweep: [said, this.playing, this.slider, this.back, this.next, this.save],
      film: [this.playing, this.back, this.next, this.slider, said, this.speed, this.loop, this.save],
    };
    this.element.replaceChildren(...parts[kind]);
  }

  show(frame, playing) {
    const { sweep, frames } = this.reel;
    const text = sweep ? say(sweep.ticks[frame], sweep.form) : `${frame + 1} / ${frames}`;
    if (this.slider.value !== String(frame)) this.slider.value = String(frame);
    this.slider.style.setProperty("--at", frames > 1 ? frame / (frames - 1) : 0);
    this.slider.setAttribute("aria-valuetext", sweep ? text : `frame ${frame + 1} of ${frames}`);
    this.value.textContent = text;
    if (this.shown !== playing) this.playing.become(playing ? "pause" : "play", playing ? "Pause" : "Play");
    this.shown = playing;
  }
}

function widest({ ticks, form }) {
  let most = 1;
  for (const tick of ticks) most = Math.max(most, say(tick, form).length);
  return most;
}
