/**
 * The pages that work without network: the list of awards that wait, and the form for another one. Words and places stand in the page;
 * what they are filled with is known to the service worker alone.
 */
import type { AwardBook, Draft, Upload, WaitingState } from '../shared/worker-messages.ts';
import { askWorker } from './ask-worker.ts';
import { fillIn, hundredths, listed, signed } from './award-text.ts';
import { matchNames } from './match-names.ts';
import { released } from './released.ts';

/** Pressed once already: the next press deletes it. It is remembered here, for the list is drawn anew whenever something was sent. */
const meant = new Set<string>();
let drawn = '';

const place = document.querySelector<HTMLElement>('[data-shell]');
if (place?.dataset['shell'] === 'list') startList();
if (place?.dataset['shell'] === 'award') startForm().catch(() => show('upload-no-book', true));

function show(id: string, shown: boolean): void {
  const element = document.getElementById(id);
  if (element) element.hidden = !shown;
}

/** Whoever has none, or not yet, is told what to do instead; an answer of the worker takes that away. */
function tellWithoutWorker(): void {
  const isThere = async () => 'serviceWorker' in navigator && (await navigator.serviceWorker.getRegistration());
  const tell = (isMissing: boolean) => {
    show('upload-no-worker', isMissing);
    if (isMissing) show('upload-rest', true);
  };
  isThere().then(
    (found) => tell(!found),
    () => tell(true),
  );
}

function startList(): void {
  tellWithoutWorker();
  if (!('serviceWorker' in navigator)) return;
  const refresh = () => {
    askWorker<WaitingState>({ ask: 'state' }).then(drawList, () => {});
  };
  const send = () => {
    askWorker<WaitingState>({ ask: 'send' }).then(drawList, () => {});
  };
  refresh();
  send();
  navigator.serviceWorker.addEventListener('message', refresh);
  for (const name of ['online', 'offline']) window.addEventListener(name, refresh);
  document.getElementById('upload-now')?.addEventListener('click', send);
}

function drawList(state: WaitingState | null): void {
  const [waiting, refused] = [state?.waiting ?? [], state?.refused ?? []];
  const { reader = '', others = 0, needsSignIn = false } = state ?? {};
  const count = waiting.length;
  const isEmpty = count + refused.length === 0;
  // Whose it is shows when they sign in.
  const isNobody = reader === null && others > 0;
  const status = document.getElementById('upload-status');
  if (status && state) {
    const words = status.dataset;
    const parts = [isEmpty ? words['none'] : fillIn(words['some'] ?? '', { count, refused: refused.length })];
    if (count > 0 && !navigator.onLine) parts.push(words['cut']);
    if (others > 0) parts.push(fillIn(words['others'] ?? '', { count: others }));
    show('upload-no-worker', false);
    status.textContent = isNobody ? '' : parts.join(' ');
  }
  show('upload-sign-in', isNobody || (count > 0 && needsSignIn));
  show('upload-leaving', !isEmpty && location.search === '?leaving');
  show('upload-now', count > 0);
  const shown = [...refused, ...waiting];
  const now = JSON.stringify(shown);
  if (isEmpty) show('upload-rest', true);
  // What stands there already stays, with the finger that is on it.
  if (now === drawn) return;
  drawn = now;
  for (const id of meant) if (!shown.some((one) => one.id === id)) meant.delete(id);
  void released().then(() => {
    if (now === drawn) document.getElementById('upload-list')?.replaceChildren(...shown.map(drawItem));
    show('upload-rest', true);
  });
}

function drawItem(upload: Upload): Node {
  const template = document.querySelector<HTMLTemplateElement>('#upload-item');
  const item = (template?.content.cloneNode(true) ?? document.createDocumentFragment()) as DocumentFragment;
  const part = (name: string) =>
    item.querySelector<HTMLElement>(`[data-part="${name}"]`) ?? document.createElement('p');
  const { fields, households, ruleName, refusal, enteredAt, id } = upload;
  const points = fields.total === '' ? '' : ` ${signed(Number(fields.total))}`;
  part('what').textContent = `${ruleName}${points}`;
  part('who').textContent = listed(households);
  const time = new Date(enteredAt).toLocaleString(document.documentElement.lang, { timeZone: 'Asia/Shanghai' });
  part('when').textContent = fillIn(part('when').dataset['words'] ?? '', { time, day: fields.occurredOn });
  part('note').textContent = fields.note;
  part('note').hidden = fields.note === '';
  const state = part('state');
  const { waiting = '', refused = '', old = '' } = state.dataset;
  const reason = refusal && (refusal.code === 'upload_too_old' ? old : fillIn(refused, { reason: refusal.detail }));
  state.textContent = reason ?? waiting;
  state.classList.toggle('field-error', refusal !== null);
  const button = part('discard');
  const { sure = '' } = button.dataset;
  if (meant.has(id)) button.textContent = sure;
  button.addEventListener('click', () => {
    if (!meant.has(id)) {
      meant.add(id);
      button.textContent = sure;
      return;
    }
    askWorker<WaitingState>({ ask: 'discard', id }).then(drawList, () => {});
  });
  const correction = refusal && correctionOf(upload);
  if (correction) part('buttons').prepend(correction);
  return item;
}

