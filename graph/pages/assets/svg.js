// A pen that has a canvas's methods, as far as this page draws, and writes SVG.

/** @param {number} n */
const short = (n) => String(Math.round(n * 100) / 100);

/** @param {string} text without what XML cannot hold */
const forXml = (text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "").replace(/\r\n?/g, "\n");
/** @param {string} text */
const xml = (text) => forXml(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? "");

class SvgPen {
  constructor() {
    /** @type {string[]} */
    this.parts = [];
    this.path = "";
    this.clips = 0;
    /** @type {object[]} */
    this.saved = [];
    this.fillStyle = this.strokeStyle = "#000000";
    this.globalAlpha = 1;
    this.lineWidth = 1;
    this.font = "10px sans-serif";
    this.textAlign = "left";
    this.textBaseline = "alphabetic";
    this.lineJoin = "miter";
    /** @type {number[]} */
    this.dash = [];
    this.clipped = "";
    this.measuring = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  }

  save() {
    const { fillStyle, strokeStyle, globalAlpha, lineWidth, font, textAlign, textBaseline, lineJoin, dash, clipped } = this;
    this.saved.push({ fillStyle, strokeStyle, globalAlpha, lineWidth, font, textAlign, textBaseline, lineJoin, dash, clipped });
  }

  restore() {
    Object.assign(this, this.saved.pop());
  }

  beginPath() {
    this.path = "";
  }

  /** @param {string} letter @param {...number} values */
  step(letter, ...values) {
    this.path += letter + values.map(short).join(" ");
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.step("M", x, y);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.step("L", x, y);
  }

  /** @param {number} a @param {number} b @param {number} c @param {number} d @param {number} e @param {number} f */
  bezierCurveTo(a, b, c, d, e, f) {
    this.step("C", a, b, c, d, e, f);
  }

  closePath() {
    this.path += "Z";
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} radius */
  roundRect(x, y, width, height, radius) {
    const r = Math.min(radius, width / 2, height / 2);
    const [w, h] = [width - 2 * r, height - 2 * r];
    const turn = (/** @type {number} */ dx, /** @type {number} */ dy) => `a${short(r)} ${short(r)} 0 0 1 ${short(dx)} ${short(dy)}`;
    this.path += `M${short(x + r)} ${short(y)}h${short(w)}${turn(r, r)}v${short(h)}${turn(-r, r)}h${short(-w)}${turn(-r, -r)}v${short(-h)}${turn(r, -r)}Z`;
  }

  /** A whole circle: this page draws no other arc. @param {number} x @param {number} y @param {number} r */
  arc(x, y, r) {
    this.path += `M${short(x - r)} ${short(y)}a${short(r)} ${short(r)} 0 1 0 ${short(2 * r)} 0a${short(r)} ${short(r)} 0 1 0 ${short(-2 * r)} 0Z`;
  }

  clip() {
    this.clips += 1;
    this.parts.push(`<clipPath id="clip${this.clips}"><path d="${this.path}"/></clipPath>`);
    this.clipped = ` clip-path="url(#clip${this.clips})"`;
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    this.parts.push(`<path d="${this.path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}"${dash}${this.opacity()}${this.clipped}/>`);
  }

  fill() {
    this.parts.push(`<path d="${this.path}" fill="${this.fillStyle}"${this.opacity()}${this.clipped}/>`);
  }

  opacity() {
    return this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "";
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${this.fillStyle}"${this.opacity()}/>`);
  }

  /** @param {string} text */
  measureText(text) {
    this.measuring.font = this.font;
    return this.measuring.measureText(text);
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [most] */
  fillText(text, x, y, most) {
    this.write(text, x, y, most, `fill="${this.fillStyle}"`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [most] */
  strokeText(text, x, y, most) {
    this.write(text, x, y, most, `fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round"`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {number | undefined} most @param {string} paint */
  write(text, x, y, most, paint) {
    const [, weight = "400", size = "10"] = /(?:(\d+) )?([\d.]+)px/.exec(this.font) ?? [];
    const tight = most !== undefined && this.measureText(text).width > most ? ` textLength="${short(most)}" lengthAdjust="spacingAndGlyphs"` : "";
    const place = this.textBaseline === "middle" ? ' dominant-baseline="central"' : "";
    this.parts.push(`<text x="${short(x)}" y="${short(y)}" font-size="${size}" font-weight="${weight}"${place}${tight} ${paint}${this.opacity()}>${xml(text)}</text>`);
  }
}
