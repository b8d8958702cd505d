import { signal } from '@preact/signals';

// The page's clock: one signal for countdowns, one for words such as "3 min ago".

export const second = signal(Date.now());
export const moment = signal(Date.now());

setInterval(() => {
  second.value = Date.now();
  if (second.value - moment.value >= 10_000) moment.value = second.value;
}, 1000);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) second.value = moment.value = Date.now();
});
