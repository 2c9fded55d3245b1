/**
 * The form that awards points, by keyboard and scanner: initials and Enter tick a household, and after every change the server says
 * what the press would do. Whatever this script cannot do, the form does without it.
 */

import { askPart } from './ask-part.ts';
import { dropDraft, hidden, offerDraft, saveDraft } from './award-draft.ts';
import { chooseRuleByKeys } from './award-rules.ts';
import { fieldsOf } from './fields-of.ts';
import { released } from './released.ts';

interface Household {
  tick: HTMLInputElement;
  name: string;
  group: string;
  initials: string;
  /** The place of its group in the village's list, as it is typed. */
  groupPosition: string;
  /** How much there has been on its card: whoever comes often is looked for often. */
  entries: number;
}

const MOST_OFFERED = 6;
/** Several ticks in a row are one question. */
const ASK_AFTER_MS = 120;

const form = document.querySelector<HTMLFormElement>('#award-form');
const field = document.querySelector<HTMLInputElement>('#household-code');
const offers = document.querySelector<HTMLElement>('#household-candidates');
const said = document.querySelector<HTMLElement>('#household-code-said');
if (form && field && offers && said) start(form, field, offers, said);
if (document.querySelector('[data-award-done]')) dropDraft();

function start(form: HTMLFormElement, field: HTMLInputElement, offers: HTMLElement, said: HTMLElement): void {
  for (const folded of form.querySelectorAll<HTMLDetailsElement>('details[data-folds]')) {
    folded.open = false;
    delete folded.dataset['folds'];
  }
  const households = readHouseholds(form);
  let offered: Household[] = [];
  let active = -1;
  let takesAfterComposition = false;

  const say = (what: string, values: Record<string, string> = {}) => {
    said.textContent = (said.dataset[what] ?? '').replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
  };

  const offer = (words: string) => {
    offered = find(households, words);
    // Of namesakes nobody is guessed.
    active = offered.length > 1 && offered[0]?.name === offered[1]?.name ? -1 : 0;
    draw();
    if (words !== '') say(offered.length > 0 ? 'fits' : 'none', { count: String(offered.length), words });
  };

  const draw = () => {
    offers.hidden = offered.length === 0;
    offers.replaceChildren(
      ...offered.map(({ tick, name, group }, place) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'candidate';
        if (place === active) button.setAttribute('aria-current', 'true');
        button.textContent = `${place === active ? '▶ ' : ''}${name} ${group} ${tick.value.slice(-4)}`;
        button.addEventListener('click', () => choose(place));
        const item = document.createElement('li');
        item.append(button);
        return item;
      }),
    );
  };

  const clear = () => {
    field.value = '';
    offered = [];
    draw();
    field.focus();
  };

  const choose = (place: number) => {
    const household = offered[place];
    if (!household) return;
    const { tick, name, group } = household;
    say(tick.checked ? 'twice' : 'added', { name, group });
    tick.checked = true;
    form.querySelector(`input[name=skip][value="${tick.value}"]`)?.remove();
    clear();
    askSoon();
  };

  const takeTyped = () => {
    // Letters of full width, as an input method leaves them, are letters.
    const words = field.value.normalize('NFKC').trim();
    if (words === '') return;
    if (offered.length > 0 && active < 0) return say('same');
    if (offered.length > 0) return choose(active);
    if (!isForTheServer(words)) return say('none', { words });
    addName(words);
    clear();
  };

  /** Says nothing to this page; the server knows who it is. */
  const addName = (words: string) => {
    const isThere = [...form.querySelectorAll<HTMLInputElement>('input[type=hidden][name=names]')].some(
      ({ value }) => value === words,
    );
    if (!isThere) form.append(hidden('names', words));
    say('scanned');
    askSoon();
  };

  field.addEventListener('input', () => offer(field.value));
  field.addEventListener('compositionupdate', ({ data }) => {
    if (/^[a-z' ]+$/i.test(data)) offer(data);
  });
  field.addEventListener('compositionend', ({ data }) => {
    const isTaken = takesAfterComposition && /^[a-z' ]+$/i.test(data);
    takesAfterComposition = false;
    if (!isTaken) return;
    // Behind the letters that the input method leaves in the field.
    setTimeout(() => {
      offer(data);
      takeTyped();
    });
  });
  field.addEventListener('keydown', (event) => {
    const isEnter = event.key === 'Enter' || event.code === 'Enter';
    if (event.isComposing) {
      takesAfterComposition = isEnter;
      return;
    }
    if (isEnter) {
      event.preventDefault();
      takeTyped();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      active = Math.min(Math.max(active + (event.key === 'ArrowDown' ? 1 : -1), 0), offered.length - 1);
      draw();
    }
  });
  field.addEventListener('scanned', (event) => {
    event.preventDefault();
    offer(field.value);
    takeTyped();
  });
  field.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (!/[\n\r\t、,，;；]/.test(pasted.trim())) return;
    const list = form.querySelector<HTMLTextAreaElement>('textarea[name=names]');
    if (!list) return;
    event.preventDefault();
    list.value = [list.value.trim(), pasted.trim()].filter(Boolean).join('\n');
    forgetAnswers(form);
    list.closest('details')?.setAttribute('open', '');
    say('pasted');
    askSoon();
  });

  const ask = openQuestions(form, field);
  const askSoon = () => {
    saveDraft(form);
    ask();
  };
  offerDraft(form, askSoon);
  // Each letter, for nobody leaves a field before the tab is closed.
  form.addEventListener('input', () => saveDraft(form));
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-drop]') : null;
    if (!button) return;
    const { drop = '' } = button.dataset;
    const tick = households.find(({ tick }) => tick.value === drop)?.tick;
    if (tick?.checked) tick.checked = false;
    else form.append(hidden('skip', drop));
    field.focus();
    askSoon();
  });
  document.addEventListener('click', (event) => {
    const { target } = event;
    const answer = target instanceof Element ? target.closest<HTMLButtonElement>('#award-chips [data-answer]') : null;
    if (!answer) return;
    event.preventDefault();
    form.append(hidden(answer.name, answer.value));
    askSoon();
  });
  form.addEventListener('change', (event) => {
    if (event.target instanceof HTMLTextAreaElement) forgetAnswers(form);
    if (event.target !== field) askSoon();
  });
  chooseRuleByKeys(field, askSoon);
  takePhotosAlong(form);
  form.dataset['ready'] = '';
}

