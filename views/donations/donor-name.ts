import type { ShownDonor } from '../../src/donations/index.ts';
import type { Translate } from '../shared/dictionary.ts';

/** As the donor chose to appear. */
export function donorName({ kind, name, initials }: ShownDonor, t: Translate): string {
  if (name !== null) return name;
  const kindly = t(`donations.kindly.${kind}`);
  return initials === null ? kindly : t('donations.kindlyInitials', { kind: kindly, initials });
}
