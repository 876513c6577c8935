// Follows a running session. The browser comes back by itself, with the id of what it had last.
import { Session } from './session.js';

export const follow = ({ began, grew, state }) => {
  const source = new EventSource('events');
  let session = null;
  let offset = 0;
  const hello = (event) => {
    const about = JSON.parse(event.data);
    offset = about.now - performance.now();
    return about;
  };
  source.addEventListener('begin', (event) => {
    session = new Session(hello(event));
    session.now = () => Math.max(session.end, performance.now() + offset);
    state('live');
    began(session);
  });
  source.addEventListener('resume', (event) => {
    hello(event);
    state('live');
  });
  source.addEventListener('events', (event) => {
    session.add(JSON.parse(event.data));
    grew();
  });
  source.addEventListener('numbers', (event) => session.count(JSON.parse(event.data)));
  source.addEventListener('error', () => state(source.readyState === EventSource.CLOSED ? 'refused' : 'lost'));
  return () => source.close();
};
