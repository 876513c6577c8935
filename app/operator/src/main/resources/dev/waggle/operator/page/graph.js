// The network as a graph that moves: d3's forces place it, a canvas draws it. Who cannot see it has
// the tables of nodes and links.
import { isStill, palette } from './palette.js';
import { count, counted, stretch } from './words.js';
import { countUntil } from './session.js';

// How long a link shines after a block came along it, by the clock on the wall.
const SHINE = 1400;

const MARGIN = 26;
const MOST_LABELS = 40;
const STILL_TICKS = 160;

// So much wider than high, to use the room.
const MOST_STRETCH = 1.35;

const hexagon = (context, x, y, r) => {
  context.beginPath();
  for (let i = 0; i < 6; i++) {
    const angle = (Math.PI / 3) * i + Math.PI / 6;
    context.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  context.closePath();
};

export class Graph {
  constructor(canvas, tip, choose) {
    this.canvas = canvas;
    this.tip = tip;
    this.context = canvas.getContext('2d');
    this.topology = null;
    this.vertices = [];
    this.edges = [];
    this.byId = new Map();
    this.view = { kx: 1, ky: 1, x: 0, y: 0 };
    this.pointed = null;
    this.settled = false;
    this.forces = d3
      .forceSimulation([])
      .force('links', d3.forceLink([]).id((vertex) => vertex.id))
      .force('apart', d3.forceManyBody())
      .force('x', d3.forceX(0))
      .force('y', d3.forceY(0))
      .stop();
    new ResizeObserver(() => requestAnimationFrame(() => this.resize())).observe(canvas.parentElement);
    canvas.addEventListener('pointermove', (event) => this.point(event));
    canvas.addEventListener('pointerleave', () => this.point(null));
    canvas.addEventListener('click', (event) => {
      const vertex = this.under(event);
      if (vertex?.data.own) {
        choose(vertex.data.number);
      }
    });
    this.resize();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = window.devicePixelRatio || 1;
    if (this.width !== width || this.height !== height || this.ratio !== ratio) {
      Object.assign(this, { width, height, ratio });
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      this.shape();
      this.forces.alpha(Math.max(this.forces.alpha(), 0.2));
      this.fit(true);
    }
  }

  // A wide place makes a wide graph.
  shape() {
    const wide = Math.max(this.width, 1) / Math.max(this.height, 1);
    this.forces.force('x').strength(0.09 / Math.max(1, wide));
    this.forces.force('y').strength(0.09 * Math.max(1, wide * 0.8));
  }

  clear() {
    this.topology = null;
    this.byId = new Map();
    this.settled = false;
  }

  // Takes over what there is now; what was there stays where it is.
  take(topology) {
    if (topology === this.topology) {
      return;
    }
    this.topology = topology;
    const old = this.byId;
    this.byId = new Map();
    let fresh = 0;
    for (const [id, data] of topology.vertices) {
      const vertex = old.get(id) ?? { id };
      vertex.data = data;
      vertex.degree = 0;
      fresh += old.has(id) ? 0 : 1;
      this.byId.set(id, vertex);
    }
    this.vertices = [...this.byId.values()];
    this.edges = [...topology.edges.values()].map(({ a, b }) => ({ source: this.byId.get(a), target: this.byId.get(b) }));
    for (const edge of this.edges) {
      edge.source.degree++;
      edge.target.degree++;
      this.nextTo(edge.source, edge.target);
      this.nextTo(edge.target, edge.source);
    }
    const many = Math.sqrt(this.vertices.length);
    const sparse = this.edges.length < 2 * this.vertices.length;
    this.forces.nodes(this.vertices);
    this.forces.force('links').links(this.edges).distance(sparse ? 60 : 30 + 6 * many);
    this.forces.force('apart').strength(-140 - 20 * many);
    const change = (fresh + Math.abs(old.size - this.byId.size)) / Math.max(1, this.byId.size);
    this.forces.alpha(Math.max(this.forces.alpha(), Math.min(1, 0.12 + change)));
    if (isStill() || !this.settled) {
      this.forces.tick(isStill() ? STILL_TICKS : 60);
      this.settled = true;
      this.fit(true);
    }
  }

  nextTo(vertex, neighbour) {
    if (vertex.x === undefined && neighbour.x !== undefined) {
      vertex.x = neighbour.x + 12 * Math.cos(vertex.index ?? this.vertices.length);
      vertex.y = neighbour.y + 12 * Math.sin(vertex.index ?? this.vertices.length);
    }
  }

  // Goes on until it has come to rest. Tells whether it moved.
  move() {
    if (this.forces.alpha() < 0.01 || this.vertices.length === 0) {
      return false;
    }
    this.forces.tick(isStill() ? STILL_TICKS : 1);
    this.fit(isStill());
    return true;
  }

  fit(atOnce) {
    if (this.vertices.length === 0 || !this.width) {
      return;
    }
    const [left, right] = d3.extent(this.vertices, (vertex) => vertex.x);
    const [top, bottom] = d3.extent(this.vertices, (vertex) => vertex.y);
    const across = (this.width - 2 * MARGIN) / Math.max(1, right - left);
    const down = (this.height - 2 * MARGIN) / Math.max(1, bottom - top);
    const kx = Math.min(2.2, across, down * MOST_STRETCH);
    const ky = Math.min(2.2, down, across * MOST_STRETCH);
    const goal = { kx, ky, x: this.width / 2 - (kx * (left + right)) / 2, y: this.height / 2 - (ky * (top + bottom)) / 2 };
    const step = atOnce ? 1 : 0.12;
    for (const part of ['kx', 'ky', 'x', 'y']) {
      this.view[part] += (goal[part] - this.view[part]) * step;
    }
  }

  at(vertex) {
    return [vertex.x * this.view.kx + this.view.x, vertex.y * this.view.ky + this.view.y];
  }

  get radius() {
    return Math.max(3, Math.min(11, 62 / Math.sqrt(Math.max(1, this.vertices.length)))) * (this.width < 500 ? 0.8 : 1);
  }

  // Draws a moment; tells whether something still shines.
  draw({ t, block, pace, chosen, session }) {
    const { context } = this;
    this.rank(block);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    this.drawEdges();
    const shines = block ? this.drawWay(block, t, pace, session) : false;
    this.drawVertices(block, t, chosen);
    return shines;
  }

  // Colours go by who was before whom: by time most would be alike.
  rank(block) {
    const last = Math.max(1, (block?.arrivals.length ?? 0) - 1);
    block?.arrivals.forEach((arrival, i) => {
      arrival.rank = i / last;
    });
  }

  drawEdges() {
    const { context } = this;
    context.strokeStyle = palette.edge;
    context.lineWidth = 1;
    context.globalAlpha = Math.min(0.8, Math.max(0.07, 60 / Math.max(1, this.edges.length)));
    context.beginPath();
    for (const { source, target } of this.edges) {
      context.moveTo(...this.at(source));
      context.lineTo(...this.at(target));
    }
    context.stroke();
    context.globalAlpha = 1;
    if (this.pointed) {
      context.strokeStyle = palette.soft;
      context.beginPath();
      for (const { source, target } of this.edges) {
        if (source === this.pointed || target === this.pointed) {
          context.moveTo(...this.at(source));
          context.lineTo(...this.at(target));
        }
      }
      context.stroke();
    }
  }

  // The links that brought a block first: those it has come along, and the one it is on.
  drawWay(block, t, pace, session) {
    const { context } = this;
    const many = this.vertices.length > 120;
    const thin = many ? 1 : 1.6;
    let shines = false;
    for (const arrival of block.arrivals) {
      const to = this.byId.get(session.nodes.get(arrival.node)?.id);
      const from = arrival.from === null ? null : this.byId.get(arrival.from);
      if (!to || !from) {
        continue;
      }
      const sender = block.has.get(from.data.number);
      const left = Math.min(sender?.at ?? block.first, arrival.at);
      if (t < left) {
        continue;
      }
      const [x1, y1] = this.at(from);
      const [x2, y2] = this.at(to);
      if (t < arrival.at) {
        const part = (t - left) / (arrival.at - left);
        this.line(x1, y1, x1 + (x2 - x1) * part, y1 + (y2 - y1) * part, palette.way, thin, 0.8);
        context.fillStyle = palette.flash;
        context.beginPath();
        context.arc(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part, thin * 1.8, 0, 2 * Math.PI);
        context.fill();
        continue;
      }
      this.line(x1, y1, x2, y2, palette.delay(arrival.rank), thin, many ? 0.55 : 0.85);
      const age = (t - arrival.at) / (SHINE * pace);
      if (age < 1 && !isStill()) {
        this.line(x1, y1, x2, y2, palette.flash, thin * 2.6, (1 - age) ** 2);
        shines = true;
      }
    }
    return shines;
  }

  line(x1, y1, x2, y2, colour, width, alpha) {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.globalAlpha = alpha;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
    context.globalAlpha = 1;
  }

  drawVertices(block, t, chosen) {
    const { context, radius } = this;
    for (const vertex of this.vertices) {
      const [x, y] = this.at(vertex);
      const { own, number } = vertex.data;
      const arrival = own && block ? block.has.get(number) : null;
      const has = arrival && arrival.at <= t;
      hexagon(context, x, y, own ? radius : radius * 0.62);
      context.fillStyle = !own ? palette.stranger : has ? palette.delay(arrival.rank) : palette.waiting;
      context.fill();
      context.lineWidth = 1.2;
      context.strokeStyle = palette.panel;
      context.stroke();
      if (has && arrival.from === null) {
        hexagon(context, x, y, radius + 3.5);
        context.strokeStyle = palette.way;
        context.lineWidth = 1.5;
        context.stroke();
      }
      if (own && number === chosen) {
        hexagon(context, x, y, radius + 6);
        context.strokeStyle = palette.ink;
        context.lineWidth = 1.5;
        context.stroke();
      }
    }
    this.drawLabels(chosen);
  }

  drawLabels(chosen) {
    const { context, radius } = this;
    const all = this.vertices.length <= MOST_LABELS && this.width >= 500;
    context.font = '11.5px system-ui, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.lineJoin = 'round';
    for (const vertex of this.vertices) {
      if (all || vertex === this.pointed || (vertex.data.own && vertex.data.number === chosen)) {
        const [x, y] = this.at(vertex);
        const half = context.measureText(vertex.data.name).width / 2;
        const middle = Math.min(Math.max(x, half + 4), this.width - half - 4);
        const below = y + radius + (vertex.data.number === chosen ? 8 : 4);
        const top = below + 14 > this.height ? y - radius - 18 : below;
        context.strokeStyle = palette.panel;
        context.lineWidth = 3;
        context.strokeText(vertex.data.name, middle, top);
        context.fillStyle = palette.soft;
        context.fillText(vertex.data.name, middle, top);
      }
    }
  }

  // ---- What is pointed at

  under(event) {
    const box = this.canvas.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const near = d3.least(this.vertices, (vertex) => this.distance(vertex, x, y));
    return near && this.distance(near, x, y) <= Math.max(12, this.radius + 4) ? near : null;
  }

  distance(vertex, x, y) {
    const [vx, vy] = this.at(vertex);
    return Math.hypot(vx - x, vy - y);
  }

  point(event) {
    const vertex = event && this.under(event);
    this.pointed = vertex;
    this.canvas.classList.toggle('on-node', Boolean(vertex?.data.own));
    this.tip.hidden = !vertex;
    if (vertex) {
      const [x, y] = this.at(vertex);
      this.tip.textContent = `${vertex.data.name}: ${counted(vertex.degree, 'link')}${this.about(vertex)}`;
      this.tip.style.left = `${Math.min(Math.max(x, 80), this.width - 80)}px`;
      this.tip.style.top = `${y > 60 ? y - this.radius - 34 : y + this.radius + 10}px`;
    }
    this.dirty = true;
  }

  about(vertex) {
    const arrival = this.block?.has.get(vertex.data.number);
    return arrival && arrival.at <= this.time ? `, block after ${stretch(arrival.at - this.block.first)}` : '';
  }

  // In words, for who cannot see it.
  words(block, t) {
    const nodes = counted(this.vertices.length, 'node');
    const reached = block ? `; the chosen block has reached ${count(countUntil(block.arrivals, t))} of them` : '';
    return `${nodes} and ${counted(this.edges.length, 'link')}${reached}. The tables of nodes and links say the same.`;
  }
}
