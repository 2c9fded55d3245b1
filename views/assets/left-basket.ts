/**
 * A basket whose tab was closed or whose connection dropped is offered again when the counter opens next: to the same person, on the
 * same day. It is gone when it was exchanged, put aside, emptied or thrown away, and with the sign-out.
 */
import { fieldsOf } from './fields-of.ts';

interface LeftBasket {
  day: string;
  time: string;
  pieces: string;
  /** What the counter's address says of it. */
  query: string;
}

const PREFIX = 'baskets left ';

forgetOtherDays();
const offer = document.querySelector<HTMLElement>('[data-left]');
const exchanged = document.querySelector<HTMLElement>('[data-exchanged]');
if (offer) follow(offer, offer.dataset['left'] ?? '');
// Whoever looks at an older exchange loses nothing of what is another household's.
if (exchanged) {
  const { exchanged: name = '', card = '' } = exchanged.dataset;
  if (new URLSearchParams(read(name)?.query).get('card') === card) drop(name);
}

function follow(offer: HTMLElement, name: string): void {
  const left = read(name);
  const isEmpty = fieldsOfBasket().length === 0;
  if (left && isEmpty) {
    const { leftWords = '' } = offer.dataset;
    const link = offer.querySelector('a');
    if (link) {
      link.href = `?${left.query}`;
      link.textContent = leftWords.replace('{time}', left.time).replace('{count}', left.pieces);
    }
    offer.hidden = false;
  } else if (!isEmpty) keep(name);
  offer.querySelector('button')?.addEventListener('click', () => {
    drop(name);
    offer.hidden = true;
  });
  document.addEventListener('htmx:after:swap', () => {
    // A scan starts another basket; until then the one that was left waits.
    if (fieldsOfBasket().length > 0) {
      offer.hidden = true;
      keep(name);
    } else if (offer.hidden) drop(name);
  });
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-park]')) drop(name);
  });
}

/** Whosever it was: nobody goes on with it, and a household's card is named in it. */
function forgetOtherDays(): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX) && read(name)?.day !== today()) drop(name);
    }
  } catch {
    // A browser that keeps nothing.
  }
}

/** Of the form, for its address may still be the one before the last press. */
function fieldsOfBasket(): [name: string, value: string][] {
  const form = document.querySelector<HTMLFormElement>('.counter-form');
  const fields = form ? fieldsOf(form).filter(([name]) => name === 'card' || name.startsWith('quantity.')) : [];
  return fields.some(([name]) => name !== 'card') ? fields : [];
}

function keep(name: string): void {
  const fields = fieldsOfBasket();
  const pieces = fields.reduce((sum, [field, value]) => sum + (field === 'card' ? 0 : Number(value) || 0), 0);
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
  const left = { day: today(), time, pieces: String(pieces), query: new URLSearchParams(fields).toString() };
  try {
    localStorage.setItem(name, JSON.stringify(left satisfies LeftBasket));
  } catch {
    // A browser that keeps nothing: the basket is still in the address.
  }
}

function read(name: string): LeftBasket | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as LeftBasket | null;
  } catch {
    return null;
  }
}

function drop(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}
