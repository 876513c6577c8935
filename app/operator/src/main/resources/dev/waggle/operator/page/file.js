// Reads what somebody opens: a session, or a simulator's trace. Says in one line what is wrong.
import { Session } from './session.js';
import { TraceReader } from './trace.js';

export const FORMAT = 'waggle-session';
export const VERSION = 1;

const MOST_BYTES = 2 ** 30;

// Of a trace those that are shown; of a session all.
const MOST_EVENTS = 2_000_000;

export class Unreadable extends Error {}

const text = (file) => `“${file.name}”`;

export const read = async (file, progress) => {
  if (file.size > MOST_BYTES) {
    throw new Unreadable(`${text(file)} has more than 1 GiB, which is too much for a page.`);
  }
  const session = await sessionOf(file, progress);
  if (session.nodes.size === 0) {
    throw new Unreadable(`${text(file)} tells of no node.`);
  }
  return session;
};

const sessionOf = async (file, progress) => {
  const head = (await file.slice(0, 4096).text()).trimStart();
  if (head.startsWith('{"nanos"')) {
    return traceOf(file, progress);
  }
  let json;
  try {
    json = JSON.parse(await file.text());
  } catch {
    throw new Unreadable(`${text(file)} is neither a session nor a trace: it is no JSON.`);
  }
  if (json?.format !== FORMAT || !Array.isArray(json.events)) {
    throw new Unreadable(`${text(file)} is neither a session nor a trace: a session says "format": "${FORMAT}".`);
  }
  if (json.version !== VERSION) {
    throw new Unreadable(`${text(file)} is a session of version ${json.version}; this page reads version ${VERSION}.`);
  }
  return made(file, { title: String(json.title ?? file.name), began: json.began ?? null }, json.events);
};

const isEvent = (event) => Number.isFinite(event?.at) && typeof event.event === 'string' && Number.isInteger(event.node);

const made = (file, about, events) => {
  const bad = events.findIndex((event) => !isEvent(event));
  if (bad >= 0) {
    throw new Unreadable(`${text(file)} is damaged: event ${bad + 1} has no time, name or node.`);
  }
  if (events.length > MOST_EVENTS) {
    throw new Unreadable(`${text(file)} has more than two million events, which is too much for a page.`);
  }
  const session = new Session(about);
  session.limit = MOST_EVENTS;
  session.add(events);
  return session;
};

const traceOf = async (file, progress) => {
  const reader = new TraceReader();
  let number = 0;
  await lines(file, (line) => {
    number++;
    let event = null;
    try {
      event = JSON.parse(line);
    } catch {
      // A run that was ended may have left a part of a line.
    }
    if (!TraceReader.fits(event)) {
      throw new Unreadable(`${text(file)} is a trace up to line ${number - 1}; line ${number} is damaged.`);
    }
    reader.take(event);
  }, progress);
  return made(file, { title: file.name }, reader.events);
};

const lines = async (file, take, progress) => {
  const chunks = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let done = 0;
  for (;;) {
    const { value, done: over } = await chunks.read();
    if (over) {
      break;
    }
    const parts = (rest + value).split('\n');
    rest = parts.pop();
    parts.filter((line) => line).forEach(take);
    done += value.length;
    progress(Math.min(1, done / file.size));
  }
  if (rest) {
    take(rest);
  }
};

// As somebody may open it again.
export const save = (session) => {
  const head = { format: FORMAT, version: VERSION, title: session.title, began: session.began };
  const body = session.events.map((event) => JSON.stringify(event)).join(',\n');
  const blob = new Blob([JSON.stringify(head).slice(0, -1), ',"events":[\n', body, '\n]}\n'], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = 'waggle-session.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
