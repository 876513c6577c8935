// How a block spread, as a curve: the share of nodes over milliseconds; those before it are pale.
import { stretch } from './words.js';

const HEIGHT = 190;
const EDGE = { top: 10, right: 24, bottom: 26, left: 40 };

// A node that was away and came back much later does not squeeze the others.
const FAR = 4;

const points = (delays, nodes) => delays.map((delay, i) => [delay, (i + 1) / nodes]);

export class Curve {
  constructor(svg) {
    this.svg = d3.select(svg);
    this.place = svg.parentElement;
    this.x = this.svg.append('g').attr('class', 'axis');
    this.y = this.svg.append('g').attr('class', 'axis');
    this.before = this.svg.append('g').attr('class', 'before');
    this.area = this.svg.append('path').attr('class', 'area');
    this.line = this.svg.append('path').attr('class', 'now');
    this.marks = this.svg.append('g').attr('class', 'marks');
  }

  // spread of the chosen block, and of some before it.
  show(now, before, nodes) {
    const width = this.place.clientWidth;
    if (width === 0) {
      return;
    }
    const all = [now, ...before].flatMap((one) => one.delays);
    const reach = d3.quantile(d3.sort(all), 0.95) ?? 0;
    const most = Math.max(0.5, Math.min(d3.max(all) ?? 0, reach * FAR || Infinity));
    const x = d3.scaleLinear([0, most], [EDGE.left, width - EDGE.right]);
    const y = d3.scaleLinear([0, 1], [HEIGHT - EDGE.bottom, EDGE.top]);
    this.svg.attr('viewBox', `0 0 ${width} ${HEIGHT}`).attr('width', width).attr('height', HEIGHT);
    this.x
      .attr('transform', `translate(0 ${HEIGHT - EDGE.bottom})`)
      .call(d3.axisBottom(x).ticks(Math.max(2, width / 110)).tickSize(4).tickFormat(stretch));
    this.y
      .attr('transform', `translate(${EDGE.left} 0)`)
      .call(d3.axisLeft(y).tickValues([0, 0.5, 0.9, 1]).tickSize(-(width - EDGE.left - EDGE.right)).tickFormat(d3.format('.0%')));
    const path = d3.line(([delay]) => x(Math.min(delay, most)), ([, share]) => y(share)).curve(d3.curveStepAfter);
    const hold = (list) => (list.length ? [...list, [most, list.at(-1)[1]]] : list);
    this.before.selectAll('path').data(before).join('path').attr('d', (one) => path(points(one.delays, nodes)));
    const shown = points(now.delays, nodes);
    this.line.attr('d', path(now.all === null ? shown : hold(shown)) ?? '');
    const area = d3.area(([delay]) => x(Math.min(delay, most)), y(0), ([, share]) => y(share)).curve(d3.curveStepAfter);
    this.area.attr('d', area(now.all === null ? shown : hold(shown)) ?? '');
    const dots = [now.half, now.most, now.all].map((delay, i) => [delay, [0.5, 0.9, 1][i]]).filter(([delay]) => delay !== null && delay <= most);
    this.marks.selectAll('circle').data(dots).join('circle').attr('r', 3.5).attr('cx', ([delay]) => x(delay)).attr('cy', ([, share]) => y(share));
  }
}
