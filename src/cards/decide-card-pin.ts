/** Four to six digits protect a card that somebody must hold besides, and five wrong ones close it for the day. */

/** In order of precedence. */
export type CardPinRefusal = { refused: 'card_pin_form' } | { refused: 'card_pin_guessable' };

/** What old people keep in mind is allowed; what is tried first, or stands on the card, is not. */
export function decideCardPin(
  typed: string,
  { number, phone }: { number: string; phone: string | null },
): { pin: string } | CardPinRefusal {
  const pin = foldPin(typed);
  if (!/^\d{4,6}$/.test(pin)) return { refused: 'card_pin_form' };
  const isRun = '01234567890'.includes(pin) || '09876543210'.includes(pin);
  const isSame = new Set(pin).size === 1;
  const isWritten = number.endsWith(pin) || (phone?.replaceAll(/\D/g, '').endsWith(pin) ?? false);
  return isRun || isSame || isWritten ? { refused: 'card_pin_guessable' } : { pin };
}

/** Full-width digits of an input method count as digits. */
export function foldPin(typed: string): string {
  return typed.normalize('NFKC').trim();
}
