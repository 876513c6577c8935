// The links of one node, with what it counts of each while the page is live.
import { Rows } from './table.js';
import { bytes, count, counted, stretch } from './words.js';

const $ = (id) => document.getElementById(id);

const n = { kind: 'n' };

const REACH = {
  reachable: 'Others can dial it.',
  private: 'Nobody can dial it.',
  unknown: 'Not known yet whether others can dial it.',
};

export class Links {
  constructor() {
    this.rows = new Rows($('links-rows'), [{}, {}, {}, n, n, n, n, n, n, n, n, n, n, n]);
  }

  show({ session, t, topology, chosen, atPresent }) {
    const node = session.nodes.get(chosen);
    const links = topology.linksOf.get(chosen) ?? [];
    const numbers = atPresent ? session.numbers.get(chosen) : null;
    $('links-title').textContent = node ? `Links of ${node.name}` : 'Links';
    $('links-about').textContent = this.about(node, links, numbers, atPresent);
    $('links-table').hidden = links.length === 0;
    $('links-table').classList.toggle('no-numbers', !numbers);
    $('links-table').classList.toggle('no-addresses', !links.some((link) => link.address));
    const byAddress = new Map((numbers?.links ?? []).map((one) => [`${one.peer} ${one.address}`, one]));
    this.rows.show(
      links.map((link) => {
        const one = byAddress.get(`${link.peer} ${link.address}`);
        const since = link.spans.findLast((span) => span.from <= t)?.from ?? t;
        return {
          key: link.key,
          cells: [
            session.name(link.peer),
            link.direction || '–',
            link.address || '–',
            stretch(one?.age ?? t - since),
            stretch(one?.ping),
            stretch(one?.leastPing),
            bytes(one?.sentBytes),
            bytes(one?.receivedBytes),
            one ? `${count(one.sentMessages)} / ${count(one.receivedMessages)}` : '–',
            stretch(one?.sinceBlock),
            one ? count(one.score) : '–',
            one ? bytes(one.queuedBytes) : '–',
            one ? count(one.duplicates) : '–',
            one ? count(one.keyEpochs) : '–',
          ],
        };
      }),
    );
  }

  about(node, links, numbers, atPresent) {
    if (!node) {
      return 'Choose a node in the table, or in the graph.';
    }
    const head = `${counted(links.length, 'link')}${node.address ? `; it listens at ${node.address}` : ''}.`;
    if (numbers) {
      return `${head} ${REACH[numbers.reachability]} Up for ${stretch(numbers.uptime)}, sent ${bytes(numbers.sentBytes)}, received ${bytes(numbers.receivedBytes)}, knows ${counted(numbers.knownAddresses, 'address', 'addresses')}, ${counted(numbers.bans, 'ban')}.`;
    }
    return atPresent ? head : `${head} What links count is known of the present only.`;
  }
}