/** The form that is sent has the photos: the one that leads to the next page, or that of the button which records at once. */
function takePhotosAlong(form: HTMLFormElement): void {
  const photos = form.querySelector<HTMLInputElement>('input[type=file]');
  const take = ({ target }: SubmitEvent) => {
    if (!photos?.files?.length || !(target instanceof HTMLFormElement)) return;
    if (target !== form && target.id !== 'award-record') return;
    photos.setAttribute('form', target.id);
    target.enctype = 'multipart/form-data';
  };
  // Before whoever sends it reads it.
  document.addEventListener('submit', take, { capture: true });
}

/** They go by the places of the lines, which have moved. */
function forgetAnswers(form: HTMLFormElement): void {
  for (const answer of form.querySelectorAll('input[type=hidden][name^="pick-"]')) answer.remove();
}

function readHouseholds(form: HTMLFormElement): Household[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name=cards][data-keys]')].map((tick) => {
    const [initials = '', entries, groupPosition = ''] = tick.dataset['keys']?.split(' ') ?? [];
    return {
      tick,
      name: tick.parentElement?.querySelector('.choice-label')?.textContent ?? '',
      group: tick.closest('fieldset')?.querySelector('legend')?.textContent ?? '',
      initials,
      groupPosition,
      entries: Number(entries),
    };
  });
}

/** Whole before begun before part; who is chosen already comes last, and of those that fit as well the likeliest first. */
function find(households: readonly Household[], typed: string): Household[] {
  const words = typed.normalize('NFKC').toLowerCase().replace(/[\s']/g, '');
  if (words === '') return [];
  const likely = likelihood(households);
  return households
    .map((household) => ({ household, rank: rankOf(household, words) + (household.tick.checked ? 4 : 0) }))
    .filter(({ rank }) => rank < 8)
    .sort((left, right) => left.rank - right.rank || likely(right.household) - likely(left.household))
    .slice(0, MOST_OFFERED)
    .map(({ household }) => household);
}

/** Letters may have the place of the group behind them: wj2 is a 王建… of the second group. */
function rankOf({ tick, name, initials, groupPosition }: Household, words: string): number {
  const [, letters, position] = /^([a-z]+)([1-9]\d?)$/.exec(words) ?? [];
  if (letters) return position === groupPosition && initials.startsWith(letters) ? Number(initials !== letters) : 8;
  if ([name, tick.value, tick.value.slice(-4), initials].includes(words)) return 0;
  if (initials.startsWith(words) || name.startsWith(words)) return 1;
  return name.includes(words) || initials.includes(words) ? 2 : 8;
}

/** Where most of those who are chosen are of one group, the next one is likely to be, too. */
function likelihood(households: readonly Household[]): ({ entries, group }: Household) => number {
  const chosen = households.filter(({ tick }) => tick.checked);
  return ({ entries, group }) => {
    const ofGroup = chosen.filter((one) => one.group === group).length;
    return (entries + 1) * (ofGroup * 2 > chosen.length + 2 ? 3 : 1);
  };
}

/** The link of a card, pinyin, and names that were shortened in another way than to their initials: what the page itself does not know. */
function isForTheServer(words: string): boolean {
  return /(?:\/c\/|^)[a-z2-9]{26}(?:[/?#]|$)|^[a-z]{4,20}$/i.test(words);
}

/** What the press would do, asked of the server after each change. Until the answer is there nothing can be recorded. */
function openQuestions(form: HTMLFormElement, field: HTMLInputElement): () => void {
  const blank = document.querySelector('#award-bar')?.cloneNode(true);
  let timer = 0;
  let asking: AbortController | null = null;

  const show = (selector: string, fresh: Node | null | undefined) => {
    const shown = document.querySelector(selector);
    if (!shown || !fresh) return;
    const hasFocus = shown.contains(document.activeElement);
    shown.replaceWith(fresh);
    if (hasFocus) field.focus();
  };

  const ask = async () => {
    const mine = new AbortController();
    asking = mine;
    const body = new URLSearchParams(fieldsOf(form));
    try {
      const drawn = await askPart(form.action, { selector: '#award-bar', method: 'POST', body, signal: mine.signal });
      await released();
      if (mine.signal.aborted) return;
      // A sign-in that has ended, or a broken server: the whole form still goes to the next page, which says so.
      if (drawn) show('#award-chips', drawn.querySelector('#award-chips'));
      show('#award-bar', drawn?.querySelector('#award-bar') ?? blank?.cloneNode(true));
    } catch {
      if (!mine.signal.aborted) show('#award-bar', blank?.cloneNode(true));
    }
  };

  return () => {
    asking?.abort();
    clearTimeout(timer);
    const bar = document.querySelector<HTMLElement>('#award-bar');
    if (bar) bar.dataset['state'] = 'asking';
    for (const button of bar?.querySelectorAll<HTMLButtonElement>('form button:not([form])') ?? [])
      button.disabled = true;
    timer = setTimeout(() => void ask(), ASK_AFTER_MS);
  };
}
