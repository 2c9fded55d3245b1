import type { Refusal } from '../platform/http/refusals.ts';
import { maskName } from './mask-name.ts';

/** A refusal as whoever holds a card's code may read it: no name stands there whole, as none does on the card's page. */
export function maskRefusal<Said extends Refusal & { name?: unknown }>(refusal: Said): Said {
  return typeof refusal.name === 'string' ? { ...refusal, name: maskName(refusal.name) } : refusal;
}
