// The loop: one call per screen frame, only when asked for, never out of sight.

export class Loop {
  // beat(now, gap): gap is the time since the last of consecutive beats, 0 for the first. sighted(): the element came into sight.
  constructor(element, beat, sighted) {
    Object.assign(this, { beat, asked: 0, then: 0, seen: false });
    this.sight = new IntersectionObserver((entries) => {
      this.seen = entries.at(-1).isIntersecting;
      if (this.seen) sighted();
    });
    this.sight.observe(element);
  }

  wake() {
    if (!this.asked && this.seen && !document.hidden) this.asked = requestAnimationFrame((now) => this.#run(now));
  }

  #run(now) {
    this.asked = 0;
    this.beat(now, this.then ? now - this.then : 0);
    this.then = this.asked ? now : 0; // the beat has asked for another one
  }

  stop() {
    cancelAnimationFrame(this.asked);
    this.sight.disconnect();
  }
}
