// Where in a session the page is: at its live end, standing, or moving through the past.

export class Playhead {
  constructor(session) {
    this.session = session;
    this.t = session.start ?? 0;
    this.speed = 1;
    this.stopAt = null;
    this.mode = session.now ? 'live' : 'paused';
  }

  get start() {
    return this.session.start ?? 0;
  }

  get end() {
    return this.session.now ? this.session.now() : this.session.end;
  }

  // Moves on by so many milliseconds of a clock on the wall.
  tick(elapsed) {
    if (this.mode === 'live') {
      this.t = this.end;
    } else if (this.mode === 'playing') {
      const stop = this.stopAt ?? this.end;
      this.t = Math.min(this.t + elapsed * this.speed, stop);
      if (this.t >= stop) {
        const atEnd = this.stopAt === null;
        this.stopAt = null;
        this.mode = atEnd && this.session.now ? 'live' : 'paused';
      }
    }
    this.t = Math.max(this.t, this.start);
  }

  get moves() {
    return this.mode !== 'paused';
  }

  pause() {
    this.mode = 'paused';
    this.stopAt = null;
  }

  play() {
    if (this.t >= this.end && !this.session.now) {
      this.t = this.start;
    }
    this.stopAt = null;
    this.mode = 'playing';
  }

  live() {
    this.speed = 1;
    this.stopAt = null;
    this.mode = this.session.now ? 'live' : 'paused';
    this.t = this.end;
  }

  seek(t) {
    this.pause();
    this.t = Math.min(Math.max(t, this.start), this.end);
  }

  // Plays a stretch in so many milliseconds, and stops there.
  show(from, to, millis) {
    this.speed = (to - from) / millis;
    this.t = from;
    this.stopAt = to;
    this.mode = 'playing';
  }
}
