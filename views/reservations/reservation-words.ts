import type { Reservation } from '../../src/reservations/index.ts';
import type { Translate } from '../shared/dictionary.ts';

/** 大米 1 袋、洗洁精 2 瓶 */
export function reservedInWords({ lines }: Pick<Reservation, 'lines'>, t: Translate): string {
  return lines
    .map(({ name, quantity, unit }) => t('reservations.goodsLine', { name, quantity, unit }))
    .join(t('shared.comma'));
}
