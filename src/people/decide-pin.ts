/** Six digits protect a device that is known and locks after five wrong ones; only what everybody tries first is refused. */

/** In order of precedence. */
export type PinRefusal = { refused: 'pin_not_six_digits' } | { refused: 'pin_too_simple' };

export function decidePin(typed: string): { pin: string } | PinRefusal {
  const pin = typed.normalize('NFKC').trim();
  if (!/^\d{6}$/.test(pin)) return { refused: 'pin_not_six_digits' };
  return isSimple(pin) ? { refused: 'pin_too_simple' } : { pin };
}

/** One or two different digits, a run, a half twice, or one of the favourites. */
function isSimple(pin: string): boolean {
  if (new Set(pin).size <= 2) return true;
  if ('01234567890'.includes(pin) || '09876543210'.includes(pin)) return true;
  return pin.slice(0, 3) === pin.slice(3) || FAVOURITES.has(pin);
}

const FAVOURITES = new Set(['520131', '131452', '201314', '147258', '258369', '159357', '112233', '332211', '168168']);
