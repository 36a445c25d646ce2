// Two pens that draw alike: one on a canvas, one that writes SVG.

/** Draws on a canvas. */
class CanvasPen {
  constructor(context, family) {
    this.context = context;
    this.family = family;
  }

  /** A line that leaves and arrives level. */
  curve(x1, y1, x2, y2, { colour, width, alpha = 1, dash = [] }) {
    const { context } = this, bend = (x2 - x1) / 2;
    context.beginPath();
    context.moveTo(x1, y1);
    context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    this.stroke(colour, width, alpha, dash);
  }

  circle(x, y, radius, look) {
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.finish(look);
  }

  /** A rectangle, its corners rounded by `radius`. */
  rect(x, y, width, height, radius, look) {
    this.context.beginPath();
    this.context.roundRect(x, y, width, height, radius);
    this.finish(look);
  }

  polygon(points, look) {
    this.context.beginPath();
    points.forEach(([x, y], i) => (i ? this.context.lineTo(x, y) : this.context.moveTo(x, y)));
    this.context.closePath();
    this.finish(look);
  }

  finish({ fill = null, colour = null, width = 1, alpha = 1, dash = [] }) {
    if (fill) {
      this.context.globalAlpha = alpha;
      this.context.fillStyle = fill;
      this.context.fill();
    }
    if (colour) this.stroke(colour, width, alpha, dash);
    this.context.globalAlpha = 1;
  }

  stroke(colour, width, alpha, dash) {
    const { context } = this;
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** Words; `align` is start, middle or end, and `y` the middle of the line. */
  text(words, x, y, { size, colour, weight = 400, align = "start" }) {
    const { context } = this;
    context.font = `${weight} ${size}px ${this.family}`;
    context.fillStyle = colour;
    context.textAlign = align === "middle" ? "center" : align;
    context.textBaseline = "middle";
    context.direction = "ltr";
    context.fillText(words, x, y + 0.5);
  }
}

/** Writes the same as elements of SVG. */
class SvgPen {
  constructor(family) {
    this.family = family;
    this.parts = [];
  }

  add(tag, attributes, words = null) {
    const said = Object.entries(attributes).filter(([, value]) => value !== null)
      .map(([name, value]) => ` ${name}="${this.escaped(typeof value === "number" ? Math.round(value * 100) / 100 : value)}"`);
    this.parts.push(`<${tag}${said.join("")}${words === null ? "/>" : `>${this.escaped(words)}</${tag}>`}`);
  }

  /** Text for XML: what means something there is written otherwise, what is not allowed there is left out. */
  escaped(text) {
    return String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  }

  look({ fill = null, colour = null, width = 1, alpha = 1, dash = [] }) {
    return {
      fill: fill ?? "none", stroke: colour, "stroke-width": colour ? width : null,
      opacity: alpha === 1 ? null : alpha, "stroke-dasharray": dash.length ? dash.join(" ") : null,
    };
  }

  curve(x1, y1, x2, y2, look) {
    const n = (value) => Math.round(value * 10) / 10, middle = n((x1 + x2) / 2);
    this.add("path", { d: `M${n(x1)} ${n(y1)}C${middle} ${n(y1)} ${middle} ${n(y2)} ${n(x2)} ${n(y2)}`, ...this.look(look) });
  }

  circle(x, y, radius, look) {
    this.add("circle", { cx: x, cy: y, r: radius, ...this.look(look) });
  }

  rect(x, y, width, height, radius, look) {
    this.add("rect", { x, y, width, height, rx: Array.isArray(radius) ? radius[0] : radius, ...this.look(look) });
  }

  polygon(points, look) {
    const said = points.map((point) => point.map((value) => Math.round(value * 10) / 10).join(",")).join(" ");
    this.add("polygon", { points: said, ...this.look(look) });
  }

  text(words, x, y, { size, colour, weight = 400, align = "start" }) {
    this.add("text", { x, y, "font-size": size, fill: colour, "font-weight": weight === 400 ? null : weight,
      "text-anchor": align === "start" ? null : align, "dominant-baseline": "central" }, words);
  }

  /** The whole drawing: what stands in `box`, on paper, under a title. */
  document({ left, top, right, bottom }, paper, title) {
    const [width, height] = [right - left, bottom - top].map(Math.ceil);
    const [x, y] = [left, top].map(Math.floor);
    return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}"
 font-family="${this.escaped(this.family)}"><title>${this.escaped(title)}</title>
<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${paper}"/>
${this.parts.join("\n")}</svg>
`;
  }
}
