/**
 * Scanning with the camera of a phone. What is read goes the way of a scanner: into the field for scanning, whose page takes it or sends
 * its form.
 */
export interface CodeReader {
  /** As the browsers that can do it themselves say it. */
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

const LOOK_EVERY_MS = 150;
/** The same thing held in front of it is one scan. */
const SAME_AFTER_MS = 2_500;

export function scanByCamera(reader: CodeReader): void {
  const pressed = document.querySelector<HTMLButtonElement>('[data-camera]');
  const viewfinder = document.querySelector<HTMLElement>('#camera');
  if (pressed && viewfinder) begin(pressed, viewfinder, reader);
}

function begin(button: HTMLButtonElement, place: HTMLElement, reader: CodeReader): void {
  const video = document.createElement('video');
  video.playsInline = true;
  video.muted = true;
  video.width = 320;
  place.append(video);
  let stream: MediaStream | null = null;
  let timer = 0;
  let last = { code: '', at: 0 };

  const look = async () => {
    const [found] = await reader.detect(video).catch(() => []);
    const isNew = found && (found.rawValue !== last.code || Date.now() - last.at > SAME_AFTER_MS);
    // An answer that is under way is waited for: what is held there still is seen again.
    if (isNew && !document.querySelector('form.htmx-request')) {
      last = { code: found.rawValue, at: Date.now() };
      hand(found.rawValue);
    }
    if (stream) timer = setTimeout(() => void look(), LOOK_EVERY_MS);
  };
  const stop = () => {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    place.hidden = true;
    button.setAttribute('aria-pressed', 'false');
  };
  const start = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      video.srcObject = stream;
      place.hidden = false;
      button.setAttribute('aria-pressed', 'true');
      // Some begin to play only when the first picture is there; until then nothing is found.
      video.play().catch(() => {});
      void look();
    } catch {
      stop();
      button.disabled = true;
      button.textContent = button.dataset['refused'] ?? '';
    }
  };
  button.addEventListener('click', () => (stream ? stop() : void start()));
  window.addEventListener('pagehide', stop);
  void start();
}

function hand(code: string): void {
  const field = document.querySelector<HTMLInputElement>('input[data-scan]');
  if (!field?.form) return;
  const before = /^\d{1,4}\*$/.test(field.value) ? field.value : '';
  field.value = before + code;
  if (field.dispatchEvent(new Event('scanned', { cancelable: true }))) field.form.requestSubmit();
}
