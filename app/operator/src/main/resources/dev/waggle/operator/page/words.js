// Numbers and names as people read them.

const THIN = '\u202f';

export const count = (n) => Math.round(n).toLocaleString('en').replaceAll(',', THIN);

export const counted = (n, one, many = one + 's') => `${count(n)} ${n === 1 ? one : many}`;

export const short = (id) => (id.length > 16 ? id.slice(0, 8) : id);

// A stretch of time in milliseconds, to three digits.
export const stretch = (millis) => {
  if (millis === null || millis === undefined) {
    return '–';
  }
  const size = Math.abs(millis);
  const [figure, unit] =
    size < 1000 ? [millis, 'ms'] : size < 120e3 ? [millis / 1e3, 's'] : size < 7200e3 ? [millis / 60e3, 'min'] : [millis / 3600e3, 'h'];
  const big = Math.abs(figure);
  const decimals = big >= 100 ? 0 : big >= 10 ? 1 : 2;
  return figure.toLocaleString('en', { maximumFractionDigits: decimals }).replaceAll(',', THIN) + THIN + unit;
};

// A place in a session: 3:07.250
export const place = (millis) => {
  const whole = Math.max(0, Math.round(millis));
  const pad = (n, width) => String(n).padStart(width, '0');
  const hours = Math.floor(whole / 3600e3);
  const minutes = Math.floor(whole / 60e3) % 60;
  const rest = `${pad(Math.floor(whole / 1e3) % 60, 2)}.${pad(whole % 1000, 3)}`;
  return hours > 0 ? `${hours}:${pad(minutes, 2)}:${rest}` : `${minutes}:${rest}`;
};

export const bytes = (n) => {
  if (n === null || n === undefined) {
    return '–';
  }
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let figure = n;
  let unit = 0;
  while (figure >= 1024 && unit < units.length - 1) {
    figure /= 1024;
    unit++;
  }
  const decimals = unit === 0 || figure >= 100 ? 0 : figure >= 10 ? 1 : 2;
  return figure.toLocaleString('en', { maximumFractionDigits: decimals }).replaceAll(',', THIN) + THIN + units[unit];
};
