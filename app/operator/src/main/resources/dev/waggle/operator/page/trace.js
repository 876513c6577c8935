// A simulator's trace as a session. Its lines are {"nanos","node","event","peer","message"}.

// Messages that carry a block or the last piece of one.
const CARRIERS = new Set(['block', 'compact', 'outline', 'items']);

// Transactions are accepted too, but nobody draws those: a trace that has lines of them says which.
export class TraceReader {
  constructor() {
    this.events = [];
    this.seen = new Set();
    this.carrier = new Map(); // by node, who brought the last piece of a block
    this.transactions = new Set();
    this.heights = new Map();
  }

  static fits(line) {
    return typeof line?.nanos === 'number' && typeof line.node === 'number' && typeof line.event === 'string';
  }

  take({ nanos, node, event, peer, message }) {
    const at = nanos / 1e6;
    this.up(node, at);
    switch (event) {
      case 'linked':
        this.up(peer, at);
        this.events.push({ at, event: 'link-up', node, peer: id(peer), address: '', direction: '' });
        break;
      case 'closed':
        this.events.push({ at, event: 'link-down', node, peer: id(peer), address: '', reason: '' });
        break;
      case 'transaction':
      case 'evidence':
        this.transactions.add(message);
        break;
      case 'accepted':
        if (!this.transactions.has(message)) {
          this.accepted(at, node, message);
        }
        break;
      default:
        if (CARRIERS.has(event)) {
          this.carrier.set(node, peer);
        }
    }
  }

  up(node, at) {
    if (!this.seen.has(node)) {
      this.seen.add(node);
      this.events.push({ at, event: 'node-up', node, name: `node ${node}`, peerId: id(node), address: '' });
    }
  }

  // A trace knows no heights: blocks are numbered as they appear.
  accepted(at, node, hash) {
    const isFirst = !this.heights.has(hash);
    if (isFirst) {
      this.heights.set(hash, { height: this.heights.size + 1, miner: id(node) });
    }
    const from = isFirst ? undefined : this.carrier.get(node);
    this.events.push({ at, event: 'block', node, hash, ...this.heights.get(hash), from: from === undefined ? null : id(from) });
  }
}

const id = (node) => `node ${node}`;
