/**
 * The screen at the counter: puts each sheet that the server sends in place of the last, reads it aloud where somebody asked for it,
 * and clears itself when its time is over or the server is gone, so that nobody's points stay on it.
 */
const LOST_MS = 10_000;

const place = document.getElementById('display');
const idle = document.querySelector<HTMLTemplateElement>('#display-idle');
const voice = document.querySelector<HTMLButtonElement>('#display-voice');
if (place && idle) follow(place, idle);

function follow(place: HTMLElement, idle: HTMLTemplateElement): void {
  let clearing = 0;
  let losing = 0;
  let speaks = false;

  const show = (sheet: Element | null | undefined) => {
    if (!sheet) return;
    place.querySelector('.display-sheet')?.replaceWith(sheet);
    keepTime(sheet);
    if (speaks) say(sheet.getAttribute('data-say') ?? '');
  };
  const clear = () => show(idle.content.firstElementChild?.cloneNode(true) as Element | undefined);
  const keepTime = (sheet: Element | null) => {
    clearTimeout(clearing);
    const seconds = Number(sheet?.getAttribute('data-clear') ?? 0);
    // A little later than the server, whose word counts as long as it is there.
    if (seconds > 0) clearing = setTimeout(clear, (seconds + 2) * 1000);
  };

  const source = new EventSource(place.dataset['events'] ?? '');
  source.addEventListener('open', () => {
    clearTimeout(losing);
    losing = 0;
  });
  source.addEventListener('error', () => {
    if (losing === 0) losing = setTimeout(clear, LOST_MS);
    // The server refused for good: the page asks for the sign-in, or says what is the matter.
    if (source.readyState === EventSource.CLOSED) setTimeout(reloadOnceThere, LOST_MS);
  });
  source.addEventListener('shown', ({ data }: MessageEvent<string>) => {
    show(new DOMParser().parseFromString(data, 'text/html').querySelector('.display-sheet'));
  });
  source.addEventListener('ended', () => {
    source.close();
    clear();
    location.reload();
  });
  keepTime(place.querySelector('.display-sheet'));

  if (!voice || !('speechSynthesis' in window)) return;
  voice.hidden = false;
  voice.addEventListener('click', () => {
    speaks = !speaks;
    voice.setAttribute('aria-pressed', String(speaks));
    voice.textContent = voice.dataset[speaks ? 'on' : 'off'] ?? '';
    if (speaks) say(place.querySelector('.display-sheet')?.getAttribute('data-say') ?? '');
    else speechSynthesis.cancel();
  });
}

/** Not before there is a page again: from the browser's own page that nobody answers, no display comes back by itself. */
function reloadOnceThere(): void {
  fetch(location.href).then(
    ({ status }) => (status < 500 ? location.reload() : setTimeout(reloadOnceThere, LOST_MS)),
    () => setTimeout(reloadOnceThere, LOST_MS),
  );
}

function say(words: string): void {
  speechSynthesis.cancel();
  if (words === '') return;
  const speech = new SpeechSynthesisUtterance(words);
  speech.lang = document.documentElement.lang;
  speech.rate = 0.9;
  speechSynthesis.speak(speech);
}
