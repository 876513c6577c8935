// The page: one session, one moment of it, and what shows that.
import { Blocks } from './blocks.js';
import { Chain, forks } from './chain.js';
import { Controls } from './controls.js';
import { read, save, Unreadable } from './file.js';
import { Graph } from './graph.js';
import { Links } from './links.js';
import { follow } from './live.js';
import { Nodes } from './nodes.js';
import * as palette from './palette.js';
import { Playhead } from './playhead.js';
import { answer, mention } from './say.js';
import { Session, spread } from './session.js';
import { count, counted, place, stretch } from './words.js';

// Words and tables need not keep up with the graph.
const TABLES_EVERY = 250;

// A block's way, when somebody wants to see it.
const WAY_LASTS = 5000;

const STATES = {
  none: 'nothing opened',
  file: 'replay',
  opening: 'opening …',
  live: 'live',
  lost: 'connection lost, trying again',
  refused: 'the node takes no more readers; load the page again later',
};

const $ = (id) => document.getElementById(id);

let session = new Session();
let playhead = new Playhead(session);
let stopFollowing = null;
let about = { live: false, title: null };
let chosenNode = null;
let chosenBlock = null; // null follows the newest
let shownAt = -Infinity;
let shownKey = '';
let toldBlock = null;
let lastFrame = performance.now();

palette.refresh();

// ---- What somebody chooses

const chooseNode = (number) => {
  chosenNode = number;
  shownKey = '';
  const node = session.nodes.get(number);
  answer(`${node.name}, ${counted(session.at(playhead.t).linksOf.get(number)?.length ?? 0, 'link')}`);
};

const chooseBlock = (hash) => {
  chosenBlock = chosenBlock === hash ? null : hash;
  shownKey = '';
  const block = session.blockOf.get(hash);
  answer(chosenBlock ? `Block ${block.height} chosen` : 'The newest block is chosen');
};

const current = () => {
  const blocks = session.blocksAt(playhead.t);
  const chosen = chosenBlock === null ? null : session.blockOf.get(chosenBlock);
  return { blocks, block: chosen && chosen.first <= playhead.t ? chosen : (blocks.at(-1) ?? null) };
};

const showWay = () => {
  const { block } = current();
  chosenBlock = block.hash;
  const last = block.arrivals.at(-1).at;
  playhead.show(block.first, Math.max(last, block.first + 0.1), WAY_LASTS);
  answer(`Showing the way of block ${block.height}`);
};

const graph = new Graph($('graph'), $('graph-tip'), chooseNode);
const panels = [new Chain(chooseBlock), new Blocks(chooseBlock, showWay), new Nodes(chooseNode), new Links()];

const controls = new Controls({
  toggle: () => {
    if (playhead.mode === 'paused') {
      playhead.play();
    } else {
      playhead.pause();
    }
    answer(playhead.mode === 'paused' ? `Paused at ${place(playhead.t - playhead.start)}` : 'Playing');
  },
  live: () => {
    playhead.live();
    chosenBlock = null;
    answer('Live');
  },
  step: (way) => {
    const { blocks, t } = { blocks: session.blocks, t: playhead.t };
    const ends = blocks.map((block) => block.arrivals.at(-1).at);
    const i = way < 0 ? ends.findLastIndex((at) => at < t - 1e-6) : ends.findIndex((at) => at > t + 1e-6);
    playhead.seek(i >= 0 ? ends[i] : way < 0 ? playhead.start : playhead.end);
    chosenBlock = i >= 0 ? blocks[i].hash : null;
    answer(i >= 0 ? `Block ${blocks[i].height} at ${place(playhead.t - playhead.start)}` : 'No further block');
  },
  seek: (share) => {
    playhead.seek(playhead.start + share * (playhead.end - playhead.start));
    chosenBlock = null;
  },
  speed: (speed) => {
    playhead.speed = speed;
    if (playhead.mode === 'live') {
      playhead.mode = 'playing';
    }
  },
});

// ---- Sessions

const state = (name) => {
  document.body.dataset.state = name;
  $('state').textContent = STATES[name];
};

const take = (next) => {
  session = next;
  playhead = new Playhead(session);
  chosenNode = null;
  chosenBlock = null;
  toldBlock = null;
  shownKey = '';
  graph.clear();
  $('title').textContent = session.title || 'Waggle';
  document.title = session.title ? `${session.title} – Waggle` : 'Waggle';
  $('empty').hidden = true;
  $('board').hidden = false;
  $('save').disabled = false;
};

const goLive = () => {
  complain(null);
  stopFollowing?.();
  stopFollowing = follow({ began: take, grew: () => {}, state });
  $('back').hidden = true;
};

const complain = (words) => {
  $('problem').hidden = words === null;
  $('problem-words').textContent = words ?? '';
};

