/**
 * The keys of the counter and the award: what a key presses says so itself by `data-key`, and nothing is pressed that cannot be seen. Esc
 * empties the field for scanning. F8 puts a basket aside: the basket is the page's address, so its address is kept until the tab is
 * closed.
 */
document.addEventListener('keydown', (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === 'Escape') return emptyField();
  if (!/^F\d{1,2}$/.test(event.key)) return;
  const target = document.querySelector<HTMLElement>(`[data-key="${event.key}"]`);
  if (!target || target.closest('[hidden]')) return;
  event.preventDefault();
  if (target instanceof HTMLInputElement) target.focus();
  else target.click();
});

function emptyField(): void {
  const field = document.querySelector<HTMLInputElement>('input[data-scan]');
  if (!field) return;
  field.value = '';
  field.focus();
}

declare const BarcodeDetector: { getSupportedFormats(): Promise<string[]> };

/** What scans by the camera comes at the first press; without a camera, or where it may not be asked for, nobody sees the button. */
const camera = document.querySelector<HTMLButtonElement>('[data-camera]');
if (camera && 'mediaDevices' in navigator) {
  camera.hidden = false;
  camera.addEventListener('click', () => void loadCamera(camera.dataset), { once: true });
}

/** Some browsers have a reader of codes that knows none. */
async function loadCamera({ camera = '', cameraReader = '' }: DOMStringMap): Promise<void> {
  const formats = 'BarcodeDetector' in window ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
  const script = document.createElement('script');
  script.src = ['qr_code', 'ean_13'].every((one) => formats.includes(one)) ? camera : cameraReader;
  document.head.append(script);
}

interface ParkedBasket {
  address: string;
  time: string;
  pieces: string;
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-park]') : null;
  if (!button) return;
  const { park = '', parkPieces: pieces = '', parkNext = '' } = button.dataset;
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
  keep(park, [...parked(park), { address: location.href, time, pieces }]);
  location.assign(parkNext);
});

/** After each swap too: the list is part of what is swapped. */
function drawParked(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-park]')) button.hidden = false;
  const place = document.querySelector<HTMLElement>('[data-parked]');
  if (!place) return;
  const { parked: name = '', parkedWords: words = '' } = place.dataset;
  const baskets = parked(name);
  place.hidden = baskets.length === 0;
  place.querySelector('ul')?.replaceChildren(...baskets.map((basket, index) => item(name, words, basket, index)));
}

function item(name: string, words: string, { address, time, pieces }: ParkedBasket, index: number): HTMLLIElement {
  const link = document.createElement('a');
  link.href = address;
  link.textContent = words.replace('{time}', time).replace('{count}', pieces);
  link.addEventListener('click', () => {
    keep(
      name,
      parked(name).filter((_, at) => at !== index),
    );
  });
  const row = document.createElement('li');
  row.append(link);
  return row;
}

function parked(name: string): ParkedBasket[] {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '[]') as ParkedBasket[];
  } catch {
    return [];
  }
}

function keep(name: string, baskets: readonly ParkedBasket[]): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(baskets));
  } catch {
    // A browser that keeps nothing: the basket is still behind the Back button.
  }
}

document.addEventListener('htmx:after:swap', drawParked);
drawParked();
