/**
 * A photo of a phone has 5 MB, which takes minutes over a village's network. Where the browser can, it is shrunk to 1,600 pixels
 * before it is sent; the server draws every photo anew in any case.
 */
const LONGEST_SIDE = 1600;

document.addEventListener('change', (event) => {
  const input = event.target;
  if (input instanceof HTMLInputElement && input.type === 'file' && input.dataset['shrink'] !== undefined) {
    void shrinkAll(input);
  }
});

async function shrinkAll(input: HTMLInputElement): Promise<void> {
  if (typeof createImageBitmap !== 'function' || typeof DataTransfer !== 'function') return;
  const chosen = [...(input.files ?? [])];
  const button = input.form?.querySelector<HTMLButtonElement>('button[type=submit]');
  if (button) button.disabled = true;
  try {
    const transfer = new DataTransfer();
    for (const file of await Promise.all(chosen.map(shrink))) transfer.items.add(file);
    input.files = transfer.files;
  } finally {
    if (button) button.disabled = false;
  }
}

/** As it was where it is small already or cannot be read here. */
async function shrink(file: File): Promise<File> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size < 400_000) return file;
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
    return blob ? new File([blob], 'photo.jpg', { type: 'image/jpeg' }) : file;
  } catch {
    return file;
  }
}
