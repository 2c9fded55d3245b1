/**
 * 纸条: an exchange that was written on a numbered slip while there was no network, and is entered afterwards. A number is used once for
 * ever, the paper carries two names, and it is entered within a month, as long as both remember.
 */
import { addDays } from '../platform/clock.ts';

const MOST_DAYS_LATE = 31;

export interface PaperSlip {
  /** The number that is printed on it. */
  slip: number;
  /** The day on which the goods were handed out. */
  day: string;
  /** Who handed them out, and who was there and saw it. */
  handedOutBy: string;
  witness: string;
}

export interface PaperSlipBasis {
  today: string;
  /** The day on which the village began. */
  foundedOn: string;
  /** The day on which a point became worth something else, if it ever did: the points on older paper are others. */
  rateChangedOn: string | null;
  /** Where this number stands in the record already. */
  usedBySeq: number | null;
}

export type PaperSlipRefusal =
  | { refused: 'date_in_future'; occurredOn: string }
  | { refused: 'paper_slip_too_old'; days: number }
  | { refused: 'paper_slip_before_rate' }
  | { refused: 'paper_slip_used'; slip: number; seq: number }
  | { refused: 'paper_slip_one_person' };

export function decidePaperSlip(
  { slip, day, handedOutBy, witness }: PaperSlip,
  { today, foundedOn, rateChangedOn, usedBySeq }: PaperSlipBasis,
): PaperSlipRefusal | { facts: { paper: number }; disclosed: { confirmedBy: string } } {
  if (day > today) return { refused: 'date_in_future', occurredOn: day };
  if (day < foundedOn || day < addDays(today, -MOST_DAYS_LATE))
    return { refused: 'paper_slip_too_old', days: MOST_DAYS_LATE };
  if (rateChangedOn !== null && day < rateChangedOn) return { refused: 'paper_slip_before_rate' };
  if (usedBySeq !== null) return { refused: 'paper_slip_used', slip, seq: usedBySeq };
  if (handedOutBy === witness) return { refused: 'paper_slip_one_person' };
  return { facts: { paper: slip }, disclosed: { confirmedBy: `${handedOutBy}、${witness}` } };
}
