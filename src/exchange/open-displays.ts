/**
 * The displays that are open in this process. What a till does is told through the database, for the till may be served by another
 * worker or another server. It is asked for rather than announced: one query for all displays of a process, twice a second while there
 * are any, needs no connection of its own, survives a restart of the database and any pooler in between, and is never missed. What
 * happens in this process is looked at once more at once, so that most displays follow without a pause.
 */
import type { Reader } from '../platform/database/db.ts';
import type { EventStream } from '../platform/http/event-streams.ts';
import type { TillState } from './till.ts';

const ASK_EVERY_MS = 500;

export interface Displays {
  /** Answers what is told when the stream has ended. */
  add(sessionId: string, display: Display): () => void;
  /** Something has changed here: look at once. */
  look(): void;
  stop(): void;
}

export interface Display {
  stream: EventStream;
  draw(state: TillState): string;
}

interface DisplaySource {
  sql: Reader;
  statesOf(sql: Reader, sessionIds: readonly string[]): Promise<Map<string, TillState>>;
}

export function openDisplays({ sql, statesOf }: DisplaySource): Displays {
  const displays = new Map<Display, { sessionId: string; version: string }>();
  let timer: NodeJS.Timeout | null = null;
  let asking: Promise<void> | null = null;
  let asksAgain = false;

  const askOnce = async () => {
    const ids = [...new Set([...displays.values()].map(({ sessionId }) => sessionId))];
    const states = await statesOf(sql, ids);
    for (const [display, seen] of displays) {
      if (!ids.includes(seen.sessionId)) continue;
      const state = states.get(seen.sessionId);
      if (!state) {
        display.stream.send('ended', '');
        display.stream.end();
      } else if (state.version !== seen.version) {
        seen.version = state.version;
        display.stream.send('shown', display.draw(state));
      }
    }
  };

  const ask = () => {
    if (asking) {
      asksAgain = true;
      return;
    }
    if (displays.size === 0) return;
    // A database that does not answer now answers the next time; what a screen shows for too long it clears by itself.
    asking = askOnce()
      .catch(() => {})
      .finally(() => {
        asking = null;
        if (!asksAgain) return;
        asksAgain = false;
        ask();
      });
  };

  return {
    add: (sessionId, display) => {
      displays.set(display, { sessionId, version: '' });
      timer ??= setInterval(ask, ASK_EVERY_MS);
      timer.unref();
      ask();
      return () => {
        displays.delete(display);
        if (displays.size === 0 && timer) {
          clearInterval(timer);
          timer = null;
        }
      };
    },
    look: ask,
    stop: () => {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