/** The award form with everything as it was entered, photos too; under the same key, so that it leaves this list when it is recorded. */
function correctionOf({ village, fields, id, photos = [], photoIds = [] }: Upload): Node | null {
  const template = document.querySelector<HTMLTemplateElement>('#upload-correct');
  const form = template?.content.cloneNode(true) as DocumentFragment | undefined;
  const element = form?.querySelector('form');
  if (!form || !element) return null;
  element.action = `/villages/${village}/award-previews`;
  const { rule, occurredOn, note, cards, times = '', members = [] } = fields;
  const lists = { cards: cards.join(','), members: members.join(','), photoIds: photoIds.join(',') };
  for (const [name, value] of Object.entries({ rule, occurredOn, note, times, ...lists, idempotencyKey: id })) {
    const input = element.querySelector<HTMLInputElement>(`[name="${name}"]`);
    if (input) input.value = value;
  }
  const chosen = element.querySelector<HTMLInputElement>('input[type=file]');
  if (chosen) chosen.files = filesOf(photos);
  return form;
}

/** As if they had just been chosen. */
function filesOf(photos: readonly ArrayBuffer[]): FileList {
  const transfer = new DataTransfer();
  for (const photo of photos) transfer.items.add(new File([photo], 'photo.jpg', { type: 'image/jpeg' }));
  return transfer.files;
}

async function startForm(): Promise<void> {
  const form = document.querySelector<HTMLFormElement>('#upload-form');
  if (!form) return;
  tellWithoutWorker();
  if (!('serviceWorker' in navigator)) return;
  const draftId = new URLSearchParams(location.search).get('draft');
  const draft = draftId === null ? null : await askWorker<Draft>({ ask: 'draft', id: draftId });
  const state = await askWorker<WaitingState>({ ask: 'state' });
  show('upload-no-worker', false);
  const village = draft?.village ?? state?.village ?? '';
  const book = village === '' ? null : await askWorker<AwardBook>({ ask: 'book', village });
  if (!book) return show('upload-no-book', true);
  form.hidden = false;
  const control = <Element extends HTMLElement>(name: string) => form.elements.namedItem(name) as unknown as Element;
  const rule = control<HTMLSelectElement>('rule');
  for (const { code, name, pointsCentipoints } of book.rules) {
    rule.append(new Option(`${name} ${signed(pointsCentipoints)}`, code));
  }
  const [names, day, note] = [
    control<HTMLTextAreaElement>('names'),
    control<HTMLInputElement>('occurredOn'),
    control<HTMLInputElement>('note'),
  ];
  rule.value = draft?.rule ?? '';
  day.value = draft?.occurredOn || today();
  day.max = today();
  note.value = draft?.note ?? '';
  names.value = draft ? linesOf(draft, book).join('\n') : '';
  const times = /^[1-9]\d{0,3}$/.test(draft?.times ?? '') ? (draft?.times ?? '') : '';
  const follow = () => judge(form, book, Number(times || 1));
  form.addEventListener('input', follow);
  follow();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const ready = follow();
    if (!ready) return;
    const cards = ready.households.map(({ number }) => number);
    const upload = {
      id: draft?.key || crypto.randomUUID(),
      village,
      fields: {
        rule: rule.value,
        occurredOn: day.value,
        cards,
        note: note.value.trim(),
        total: String(ready.total),
        times,
        members: (draft?.members ?? []).filter((answer) => cards.includes(answer.slice(0, 10))),
      },
      ruleName: ready.ruleName,
      households: ready.households.map(({ name }) => name),
      photos: draft?.photos ?? [],
      photoIds: draft?.photoIds ?? [],
    };
    const button = document.querySelector<HTMLButtonElement>('#upload-hold');
    if (button) button.disabled = true;
    askWorker<boolean>({ ask: 'hold', upload }).then(
      (isHeld) => (isHeld ? location.assign('/uploads') : show('upload-no-book', true)),
      () => show('upload-no-book', true),
    );
  });
}

/** What was ticked before the network went, as lines that can be read and changed. */
function linesOf({ cards, groups, names }: Draft, { households }: AwardBook): string[] {
  const chosen = households.filter(({ number, groupId }) => cards.includes(number) || groups.includes(groupId));
  const lines = chosen.map(({ number, name }) =>
    households.filter((other) => other.name === name).length > 1 ? `${number} ${name}` : name,
  );
  return [...new Set([...lines, ...names.split('\n').filter((line) => line.trim() !== '')])];
}

type Ready = { households: AwardBook['households']; total: number; ruleName: string };

/** For so many of the rule's units. */
function judge(form: HTMLFormElement, book: AwardBook, times: number): Ready | null {
  const data = new FormData(form);
  const rule = book.rules.find(({ code }) => code === data.get('rule'));
  const names = data.get('names');
  const { found, unclear, twice } = matchNames(typeof names === 'string' ? names : '', book.households);
  const summary = document.getElementById('upload-summary');
  const button = document.querySelector<HTMLButtonElement>('#upload-hold');
  if (!summary || !button) return null;
  const { nothing = '', open = '', twice: doubled = '', ready = '' } = summary.dataset;
  const each = (rule?.pointsCentipoints ?? 0) * times;
  const total = each * found.length;
  const values = { count: found.length, points: signed(each), total: hundredths(total) };
  const isReady = rule !== undefined && found.length > 0 && unclear.length + twice.length === 0;
  summary.textContent = isReady
    ? fillIn(ready, values)
    : unclear.length > 0
      ? fillIn(open, { names: listed(unclear) })
      : twice.length > 0
        ? fillIn(doubled, { names: listed(twice) })
        : nothing;
  button.disabled = !isReady;
  if (isReady) button.textContent = fillIn(button.dataset['words'] ?? '', values);
  return isReady ? { households: found, total, ruleName: rule.name } : null;
}

function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}
