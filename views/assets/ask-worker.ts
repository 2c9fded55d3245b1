/** Puts a question to the service worker, where there is one. */
import type { Question } from '../shared/worker-messages.ts';

const PATIENCE_MS = 30_000;

export async function askWorker<Answer>(question: Question): Promise<Answer | null> {
  if (!('serviceWorker' in navigator)) return null;
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    setTimeout(() => resolve(null), PATIENCE_MS);
    active?.postMessage(question, [port2]);
  });
}
