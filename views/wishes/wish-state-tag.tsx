import type { WishState } from '../../src/wishes/index.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

const TONES = {
  submitted: 'warning',
  checked: 'warning',
  open: 'plain',
  claimed: 'plain',
  delivered: 'good',
  echoed: 'good',
  closed: 'good',
  declined: 'bad',
} as const;

export function WishStateTag({ state }: { state: WishState }) {
  const { t } = usePage();
  return <StatusTag tone={TONES[state]}>{t(`wishes.state.${state}`)}</StatusTag>;
}
