/** Whoever signs out leaves nothing typed behind: of two people at one machine the second finds nothing of the first. */
import { DRAFT_PREFIX } from './draft-prefix.ts';

document.addEventListener('submit', ({ target }) => {
  if (!(target instanceof HTMLFormElement) || !target.action.endsWith('/sign-out')) return;
  for (const store of [localStorage, sessionStorage]) {
    for (const key of Object.keys(store)) {
      if (key.startsWith(DRAFT_PREFIX) || key.startsWith('baskets ')) store.removeItem(key);
    }
  }
});
