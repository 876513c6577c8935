// The bar with which one moves through time.
import { place } from './words.js';

const STEPS = 1000;

const SPEEDS = [0.001, 0.01, 0.1, 0.25, 1, 4, 10, 60];

const $ = (id) => document.getElementById(id);

export class Controls {
  constructor({ toggle, live, step, seek, speed }) {
    $('toggle').addEventListener('click', toggle);
    $('live').addEventListener('click', live);
    $('earlier').addEventListener('click', () => step(-1));
    $('later').addEventListener('click', () => step(1));
    this.slider = $('slider');
    this.slider.max = STEPS;
    this.slider.addEventListener('input', () => seek(this.slider.valueAsNumber / STEPS));
    this.speeds = $('speed');
    for (const one of SPEEDS) {
      const option = document.createElement('option');
      option.value = one;
      option.textContent = `${one}×`;
      this.speeds.append(option);
    }
    this.own = document.createElement('option');
    this.own.disabled = true;
    this.own.hidden = true;
    this.speeds.append(this.own);
    this.speeds.addEventListener('change', () => speed(Number(this.speeds.value)));
  }

  show(playhead) {
    const { t, start, end, mode, speed, session } = playhead;
    const length = Math.max(1, end - start);
    const value = Math.round(((t - start) / length) * STEPS);
    if (this.slider.valueAsNumber !== value) {
      this.slider.value = value;
    }
    const where = mode === 'live' ? 'live' : `${place(t - start)} of ${place(end - start)}`;
    this.text(this.slider, 'aria-valuetext', where);
    const time = $('time');
    time.textContent = place(t - start);
    $('length').textContent = session.began ? `${clock(session.began + t)}` : `of ${place(end - start)}`;
    const toggle = $('toggle');
    toggle.dataset.does = mode === 'paused' ? 'play' : 'pause';
    this.text(toggle, 'aria-label', mode === 'paused' ? 'Play' : 'Pause');
    $('live').hidden = !session.now;
    this.text($('live'), 'aria-pressed', String(mode === 'live'));
    this.showSpeed(speed);
    document.body.dataset.mode = mode;
  }

  showSpeed(speed) {
    const known = SPEEDS.includes(speed);
    this.own.hidden = known;
    if (!known) {
      this.own.value = speed;
      this.own.textContent = speed < 1 ? `1/${Math.round(1 / speed)}×` : `${Math.round(speed)}×`;
    }
    if (Number(this.speeds.value) !== speed) {
      this.speeds.value = speed;
    }
  }

  text(element, attribute, value) {
    if (element.getAttribute(attribute) !== value) {
      element.setAttribute(attribute, value);
    }
  }
}

const clock = (millis) => new Date(millis).toLocaleTimeString([], { hour12: false });
