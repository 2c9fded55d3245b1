import type { IncomingHttpHeaders } from 'node:http';

const HELD_IN_A_HAND = /Mobi|Android|iPhone|iPad|Tablet/i;

/**
 * Whether a page is read on a computer, where a cursor that stands in a field from the first is a help and hides nothing. Some browsers
 * say so in a header of its own; of the others (and of all over plain HTTP, as in a village's network) the name says it.
 */
export function worksByKeyboard(headers: IncomingHttpHeaders): boolean {
  const { 'sec-ch-ua-mobile': hint, 'user-agent': name } = headers;
  if (hint !== undefined) return hint === '?0';
  return name !== undefined && !HELD_IN_A_HAND.test(name);
}
