// What is known of a network, over time: nodes and links as spans, blocks with their arrivals. Made
// of the events that SESSION.md describes; any moment can be asked for, in any order.

// A page that stays open for days forgets the older half when it has so many events.
const MOST_LIVE_EVENTS = 120_000;

// As many are looked at together, since that happens often.
const MOST_BLOCKS = 2000;

const ALWAYS = Infinity;

const covers = (span, t) => span.from <= t && t < span.to;
const standing = (spans, t) => spans.findLast((span) => covers(span, t)) ?? null;

// How many entries of a sorted list lie at or before a time.
export const countUntil = (sorted, t, at = (entry) => entry.at) => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(sorted[middle]) <= t) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
};

const insert = (sorted, entry, at) => {
  const place = at(entry) >= (sorted.length ? at(sorted.at(-1)) : -Infinity) ? sorted.length : countUntil(sorted, at(entry), at);
  sorted.splice(place, 0, entry);
};

export class Session {
  constructor({ title = '', began = null } = {}) {
    this.title = title;
    this.began = began;
    this.limit = MOST_LIVE_EVENTS;
    this.clear();
  }

  clear() {
    this.events = [];
    this.start = null;
    this.end = 0;
    this.version = 0;
    this.nodes = new Map(); // by number
    this.numberOf = new Map(); // by PeerId
    this.pairs = new Map(); // by both PeerIds: what either end says of its links
    this.links = new Map(); // by node, peer and address
    this.blocks = []; // by their first arrival
    this.blockOf = new Map(); // by hash
    this.rejected = [];
    this.changes = []; // when nodes or links did
    this.numbers = new Map(); // of the present only
    this.cached = null;
  }

  add(events) {
    for (const event of events) {
      this.events.push(event);
      this.apply(event);
    }
    this.version++;
    if (this.events.length > this.limit) {
      this.forgetHalf();
    }
  }

  count(numbers) {
    numbers.forEach((one) => this.numbers.set(one.node, one));
    this.version++;
  }

  apply(event) {
    const { at } = event;
    this.start = this.start === null ? at : Math.min(this.start, at);
    this.end = Math.max(this.end, at);
    switch (event.event) {
      case 'node-up':
        this.node(event.node, event);
        this.changed(at);
        break;
      case 'node-down':
        this.nodeDown(event);
        this.changed(at);
        break;
      case 'link-up':
        this.linkUp(event);
        this.changed(at);
        break;
      case 'link-down':
        this.finish(this.links.get(linkKey(event)), at);
        this.changed(at);
        break;
      case 'tip':
        insert(this.known(event.node).tips, event, (tip) => tip.at);
        break;
      case 'block':
        this.arrival(event);
        break;
      case 'block-rejected':
        this.rejected.push(event);
        break;
      default: // of a later version
    }
  }

  changed(at) {
    insert(this.changes, at, (time) => time);
    this.cached = null;
  }

  known(number) {
    let node = this.nodes.get(number);
    if (!node) {
      node = { number, id: null, name: `node ${number}`, address: '', spans: [], tips: [], links: new Set(), own: true };
      this.nodes.set(number, node);
    }
    return node;
  }

  node(number, { at, name, peerId, address }) {
    const node = this.known(number);
    Object.assign(node, { id: peerId, name: name ?? node.name, address });
    node.spans.push({ from: at, to: ALWAYS });
    this.numberOf.set(peerId, number);
    return node;
  }

  nodeDown({ node: number, at, reason }) {
    const node = this.known(number);
    this.finish(node, at, reason);
    node.links.forEach((link) => this.finish(link, at));
    this.numbers.delete(number);
  }

  finish(holder, at, reason) {
    const last = holder?.spans.at(-1);
    if (last && last.to === ALWAYS) {
      last.to = at;
      last.reason = reason;
    }
  }

  linkUp(event) {
    const key = linkKey(event);
    let link = this.links.get(key);
    if (!link) {
      link = { key, ...event, spans: [] };
      this.links.set(key, link);
      this.known(event.node).links.add(link);
    }
    link.spans.push({ from: event.at, to: ALWAYS });
  }

