// Draws the charts of a page: reads what ChartData wrote beside each, and tells ECharts.
(() => {
  'use strict';

  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
  const SVG = 'http://www.w3.org/2000/svg';

  // Curve.LOOKS of them: dashes, and a shape for each point, filled and then hollow.
  const DASHES = ['solid', [7, 3], [2, 3], [9, 3, 2, 3], [4, 4], [1, 4]];
  const SHAPES = ['circle', 'rect', 'triangle'];
  const isHollow = (look) => look >= SHAPES.length;

  // Points of a curve with more are not marked.
  const MOST_MARKS = 40;

  const BAR_ROW = 44;
  const BAR = 9;
  const MARK_ROW = 18;

  // Errors longer than bars would squeeze those; they are cut at the edge.
  const MOST_ERROR = 1.25;

  // As ChartData numbers them.
  const WEIGHTS = { FAINT: 0, NORMAL: 1, STRONG: 2 };

  const colour = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue('--' + name.toLowerCase()).trim();

  const made = (tag, text, ...children) => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.append(...children);
    return element;
  };

  // As Unit.text does.
  const text = (unit, value) => {
    const size = Math.abs(value);
    const step = unit.steps.findLast((one) => size >= one.size) ?? unit.steps[0];
    const shown = value / step.size;
    const big = Math.abs(shown);
    const decimals = big >= 100 ? 0 : big >= 10 ? 1 : big >= 1 || big === 0 ? 2 : 3;
    const figure = shown
      .toLocaleString('en', { maximumFractionDigits: decimals })
      .replaceAll(',', '\u202f');
    return step.name ? figure + ' ' + step.name : figure;
  };

  // ---- Tooltips: elements with text, so that no name is taken for markup.

  const tooltip = (formatter, more) => ({
    confine: true,
    transitionDuration: 0,
    backgroundColor: colour('paper'),
    borderColor: colour('line'),
    padding: [6, 10],
    textStyle: { color: colour('ink'), fontFamily: FONT },
    formatter,
    ...more,
  });

  const tip = (title, rows) => {
    const element = made('div', '', made('b', title));
    element.className = 'tip';
    for (const [name, figure] of rows) {
      element.append(made('div', '', made('span', name), made('span', figure)));
    }
    return element;
  };

  // ---- Curves

  const axisText = () => ({ color: colour('soft'), fontFamily: FONT, fontSize: 11.5 });

  // What is counted in a single unit has it in the axis's name, and not at each mark.
  const isPlain = (spec) => spec.unit.steps.length === 1;
  const axisName = (spec) =>
    [spec.name, isPlain(spec) ? spec.unit.steps[0].name : ''].filter((part) => part).join(', ');
  const markText = (spec, value) => {
    const shown = text(spec.unit, value);
    return isPlain(spec) ? shown.split(' ')[0] : shown;
  };

  // ECharts marks powers in tens of exponents, so it is given exponents on a linear scale instead.
  const onScale = (spec) =>
    spec.logBase ? (value) => Math.log(value) / Math.log(spec.logBase) : (value) => value;
  const offScale = (spec) => (spec.logBase ? (place) => spec.logBase ** place : (place) => place);

  const scale = (spec, values, marks) => {
    const at = onScale(spec);
    const given = (value) => (value === null ? undefined : at(value));
    if (!spec.logBase) {
      return { min: given(spec.min), max: given(spec.max), splitNumber: marks };
    }
    const min = given(spec.min) ?? Math.floor(at(Math.min(...values)) + 1e-9);
    const max = given(spec.max) ?? Math.max(Math.ceil(at(Math.max(...values)) - 1e-9), min + 1);
    return { min, max, interval: Math.ceil((max - min) / marks) };
  };

  const axis = (spec, values, marks, more) => ({
    type: 'value',
    ...scale(spec, values, marks),
    name: axisName(spec),
    nameTextStyle: axisText(),
    axisLabel: {
      ...axisText(),
      hideOverlap: true,
      formatter: (place) => markText(spec, offScale(spec)(place)),
    },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colour('line'), width: 1 } },
    ...more,
  });

  const isFaint = (curve) => curve.weight === 'FAINT';

  const line = (curve, x, y) => {
    const weight = WEIGHTS[curve.weight];
    const stroke = colour(curve.hue);
    return {
      type: 'line',
      name: curve.name,
      data: curve.points.map((point) => [x(point[0]), y(point[1])]),
      symbol: isFaint(curve) ? 'none' : SHAPES[curve.look % SHAPES.length],
      symbolSize: 7,
      showSymbol: curve.points.length <= MOST_MARKS,
      lineStyle: {
        color: stroke,
        width: [1, 2, 3][weight],
        opacity: isFaint(curve) ? 0.35 : 1,
        type: DASHES[curve.look],
        join: 'round',
      },
      itemStyle: {
        color: isHollow(curve.look) ? colour('paper') : stroke,
        borderColor: stroke,
        borderWidth: 2,
      },
      emphasis: { disabled: true },
      silent: true,
      z: 3 + weight,
      // The point under the pointer has no level otherwise, which ECharts warns of.
      zlevel: 0,
    };
  };

  const low = (point) => point[2] ?? point[1];
  const high = (point) => point[3] ?? point[1];

  const spread = (curve, x, y) => {
    // On a logarithmic scale an error that reaches zero goes out at the bottom.
    const floor = (value) => (Number.isFinite(y(value)) ? value : Number.MIN_VALUE);
    const points = curve.points.map((point) => [x(point[0]), y(floor(low(point))), y(high(point))]);
    return {
      type: 'custom',
      name: curve.name,
      silent: true,
      clip: true,
      z: 2,
      // The scale is that of the figures: an error beyond it is cut.
      data: curve.points.map((point) => [x(point[0]), y(point[1])]),
      renderItem: curve.spread === 'BAND' ? band(curve, points) : whisker(curve, points),
    };
  };

  const band = (curve, points) => ({ dataIndex }, api) => {
    if (dataIndex > 0) {
      return null;
    }
    const lower = points.map(([x, from]) => api.coord([x, from]));
    const upper = points.map(([x, , to]) => api.coord([x, to])).reverse();
    return {
      type: 'polygon',
      shape: { points: lower.concat(upper) },
      style: { fill: colour(curve.hue), opacity: 0.16 },
    };
  };

  const whisker = (curve, points) => ({ dataIndex }, api) => {
    const [x, from, to] = points[dataIndex];
    const [at, bottom] = api.coord([x, from]);
    const top = api.coord([x, to])[1];
    return {
      type: 'path',
      shape: { pathData: `M${at} ${bottom}V${top}M${at - 3} ${bottom}h6M${at - 3} ${top}h6` },
      style: { stroke: colour(curve.hue), fill: 'none', lineWidth: 1.25, opacity: 0.6 },
    };
  };

  // The point nearest to where the pointer is; none beyond the curve's ends.
  const nearest = (curve, place, at) => {
    if (place < at(curve.points[0][0]) || place > at(curve.points.at(-1)[0])) {
      return null;
    }
    const distance = (point) => Math.abs(at(point[0]) - place);
    return curve.points.reduce((best, point) => (distance(point) < distance(best) ? point : best));
  };

  const interval = (spec, point) =>
    text(spec.unit, point[1])
    + (point.length > 2 ? ` (${markText(spec, point[2])} to ${markText(spec, point[3])})` : '');

  const curvesTip = (spec, shown) => (params) => {
    const place = params[0].axisValue;
    const at = onScale(spec.x);
    const found = spec.curves
      .filter((curve) => shown(curve.name))
      .map((curve) => ({ curve, point: nearest(curve, place, at) }))
      .filter(({ point }) => point)
      .sort((one, other) => other.point[1] - one.point[1]);
    const faint = found.filter(({ curve }) => isFaint(curve));
    const rows = found
      .filter(({ curve }) => !isFaint(curve))
      .map(({ curve, point }) => [curve.name, interval(spec.y, point)]);
    if (faint.length > 0) {
      rows.push([
        `${faint.length} pale ${faint.length > 1 ? 'lines' : 'line'}`,
        `${text(spec.y.unit, faint.at(-1).point[1])} to ${text(spec.y.unit, faint[0].point[1])}`,
      ]);
    }
    return tip(`${spec.x.name} ${text(spec.x.unit, offScale(spec.x)(place))}`.trim(), rows);
  };

  const curves = (spec, shown, place) => {
    const points = spec.curves.flatMap((curve) => curve.points);
    const [x, y] = [onScale(spec.x), onScale(spec.y)];
    const across = place.clientWidth < 500 ? 4 : 8;
    const up = place.clientHeight < 300 ? 3 : 5;
    return {
      legend: { show: false },
      grid: {
        left: 4,
        right: 28,
        top: axisName(spec.y) ? 32 : 12,
        bottom: axisName(spec.x) ? 24 : 4,
        containLabel: true,
      },
      tooltip: tooltip(curvesTip(spec, shown), {
        trigger: 'axis',
        axisPointer: { type: 'line', z: 2, lineStyle: { color: colour('soft'), type: 'dashed' } },
      }),
      xAxis: axis(spec.x, points.map((point) => point[0]), across, {
        nameLocation: 'middle',
        nameGap: 28,
        splitLine: { show: false },
        axisLine: { show: true, onZero: false, lineStyle: { color: colour('grey') } },
      }),
      yAxis: axis(spec.y, points.map((point) => point[1]), up, {
        nameLocation: 'end',
        nameTextStyle: { ...axisText(), align: 'left', padding: [0, 0, 2, 0] },
      }),
      series: spec.curves.flatMap((curve) => [
        ...(curve.points.some((point) => point.length > 2) ? [spread(curve, x, y)] : []),
        line(curve, x, y),
      ]),
    };
  };

  // ---- Bars

  const barsMost = (spec) => {
    const largest = Math.max(...spec.bars.map((bar) => bar.value));
    const reach = Math.max(...spec.bars.map((bar) => bar.high));
    return Math.max(Math.min(reach, largest * MOST_ERROR), spec.mark?.at ?? 0) || 1;
  };

  const barsAxis = (labels, align, weight) => ({
    type: 'category',
    inverse: true,
    position: align,
    data: labels,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      inside: true,
      margin: 0,
      interval: 0,
      align,
      verticalAlign: 'bottom',
      padding: [0, 0, BAR / 2 + 4, 0],
      color: colour('ink'),
      fontFamily: FONT,
      fontSize: 12.5,
      fontWeight: weight,
    },
    z: 10,
  });

  // Whiskers without an end where they are cut, and the mark beside each bar.
  const overBars = (spec, most) => (params, api) => {
    const bar = spec.bars[params.dataIndex];
    const { x: left, width } = params.coordSys;
    const [, y] = api.coord([0, params.dataIndex]);
    const at = (value) => left + (Math.min(Math.max(value, 0), most) / most) * width;
    const children = [];
    if (bar.high > bar.low) {
      const end = (value) => (value > 0 && value < most ? `M${at(value)} ${y - 4}v8` : '');
      children.push({
        type: 'path',
        shape: { pathData: `M${at(bar.low)} ${y}H${at(bar.high)}${end(bar.low)}${end(bar.high)}` },
        style: { stroke: colour('ink'), fill: 'none', lineWidth: 1.25 },
      });
    }
    if (spec.mark) {
      const x = Math.min(at(spec.mark.at), left + width - 1);
      children.push({
        type: 'line',
        shape: { x1: x, x2: x, y1: y - BAR / 2 - 3, y2: y + BAR / 2 + 3 },
        style: { stroke: colour('ink'), lineWidth: 1.5, lineDash: [3, 3] },
      });
      if (params.dataIndex === spec.bars.length - 1) {
        const right = x > left + width / 2;
        children.push({
          type: 'text',
          style: {
            text: spec.mark.text,
            x,
            y: y + BAR / 2 + 6,
            textAlign: right ? 'right' : 'left',
            fill: colour('soft'),
            font: '11.5px ' + FONT,
          },
        });
      }
    }
    return { type: 'group', children };
  };

  const bars = (spec) => {
    const most = barsMost(spec);
    return {
      grid: { left: 0, right: 0, top: 0, bottom: spec.mark ? MARK_ROW : 0 },
      tooltip: tooltip(({ dataIndex }) => {
        const bar = spec.bars[dataIndex];
        return tip(bar.label, [[bar.exactly, '']]);
      }),
      xAxis: { type: 'value', min: 0, max: most, show: false },
      yAxis: [
        barsAxis(spec.bars.map((bar) => bar.label), 'left', 'normal'),
        barsAxis(spec.bars.map((bar) => bar.figure), 'right', 600),
      ],
      series: [
        {
          type: 'bar',
          data: spec.bars.map((bar) => ({
            value: Math.max(bar.value, 0),
            itemStyle: { color: colour(bar.hue) },
          })),
          barWidth: BAR,
          showBackground: true,
          backgroundStyle: { color: colour('track') },
        },
        {
          type: 'custom',
          silent: true,
          data: spec.bars.map((bar, i) => [bar.value, i]),
          renderItem: overBars(spec, most),
          z: 5,
        },
      ],
    };
  };

  // ---- Networks

  // More edges are paler, so that where they are dense can still be seen.
  const paleness = (count, scale) => Math.min(Math.max((900 / count) * scale, 0.05), 0.6);

  const NETWORK_MARGIN = 22;

  // The extent of what is drawn, which keeps its proportions.
  const bounds = (spec) => {
    const spots = spec.nodes.concat(spec.captions.map(({ at }) => [at.x, at.y]));
    const x = spots.map((spot) => spot[0]);
    const y = spots.map((spot) => spot[1]);
    return {
      left: Math.min(...x),
      width: Math.max(...x) - Math.min(...x) || 1,
      height: Math.max(...y) - Math.min(...y) || 1,
    };
  };

  const network = (spec, shown, place) => {
    const width = place.clientWidth;
    const box = bounds(spec);
    const fit = Math.min(
      (width - 2 * NETWORK_MARGIN) / box.width,
      (place.clientHeight - 2 * NETWORK_MARGIN) / box.height);
    const scale = Math.min(Math.max(width / 1000, 0.45), 1.2);
    // Captions near an edge would run over it.
    const side = (x) => {
      const part = (x - box.left) / box.width;
      return part < 0.12 ? 'right' : part > 0.88 ? 'left' : 'inside';
    };
    const degrees = spec.nodes.map(() => 0);
    spec.edges.forEach(([from, to]) => {
      degrees[from]++;
      degrees[to]++;
    });
    const pale = paleness(spec.edges.length, scale);
    const nodes = spec.nodes.map(([x, y, size, category], i) => ({
      id: String(i),
      name: spec.labels[i],
      x,
      y: -y,
      symbolSize: size * scale,
      category,
    }));
    const captions = spec.captions.map((caption, i) => ({
      id: 'caption ' + i,
      name: caption.text,
      x: caption.at.x,
      y: -caption.at.y,
      symbolSize: 0.01,
      silent: true,
      label: {
        show: true,
        position: side(caption.at.x),
        color: colour('ink'),
        textBorderColor: colour('paper'),
        textBorderWidth: 3,
        fontFamily: FONT,
        fontSize: width < 600 ? 9.5 : 12,
        fontWeight: 600,
      },
    }));
    return {
      legend: { show: false },
      // What is pointed at goes to a canvas of its own, so that the rest need not be drawn again.
      hoverLayerThreshold: 0,
      tooltip: tooltip(({ dataType, dataIndex }) =>
        dataType === 'node' && dataIndex < spec.nodes.length
          ? tip(spec.labels[dataIndex], [
              [spec.categories[spec.nodes[dataIndex][3]].name, ''],
              ['edges', String(degrees[dataIndex])],
            ])
          : ''),
      series: {
        type: 'graph',
        layout: 'none',
        width: box.width * fit,
        height: box.height * fit,
        labelLayout: { hideOverlap: true },
        categories: spec.categories.map(({ name, hue }) => ({
          name,
          itemStyle: { color: colour(hue) },
        })),
        nodes: nodes.concat(captions),
        links: spec.edges.map(([from, to, weight]) => ({
          source: String(from),
          target: String(to),
          lineStyle: [
            { opacity: pale },
            { opacity: 0.45, width: 1 },
            { opacity: 0.95, width: 2, color: colour('ink') },
          ][weight],
        })),
        itemStyle: { borderColor: colour('paper'), borderWidth: 0.6 * scale },
        lineStyle: { color: 'source', width: 0.8 * scale, curveness: 0.12 },
        emphasis: { label: { show: false }, lineStyle: { opacity: 0.9, width: 1.4 } },
      },
    };
  };

  // Who points at a node sees its edges and where they lead, and the rest pale.
  const point = (chart, spec, place) => {
    const edgesOf = spec.nodes.map(() => []);
    spec.edges.forEach(([from, to], edge) => {
      edgesOf[from].push(edge);
      edgesOf[to].push(edge);
    });
    const all = (type, node) => {
      const edges = edgesOf[node];
      const nodes = edges.flatMap((edge) => spec.edges[edge].slice(0, 2)).concat(node);
      chart.dispatchAction({ type, seriesIndex: 0, dataType: 'edge', dataIndex: edges });
      chart.dispatchAction({ type, seriesIndex: 0, dataType: 'node', dataIndex: nodes });
    };
    const whenNode = (act) => ({ dataType, dataIndex }) => {
      if (dataType === 'node' && dataIndex < spec.nodes.length) {
        act(dataIndex);
      }
    };
    chart.on('mouseover', whenNode((node) => {
      place.classList.add('pointed');
      all('highlight', node);
    }));
    chart.on('mouseout', whenNode((node) => {
      place.classList.remove('pointed');
      all('downplay', node);
    }));
  };

  const zoom = (chart) => {
    const button = (name, label, act) => {
      const element = made('button', name);
      element.type = 'button';
      element.setAttribute('aria-label', label);
      element.addEventListener('click', act);
      return element;
    };
    const by = (factor) => () => {
      chart.setOption({ series: { roam: 'move' } });
      chart.dispatchAction({
        type: 'graphRoam',
        zoom: factor,
        originX: chart.getWidth() / 2,
        originY: chart.getHeight() / 2,
      });
    };
    const row = made('div', '',
      button('−', 'Zoom out', by(1 / 1.5)),
      button('+', 'Zoom in', by(1.5)),
      button('Reset', 'Show all', () => chart.setOption({ series: { roam: false, zoom: 1, center: null } })));
    row.className = 'zoom';
    return row;
  };

  // ---- Legends, which hide what is pressed.

  const drawn = (tag, attributes) => {
    const element = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };

  const swatch = (look, hue) => {
    const line = look !== null;
    const svg = drawn('svg', { width: line ? 36 : 10, height: 10, 'aria-hidden': true });
    const stroke = `var(--${hue.toLowerCase()})`;
    const middle = line ? 18 : 5;
    if (line) {
      const dash = DASHES[look];
      svg.append(drawn('path', {
        d: 'M0 5H36', stroke, 'stroke-width': 2, 'stroke-dasharray': dash === 'solid' ? 'none' : dash.join(' '),
      }));
    }
    const fill = line && isHollow(look) ? 'var(--paper)' : stroke;
    const shape = [
      ['circle', { cx: middle, cy: 5, r: 4 }],
      ['rect', { x: middle - 4, y: 1, width: 8, height: 8 }],
      ['path', { d: `M${middle} 1l4 8h-8z` }],
    ][line ? look % SHAPES.length : 0];
    svg.append(drawn(shape[0], { ...shape[1], fill, stroke, 'stroke-width': line ? 1.5 : 0 }));
    return svg;
  };

  // Those of curves that are no mere background, and of categories.
  const entries = (spec) =>
    spec.kind === 'curves'
      ? spec.curves.filter((curve) => !isFaint(curve)).map(({ name, hue, look }) => ({ name, hue, look }))
      : spec.kind === 'network'
        ? spec.categories.map(({ name, hue }) => ({ name, hue, look: null }))
        : [];

  const legend = (chart, spec, hidden) => {
    const list = made('ul', '');
    list.className = 'legend';
    for (const { name, hue, look } of entries(spec)) {
      const button = made('button', '', swatch(look, hue), made('span', name));
      button.type = 'button';
      button.setAttribute('aria-pressed', true);
      button.addEventListener('click', () => {
        chart.dispatchAction({ type: 'legendToggleSelect', name });
        const isHidden = !hidden.delete(name);
        if (isHidden) {
          hidden.add(name);
        }
        button.setAttribute('aria-pressed', !isHidden);
      });
      list.append(made('li', '', button));
    }
    return list;
  };

  // ---- The page

  const KINDS = { curves, bars, network };

  const draw = (figure) => {
    const spec = JSON.parse(figure.querySelector('script').textContent);
    const place = figure.querySelector('.chart');
    const fitHeight = () => {
      if (spec.kind === 'bars') {
        place.style.height = spec.bars.length * BAR_ROW + (spec.mark ? MARK_ROW : 0) + 'px';
      } else if (spec.kind === 'network') {
        const box = bounds(spec);
        place.style.height = (place.clientWidth * box.height) / box.width + 2 * NETWORK_MARGIN + 'px';
      }
    };
    fitHeight();
    const chart = echarts.init(place);
    const hidden = new Set();
    const show = () =>
      chart.setOption(
        {
          animation: false,
          ...KINDS[spec.kind](spec, (name) => !hidden.has(name), place),
          ...(spec.kind === 'bars' ? {} : {
            legend: { show: false, selected: Object.fromEntries([...hidden].map((name) => [name, false])) },
          }),
        },
        true,
      );
    show();
    if (entries(spec).length > 0) {
      const list = legend(chart, spec, hidden);
      if (figure.closest('.panels')) {
        place.after(list);
      } else {
        place.before(list);
      }
    }
    if (spec.kind === 'network') {
      place.after(zoom(chart));
      point(chart, spec, place);
    }
    let width = place.clientWidth;
    const fit = () => {
      if (width !== place.clientWidth) {
        width = place.clientWidth;
        fitHeight();
        chart.resize();
        show();
      }
    };
    // Not at once: it changes the size of what is observed.
    new ResizeObserver(() => requestAnimationFrame(fit)).observe(place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  };

  document.querySelectorAll('figure').forEach(draw);
})();
