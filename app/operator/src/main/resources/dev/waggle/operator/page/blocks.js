// The list of blocks, and what is known of the chosen one.
import { Curve } from './curve.js';
import { spread } from './session.js';
import { Rows } from './table.js';
import { bytes, count, counted, short, stretch } from './words.js';

const MOST_ROWS = 100;
const CURVES_BEFORE = 12;
const MOST_ARRIVALS = 300;

const $ = (id) => document.getElementById(id);

export class Blocks {
  constructor(choose, showWay) {
    this.list = new Rows($('blocks-rows'), [{}, { kind: 'wide-only' }, {}, { kind: 'of-many' }, { kind: 'n of-many' }, { kind: 'n of-many' }, { kind: 'n wide-only' }, { kind: 'n wide-only' }], choose);
    this.arrivals = new Rows($('arrivals-rows'), [{}, { kind: 'n' }, {}]);
    this.curve = new Curve($('curve'));
    $('show-way').addEventListener('click', showWay);
  }

  show({ session, t, block, blocks, topology }) {
    const nodes = Math.max(1, topology.own);
    const newest = blocks.slice(-MOST_ROWS).reverse();
    $('blocks-none').hidden = blocks.length > 0;
    $('blocks-more').textContent = blocks.length > MOST_ROWS ? `The newest ${MOST_ROWS}.` : '';
    this.list.show(
      newest.map((one) => {
        const { reached, half, all } = spread(one, t, nodes);
        return {
          key: one.hash,
          chosen: one === block,
          label: `Block ${one.height}, ${short(one.hash)}`,
          cells: [
            count(one.height), short(one.hash), session.name(one.miner), `${count(Math.min(reached, nodes))} of ${count(nodes)}`,
            stretch(half), stretch(all), one.transactions === undefined ? '–' : count(one.transactions), bytes(one.bytes),
          ],
        };
      }),
    );
    this.detail(session, t, block, blocks, nodes);
  }

  detail(session, t, block, blocks, nodes) {
    $('block-none').hidden = Boolean(block);
    $('block-some').hidden = !block;
    if (!block) {
      $('block-title').textContent = 'Block';
      return;
    }
    const now = spread(block, t, nodes);
    const place = blocks.indexOf(block);
    const before = blocks.slice(Math.max(0, place - CURVES_BEFORE), place).map((one) => spread(one, t, nodes));
    $('block-title').textContent = `Block ${count(block.height)}`;
    $('block-about').textContent =
      `${short(block.hash)}, mined by ${session.name(block.miner)}` +
      (block.transactions === undefined ? '' : `, ${counted(block.transactions, 'transaction')}, ${bytes(block.bytes)}`);
    $('curve-place').hidden = nodes < 2;
    $('show-way').hidden = nodes < 2;
    $('figures-spread').textContent =
      nodes < 2
        ? this.bringer(session, block)
        : this.reach(now, nodes);
    if (nodes > 1) {
      this.curve.show(now, before, nodes);
    }
    this.arrivals.show(
      block.arrivals.slice(0, Math.min(now.reached, MOST_ARRIVALS)).map((arrival) => ({
        key: arrival.node,
        cells: [
          session.nodes.get(arrival.node).name,
          `+${stretch(arrival.at - block.first)}`,
          arrival.from === null ? 'itself' : session.name(arrival.from),
        ],
      })),
    );
  }

  reach({ reached, half, most, all }, nodes) {
    const parts = [['half', half], ['90 %', most], ['all', all]]
      .filter(([, delay]) => delay !== null)
      .map(([share, delay]) => `${share} after ${stretch(delay)}`);
    return `${count(Math.min(reached, nodes))} of ${counted(nodes, 'node')}${parts.length ? `: ${parts.join(', ')}` : ' so far'}.`;
  }

  bringer(session, block) {
    const { from } = block.arrivals[0];
    return from === null ? 'This node made it.' : `${session.name(from)} brought it first.`;
  }
}