  arrival(event) {
    let block = this.blockOf.get(event.hash);
    if (!block) {
      const { hash, height, miner, transactions, bytes, at } = event;
      block = { hash, height, miner, transactions, bytes, first: at, arrivals: [], has: new Map() };
      this.blockOf.set(hash, block);
      insert(this.blocks, block, (one) => one.first);
    }
    if (block.has.has(event.node)) {
      return;
    }
    const arrival = { node: event.node, at: event.at, from: event.from, tip: event.tip !== false, abandoned: event.abandoned ?? 0 };
    block.has.set(event.node, arrival);
    insert(block.arrivals, arrival, (one) => one.at);
    block.first = block.arrivals[0].at;
    if (arrival.tip) {
      insert(this.known(event.node).tips, { at: event.at, height: block.height, hash: block.hash }, (tip) => tip.at);
    }
  }

  // Makes room: what ended in the older half is gone, what still stands is not.
  forgetHalf() {
    const cut = this.events[this.events.length >> 1].at;
    const open = new Set();
    for (const holder of [...this.nodes.values(), ...this.links.values()]) {
      holder.spans.filter((span) => span.to > cut).forEach((span) => open.add(`${holder.key ?? holder.number} ${span.from}`));
    }
    const stands = (event) =>
      event.at > cut ||
      (event.event === 'node-up' && open.has(`${event.node} ${event.at}`)) ||
      (event.event === 'link-up' && open.has(`${linkKey(event)} ${event.at}`));
    const { numbers, version } = this;
    const kept = this.events.filter(stands);
    this.clear();
    kept.forEach((event) => {
      this.events.push(event);
      this.apply(event);
    });
    this.start = cut;
    this.numbers = numbers;
    this.version = version + 1;
  }

  // ---- A moment

  // The nodes and links that there are at a time. The same object while that does not change.
  at(t) {
    const index = countUntil(this.changes, t, (time) => time);
    if (this.cached?.index !== index) {
      this.cached = { index, ...this.topology(t) };
    }
    return this.cached;
  }

  topology(t) {
    const vertices = new Map();
    for (const node of this.nodes.values()) {
      if (node.id !== null && standing(node.spans, t)) {
        vertices.set(node.id, node);
      }
    }
    const edges = new Map();
    const linksOf = new Map();
    for (const link of this.links.values()) {
      const node = this.nodes.get(link.node);
      const peer = this.numberOf.get(link.peer);
      if (!vertices.has(node.id) || !standing(link.spans, t) || (peer !== undefined && !vertices.has(link.peer))) {
        continue;
      }
      if (!linksOf.has(link.node)) {
        linksOf.set(link.node, []);
      }
      linksOf.get(link.node).push(link);
      if (!vertices.has(link.peer)) {
        vertices.set(link.peer, { id: link.peer, name: short8(link.peer), address: link.address, own: false });
      }
      const [a, b] = node.id < link.peer ? [node.id, link.peer] : [link.peer, node.id];
      edges.set(`${a} ${b}`, { a, b });
    }
    const own = [...vertices.values()].filter((vertex) => vertex.own).length;
    return { vertices, edges, linksOf, own };
  }

  // The newest of them, the oldest first.
  blocksAt(t) {
    const n = countUntil(this.blocks, t, (block) => block.first);
    return this.blocks.slice(Math.max(0, n - MOST_BLOCKS), n);
  }

  tipAt(node, t) {
    const n = countUntil(node.tips, t);
    return n > 0 ? node.tips[n - 1] : null;
  }

  name(id) {
    const number = this.numberOf.get(id);
    return number === undefined ? short8(id) : this.nodes.get(number).name;
  }
}

const short8 = (id) => (id.length > 16 ? id.slice(0, 8) : id);
const linkKey = ({ node, peer, address }) => `${node} ${peer} ${address}`;

// How long after the first node each share of them had a block, by what is known at a time.
export const spread = (block, t, nodes) => {
  const delays = block.arrivals.slice(0, countUntil(block.arrivals, t)).map((arrival) => arrival.at - block.first);
  const after = (share) => {
    const needed = Math.ceil(share * nodes);
    return needed > 0 && needed <= delays.length ? delays[needed - 1] : null;
  };
  return { reached: delays.length, half: after(0.5), most: after(0.9), all: after(1), last: delays.at(-1) ?? null, delays };
};
