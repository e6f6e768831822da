// A sheet: a layer's own canvas over its panel, kept between frames so that rows which pile up are drawn once.

export class Sheet {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.ctx = this.canvas.getContext("2d");
    this.name = "";
    this.to = 0; // rows drawn so far
  }

  // Wipes the sheet and fits it to the view. `dense` sheets are written as pixels, with a margin that spares checks at the rim.
  wipe(name, view, ratio, dense) {
    const width = Math.round(view.width * ratio), height = Math.round(view.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = null;
    }
    Object.assign(this, { name, ratio, to: 0 });
    if (dense) this.#wipePixels(width, height); else this.#wipeCanvas(view, width, height);
  }

  #wipePixels(width, height) {
    if (!this.image) {
      this.margin = 26;
      this.stride = width + 2 * this.margin;
      this.image = this.ctx.createImageData(this.stride, height + 2 * this.margin);
      this.pixels = new Uint32Array(this.image.data.buffer);
    } else this.pixels.fill(0);
  }

  #wipeCanvas(view, width, height) {
    this.ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.ctx.clearRect(0, 0, width, height);
    this.ctx.setTransform(this.ratio, 0, 0, this.ratio, -view.left * this.ratio, -view.top * this.ratio);
  }

  flush() { this.ctx.putImageData(this.image, -this.margin, -this.margin); }
}