const open = async (file) => {
  const before = document.body.dataset.state;
  complain(null);
  state('opening');
  try {
    const opened = await read(file, (part) => {
      $('state').textContent = `opening, ${Math.round(part * 100)} %`;
    });
    stopFollowing?.();
    stopFollowing = null;
    take(opened);
    state('file');
    $('back').hidden = !about.live;
    // All of it at first; to play it begins at the start.
    playhead.seek(session.end);
    answer(`Opened ${file.name}: ${counted(session.nodes.size, 'node')}, ${counted(session.blocks.length, 'block')}`);
  } catch (e) {
    state(before);
    complain(e instanceof Unreadable ? e.message : `“${file.name}” could not be read: ${e.message}`);
  }
};

$('open').addEventListener('click', () => $('file').click());
$('open-empty').addEventListener('click', () => $('file').click());
$('file').addEventListener('change', () => {
  const [file] = $('file').files;
  if (file) {
    open(file);
    $('file').value = '';
  }
});
$('save').addEventListener('click', () => {
  save(session);
  answer('The session is saved as a file');
});
$('back').addEventListener('click', goLive);
$('problem-close').addEventListener('click', () => {
  complain(null);
  $('open').focus();
});

addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('dragging');
});
addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) {
    document.body.classList.remove('dragging');
  }
});
addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('dragging');
  const [file] = event.dataTransfer.files;
  if (file) {
    open(file);
  }
});

// ---- A moment

const figures = (moment) => {
  const { topology, blocks, block, t } = moment;
  const nodes = Math.max(1, topology.own);
  $('figure-nodes').textContent = count(topology.own);
  $('figure-links').textContent = count(topology.edges.size);
  const tips = [...topology.vertices.values()].filter((one) => one.own).map((one) => session.tipAt(one, t)?.height ?? 0);
  $('figure-height').textContent = tips.length ? count(Math.max(...tips)) : '–';
  $('figure-forks').textContent = count(forks(blocks));
  const { half, all } = block ? spread(block, t, nodes) : { half: null, all: null };
  $('figure-half').textContent = nodes > 1 ? stretch(half) : '–';
  $('figure-all').textContent = nodes > 1 ? stretch(all) : '–';
};

// Seldom, and only where the page is live: who scrolls has asked for something else.
const tell = ({ blocks, topology, t }) => {
  const block = blocks.at(-1);
  if (playhead.mode !== 'live' || !block || block === toldBlock) {
    return;
  }
  const { reached, all } = spread(block, t, topology.own);
  if (reached >= topology.own) {
    toldBlock = block;
    mention(topology.own === 1 ? `Block ${block.height}` : `Block ${block.height} has reached all ${topology.own} nodes, after ${stretch(all)}`);
  }
};

const tables = (now, moment) => {
  const key = [session.version, moment.block?.hash, chosenNode, moment.topology.index, playhead.mode === 'paused' ? playhead.t : Math.floor(now / TABLES_EVERY), innerWidth].join();
  if (key === shownKey || (now - shownAt < TABLES_EVERY && playhead.moves)) {
    return;
  }
  shownKey = key;
  shownAt = now;
  document.body.classList.toggle('alone', session.nodes.size < 2);
  figures(moment);
  panels.forEach((panel) => panel.show(moment));
  $('graph-words').textContent = graph.words(moment.block, moment.t);
  tell(moment);
};

const frame = (now) => {
  requestAnimationFrame(frame);
  const elapsed = Math.min(now - lastFrame, 250);
  lastFrame = now;
  if (document.body.dataset.state === 'none') {
    return;
  }
  playhead.tick(elapsed);
  const { t } = playhead;
  const topology = session.at(t);
  if (chosenNode === null || !topology.linksOf.has(chosenNode)) {
    chosenNode = chosenNode !== null && session.nodes.has(chosenNode) ? chosenNode : ([...topology.vertices.values()].find((one) => one.own)?.number ?? null);
  }
  const moment = { session, t, topology, chosen: chosenNode, atPresent: playhead.mode === 'live', ...current() };
  graph.take(topology);
  graph.move();
  graph.block = moment.block;
  graph.time = t;
  graph.draw({ t, block: moment.block, pace: { live: 1, paused: 0, playing: playhead.speed }[playhead.mode], chosen: chosenNode, session });
  controls.show(playhead);
  tables(now, moment);
};

palette.whenChanged(() => {
  shownKey = '';
});

const begin = async () => {
  state('none');
  about = await (await fetch('about')).json();
  if (about.live) {
    goLive();
  } else if (about.title) {
    const name = about.title;
    const blob = await (await fetch('session')).blob();
    await open(new File([blob], name));
  }
  if (document.body.dataset.state === 'none') {
    $('empty').hidden = false;
  }
};

begin();
requestAnimationFrame(frame);
