/**
 * A press ends on what it began on: what is drawn anew waits until the finger is up, for of a press that begins on one button and ends
 * on the one in its place browsers make nothing.
 */
const LONGEST_PRESS_MS = 2_000;

let held = Promise.resolve();

document.addEventListener(
  'pointerdown',
  () => {
    held = new Promise((resolve) => {
      // Behind the click that the press becomes.
      const letGo = () => setTimeout(resolve);
      document.addEventListener('pointerup', letGo, { capture: true, once: true });
      document.addEventListener('pointercancel', letGo, { capture: true, once: true });
      setTimeout(resolve, LONGEST_PRESS_MS);
    });
  },
  true,
);

export function released(): Promise<void> {
  return held;
}
