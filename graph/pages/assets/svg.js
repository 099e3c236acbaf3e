// A pen with those methods of a canvas's context that this page uses; it writes SVG 1.1, which every program reads.

const MIDDLE = 0.35; // how far the middle of a text is above its baseline, by the size of the font

/** A number with at most two decimals. @param {number} n */
const shortNumber = (n) => String(Math.round(n * 100) / 100);

/** A text without the characters that XML cannot hold. @param {string} text */
const forXml = (text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "").replace(/\r\n?/g, "\n");
/** A text as it stands in XML. @param {string} text */
const escapeXml = (text) => forXml(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? "");

class SvgPen {
  constructor() {
    /** @type {string[]} */
    this.parts = [];
    this.path = "";
    this.clips = 0;
    /** @type {object[]} */
    this.saved = [];
    /** How many groups are open. */
    this.groups = 0;
    this.fillStyle = this.strokeStyle = "#000000";
    this.globalAlpha = 1;
    this.lineWidth = 1;
    this.font = "10px sans-serif";
    this.textAlign = "left";
    this.textBaseline = "alphabetic";
    this.lineJoin = "miter";
    /** @type {number[]} */
    this.dash = [];
  }

  save() {
    const { fillStyle, strokeStyle, globalAlpha, lineWidth, font, textAlign, textBaseline, lineJoin, dash, groups } = this;
    this.saved.push({ fillStyle, strokeStyle, globalAlpha, lineWidth, font, textAlign, textBaseline, lineJoin, dash, groups });
  }

  restore() {
    const open = this.groups;
    Object.assign(this, this.saved.pop());
    if (open > this.groups) this.parts.push("</g>".repeat(open - this.groups));
  }

  /** Put what follows into a group, until `restore`. @param {string} attribute */
  group(attribute) {
    this.groups += 1;
    this.parts.push(`<g ${attribute}>`);
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.group(`transform="translate(${shortNumber(x)} ${shortNumber(y)})"`);
  }

  /** @param {number} x @param {number} y */
  scale(x, y) {
    this.group(`transform="scale(${x} ${y})"`);
  }

  beginPath() {
    this.path = "";
  }

  /** @param {string} letter @param {...number} values */
  step(letter, ...values) {
    this.path += letter + values.map(shortNumber).join(" ");
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
    this.path += `M${shortNumber(x)} ${shortNumber(y)}h${shortNumber(width)}v${shortNumber(height)}h${shortNumber(-width)}Z`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} radius */
  roundRect(x, y, width, height, radius) {
    const r = Math.min(radius, width / 2, height / 2);
    const [w, h] = [width - 2 * r, height - 2 * r];
    const turn = (/** @type {number} */ dx, /** @type {number} */ dy) => `a${shortNumber(r)} ${shortNumber(r)} 0 0 1 ${shortNumber(dx)} ${shortNumber(dy)}`;
    this.path += `M${shortNumber(x + r)} ${shortNumber(y)}h${shortNumber(w)}${turn(r, r)}v${shortNumber(h)}${turn(-r, r)}h${shortNumber(-w)}${turn(-r, -r)}v${shortNumber(-h)}${turn(r, -r)}Z`;
  }

  /** A whole circle: this page draws no other arc. @param {number} x @param {number} y @param {number} r */
  arc(x, y, r) {
    this.path += `M${shortNumber(x - r)} ${shortNumber(y)}a${shortNumber(r)} ${shortNumber(r)} 0 1 0 ${shortNumber(2 * r)} 0a${shortNumber(r)} ${shortNumber(r)} 0 1 0 ${shortNumber(-2 * r)} 0Z`;
  }

  clip() {
    this.clips += 1;
    this.parts.push(`<clipPath id="clip${this.clips}"><path d="${this.path}"/></clipPath>`);
    this.group(`clip-path="url(#clip${this.clips})"`);
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    this.parts.push(`<path d="${this.path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${shortNumber(this.lineWidth)}"${dash}${this.opacity("stroke")}/>`);
  }

  fill() {
    this.parts.push(`<path d="${this.path}" fill="${this.fillStyle}"${this.opacity("fill")}/>`);
  }

  /** Not by "opacity", for which programs draw every element on a picture of its own. @param {"fill" | "stroke"} what */
  opacity(what) {
    return this.globalAlpha < 1 ? ` ${what}-opacity="${shortNumber(this.globalAlpha)}"` : "";
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.parts.push(`<rect x="${shortNumber(x)}" y="${shortNumber(y)}" width="${shortNumber(width)}" height="${shortNumber(height)}" fill="${this.fillStyle}"${this.opacity("fill")}/>`);
  }

  /** @param {string} text */
  measureText(text) {
    measuringContext.font = this.font;
    return measuringContext.measureText(text);
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [most] */
  fillText(text, x, y, most) {
    this.write(text, x, y, most, `fill="${this.fillStyle}"${this.opacity("fill")}`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [most] */
  strokeText(text, x, y, most) {
    this.write(text, x, y, most, `fill="none" stroke="${this.strokeStyle}" stroke-width="${shortNumber(this.lineWidth)}" stroke-linejoin="round"${this.opacity("stroke")}`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {number | undefined} most @param {string} paint */
  write(text, x, y, most, paint) {
    const [, weight = "400", size = "10"] = /(?:(\d+) )?([\d.]+)px/.exec(this.font) ?? [];
    const tight = most !== undefined && this.measureText(text).width > most ? ` textLength="${shortNumber(most)}" lengthAdjust="spacingAndGlyphs"` : "";
    const anchor = this.textAlign === "center" ? ' text-anchor="middle"' : "";
    const baseline = this.textBaseline === "middle" ? y + MIDDLE * Number(size) : y; // few programs know dominant-baseline
    this.parts.push(`<text x="${shortNumber(x)}" y="${shortNumber(baseline)}" font-size="${size}" font-weight="${weight}"${anchor}${tight} ${paint}>${escapeXml(text)}</text>`);
  }
}
