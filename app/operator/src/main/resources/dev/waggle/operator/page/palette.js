// The colours of the page's style, for what is drawn on a canvas.

const names = ['panel', 'ink', 'soft', 'line', 'edge', 'node', 'stranger', 'way', 'flash', 'early', 'late', 'waiting'];

export const palette = {};

export const refresh = () => {
  const style = getComputedStyle(document.documentElement);
  names.forEach((name) => {
    palette[name] = style.getPropertyValue(`--${name}`).trim();
  });
  palette.delay = d3.interpolateLab(palette.early, palette.late);
};

export const whenChanged = (act) => matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  refresh();
  act();
});

const still = matchMedia('(prefers-reduced-motion: reduce)');
export const isStill = () => still.matches;
