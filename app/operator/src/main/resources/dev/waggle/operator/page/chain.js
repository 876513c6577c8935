// The chain: its newest heights with all blocks that there are at each, and who is where.
import { counted, count, short } from './words.js';

const HEIGHTS = 24;

const $ = (id) => document.getElementById(id);

// The tips of all nodes, the one that most have first.
export const tips = ({ session, t, topology }) => {
  const byHash = new Map();
  for (const vertex of topology.vertices.values()) {
    const tip = vertex.own ? session.tipAt(vertex, t) : null;
    if (tip) {
      const entry = byHash.get(tip.hash) ?? { hash: tip.hash, height: tip.height, nodes: [] };
      entry.nodes.push(vertex);
      byHash.set(tip.hash, entry);
    }
  }
  return [...byHash.values()].sort((a, b) => b.nodes.length - a.nodes.length || b.height - a.height);
};

export const forks = (blocks) => {
  const heights = new Map();
  blocks.forEach((block) => heights.set(block.height, (heights.get(block.height) ?? 0) + 1));
  return [...heights.values()].filter((n) => n > 1).length;
};

export class Chain {
  constructor(choose) {
    this.choose = choose;
    this.place = $('chain-strip');
    this.buttons = new Map();
  }

  show(moment) {
    const { blocks, block, topology } = moment;
    const all = tips(moment);
    $('tips').textContent = this.words(all, topology.own);
    const top = d3.max(blocks, (one) => one.height) ?? 0;
    const shown = blocks.filter((one) => one.height > top - HEIGHTS).sort((a, b) => a.height - b.height || a.first - b.first);
    const keep = new Set(shown.map((one) => one.hash));
    for (const [hash, button] of this.buttons) {
      if (!keep.has(hash)) {
        button.remove();
        this.buttons.delete(hash);
      }
    }
    let column = null;
    const columns = [];
    for (const one of shown) {
      if (column?.height !== one.height) {
        column = { height: one.height, blocks: [] };
        columns.push(column);
      }
      column.blocks.push(one);
    }
    this.layOut(columns, block, all);
    $('chain-none').hidden = shown.length > 0;
  }

  layOut(columns, chosen, all) {
    const atTip = new Map(all.map((tip) => [tip.hash, tip.nodes.length]));
    const items = [...this.place.children];
    const byHeight = new Map(items.map((item) => [item.dataset.height, item]));
    const keep = new Set(columns.map((column) => String(column.height)));
    items.filter((item) => !keep.has(item.dataset.height)).forEach((item) => item.remove());
    const atEnd = this.place.scrollLeft + this.place.clientWidth >= this.place.scrollWidth - 40;
    columns.forEach((column, i) => {
      let item = byHeight.get(String(column.height));
      if (!item) {
        item = document.createElement('li');
        item.dataset.height = column.height;
      }
      if (this.place.children[i] !== item) {
        this.place.insertBefore(item, this.place.children[i] ?? null);
      }
      item.classList.toggle('fork', column.blocks.length > 1);
      column.blocks.forEach((block) => this.button(item, block, chosen, atTip.get(block.hash) ?? 0));
    });
    if (atEnd) {
      this.place.scrollLeft = this.place.scrollWidth;
    }
  }

  button(item, block, chosen, nodes) {
    let button = this.buttons.get(block.hash);
    if (!button) {
      button = document.createElement('button');
      button.type = 'button';
      button.append(document.createElement('b'), document.createElement('small'));
      button.addEventListener('click', () => this.choose(block.hash));
      this.buttons.set(block.hash, button);
    }
    if (button.parentElement !== item) {
      item.append(button);
    }
    button.firstChild.textContent = count(block.height);
    button.lastChild.textContent = nodes > 0 ? `${count(nodes)} here` : short(block.hash).slice(0, 6);
    button.classList.toggle('at-tip', nodes > 0);
    button.setAttribute('aria-pressed', String(block === chosen));
    button.setAttribute('aria-label', `Block ${block.height}, ${short(block.hash)}${nodes > 0 ? `, the tip of ${counted(nodes, 'node')}` : ''}`);
  }

  words(all, nodes) {
    if (all.length === 0) {
      return '';
    }
    const [most, ...others] = all;
    const where = (tip) => `${count(tip.nodes.length)} at ${count(tip.height)} (${short(tip.hash)})`;
    return others.length === 0 && most.nodes.length === nodes
      ? nodes === 1
        ? `The tip is at height ${count(most.height)} (${short(most.hash)}).`
        : `All ${count(nodes)} nodes are at height ${count(most.height)} (${short(most.hash)}).`
      : `Of ${counted(nodes, 'node')}, ${all.slice(0, 4).map(where).join(', ')}${all.length > 4 ? ', …' : ''}.`;
  }
}
