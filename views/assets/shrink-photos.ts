/**
 * A photo of a phone has 5 MB, which takes minutes over a village's network. Where the browser can, it is shrunk to 1,600 pixels and
 * 300 kB before it is sent; the server draws every photo anew in any case.
 */
const LONGEST_SIDE = 1600;
const MOST_BYTES = 300_000;
/** Longest side and quality. */
const TRIES = [
  [LONGEST_SIDE, 0.8],
  [LONGEST_SIDE, 0.6],
  [1280, 0.55],
  [960, 0.5],
] as const;

/** What was chosen last: whoever chooses anew while a slow phone still draws wants that, whichever is done first. */
const newest = new WeakMap<HTMLInputElement, readonly File[]>();

document.addEventListener('change', (event) => {
  const input = event.target;
  if (input instanceof HTMLInputElement && input.type === 'file' && input.dataset['shrink'] !== undefined) {
    void shrinkAll(input);
  }
});

async function shrinkAll(input: HTMLInputElement): Promise<void> {
  if (typeof createImageBitmap !== 'function' || typeof DataTransfer !== 'function') return;
  const chosen = [...(input.files ?? [])];
  newest.set(input, chosen);
  const button = input.form?.querySelector<HTMLButtonElement>('button[type=submit]');
  if (button) button.disabled = true;
  try {
    const transfer = new DataTransfer();
    for (const file of await Promise.all(chosen.map(shrink))) transfer.items.add(file);
    if (newest.get(input) === chosen) input.files = transfer.files;
  } finally {
    if (button && newest.get(input) === chosen) button.disabled = false;
  }
}

/** As it was where it is small already or cannot be read here. */
async function shrink(file: File): Promise<File> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const isSmall = Math.max(picture.width, picture.height) <= LONGEST_SIDE && file.size <= MOST_BYTES;
    const blob = isSmall ? null : await drawSmall(picture);
    picture.close();
    return blob ? new File([blob], 'photo.jpg', { type: 'image/jpeg' }) : file;
  } catch {
    return file;
  }
}

/** First coarser, then smaller, until it is light enough; the last try counts as it is. */
async function drawSmall(picture: ImageBitmap): Promise<Blob | null> {
  let drawn: Blob | null = null;
  for (const [longest, quality] of TRIES) {
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (!drawn || drawn.size <= MOST_BYTES) break;
  }
  return drawn;
}
