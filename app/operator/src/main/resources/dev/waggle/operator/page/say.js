// Tells who cannot see the page what matters: at once what they did, and seldom what just happens.

const REST = 10_000;

const place = document.getElementById('say');
let last = -Infinity;

export const answer = (words) => {
  last = performance.now();
  place.textContent = words;
};

export const mention = (words) => {
  if (performance.now() - last >= REST) {
    answer(words);
  }
};
