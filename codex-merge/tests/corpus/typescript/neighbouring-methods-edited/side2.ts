export class Viewport {
  constructor(private readonly box: Box) {}

  get width(): number { return this.box.w; }
  get height(): number { return Math.round(this.box.h); }
  get area(): number { return this.box.w * this.box.h; }
}
