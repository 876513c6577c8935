// The nodes that report, as a table: with that of links the same as the graph.
import { Rows } from './table.js';
import { count, short, stretch } from './words.js';

const MOST_ROWS = 300;

const $ = (id) => document.getElementById(id);

export class Nodes {
  constructor(choose) {
    this.rows = new Rows($('nodes-rows'), [{}, { kind: 'id wide-only' }, { kind: 'n' }, { kind: 'n' }, { kind: 'n' }], choose);
  }

  show({ session, t, topology, block, chosen }) {
    const nodes = [...topology.vertices.values()].filter((vertex) => vertex.own).sort((a, b) => a.number - b.number);
    $('nodes-more').textContent = nodes.length > MOST_ROWS ? `The first ${MOST_ROWS} of ${count(nodes.length)}.` : '';
    this.rows.show(
      nodes.slice(0, MOST_ROWS).map((node) => {
        const arrival = block?.has.get(node.number);
        const tip = session.tipAt(node, t);
        return {
          key: node.number,
          chosen: node.number === chosen,
          label: `${node.name}: show its links`,
          cells: [
            node.name,
            short(node.id),
            count(topology.linksOf.get(node.number)?.length ?? 0),
            tip ? count(tip.height) : '–',
            arrival && arrival.at <= t ? `+${stretch(arrival.at - block.first)}` : '–',
          ],
        };
      }),
    );
  }
}
