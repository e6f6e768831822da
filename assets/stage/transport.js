// The transport: the slider of a sweep, or play, step, scrub, loop and speed of a film.

import { make, iconButton } from "./dom.js";
import { say } from "./words.js";

export const SPEEDS = [0.25, 0.5, 1, 2, 5, 10, 30, 100, 300, 1000];
const SPOKEN = { 0.25: "¼", 0.5: "½" };

export class Transport {
  // player: toggle(), step(n), scrub(frame), grab(), rest(), save(), clock
  constructor(player) {
    this.clock = player.clock;
    this.element = make("div", { class: "transport", role: "group", "aria-label": "Player" });
    this.playing = iconButton("play", "Play", () => player.toggle(), { class: "icon play" });
    this.back = iconButton("back", "Step back", () => player.step(-1));
    this.next = iconButton("step", "Step", () => player.step(1));
    this.save = iconButton("save", "Save picture", () => player.save());
    this.loop = iconButton("loop", "Loop", () => this.setLoop(!this.clock.loop), { class: "icon loop", "aria-pressed": "false" });
    const choices = SPEEDS.map((n) => make("option", { value: n, text: `${SPOKEN[n] ?? n}×` }));
    this.speed = make("select", { class: "speed", "aria-label": "Speed" }, ...choices);
    this.speed.value = "1";
    this.speed.addEventListener("change", () => this.setSpeed(Number(this.speed.value)));
    this.value = make("span", { class: "value" });
    this.name = make("span", { class: "name" });
    this.slider = make("input", { type: "range", min: 0, step: 1, value: 0 });
    this.slider.addEventListener("input", () => player.scrub(Number(this.slider.value)));
    this.slider.addEventListener("pointerdown", () => player.grab());
    this.slider.addEventListener("change", () => player.rest());
  }

  setLoop(on) {
    this.clock.loop = on;
    this.loop.setAttribute("aria-pressed", String(on));
  }

  setSpeed(speed) {
    this.speed.value = String(speed);
    this.clock.speed = speed;
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
    const push = make("span", { class: "push" });
    const parts = {
      still: [push, this.save],
      sweep: [this.playing, said, push, this.slider, this.back, this.next, this.save],
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
