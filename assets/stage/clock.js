// Time into frames: once through, round and round, or to and fro.

export class Clock {
  constructor() { this.running = false; this.speed = 1; this.loop = false; }

  start(frame, reel) {
    const last = reel.frames - 1, turns = Boolean(reel.sweep);
    Object.assign(this, { running: true, last, turns, rate: reel.fps, place: frame, way: 1, then: null });
    if (frame >= last) { if (turns) this.way = -1; else this.place = 0; }
  }

  stop() { this.running = false; }

  // Returns the frame of this moment. A long pause (a hidden page) counts as a tenth of a second.
  at(now) {
    const seconds = this.then === null ? 0 : Math.min(0.1, (now - this.then) / 1000);
    this.then = now;
    this.place += seconds * this.rate * this.speed * this.way;
    if (this.turns) this.#turn();
    else if (this.place >= this.last + 1) {
      if (this.loop) this.place %= this.last + 1;
      else { this.place = this.last; this.running = false; }
    }
    const frame = this.turns ? Math.round(this.place) : Math.floor(this.place + 1e-9); // to and fro, both ends are reached
    return Math.min(this.last, Math.max(0, frame));
  }

  #turn() {
    if (this.place > this.last) { this.place = Math.max(0, 2 * this.last - this.place); this.way = -1; }
    else if (this.place < 0) { this.place = Math.min(this.last, -this.place); this.way = 1; }
  }
}

const REACH = 12, SECONDS = 2.5, WAIT = 0.5;

// The intro of a sweep: a small swing around the start, and back to it exactly. Returns null when it is over.
export function swing(start, frames, seconds) {
  const t = (seconds - WAIT) / SECONDS;
  if (t >= 1) return null;
  if (t <= 0) return start;
  return Math.min(frames - 1, Math.max(0, start + Math.round(REACH * Math.sin(2 * Math.PI * t))));
}
