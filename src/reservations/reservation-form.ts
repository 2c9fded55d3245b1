import { allOf, lastOf } from '../platform/http/form-fields.ts';

export interface ReservationForm {
  card: string;
  /** By place: what was chosen, and how many. */
  goods: string[];
  counts: string[];
}

/** More than the form has at first, for a basket from the counter comes whole. */
const MOST_LINES = 20;

export function typedReservation(body: Readonly<Record<string, unknown>>): ReservationForm {
  const texts = (value: unknown) =>
    allOf(value)
      .map((text) => text.normalize('NFKC').trim().slice(0, 40))
      .slice(0, MOST_LINES);
  return {
    card: (lastOf(body['card']) ?? '').normalize('NFKC').slice(0, 200),
    goods: texts(body['goods']),
    counts: texts(body['count']),
  };
}

/** The lines that were filled in, and the fields that are wrong. A place without goods is passed over, whatever number stands there. */
export function readLines({ goods, counts }: ReservationForm): {
  lines: { code: string; quantity: number }[];
  faults: { name: string; word: 'reservations.goodsError' | 'reservations.quantityError' }[];
} {
  const lines: { code: string; quantity: number }[] = [];
  const faults: ReturnType<typeof readLines>['faults'] = [];
  for (const [place, code] of goods.entries()) {
    if (code === '') continue;
    const typed = counts[place] ?? '';
    if (/^0*[1-9]\d{0,3}$/.test(typed)) lines.push({ code, quantity: Number(typed) });
    else faults.push({ name: `count-${place}`, word: 'reservations.quantityError' });
  }
  if (lines.length === 0 && faults.length === 0) faults.push({ name: 'goods-0', word: 'reservations.goodsError' });
  return { lines, faults };
}
