import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

export type CardState = 'registered' | 'active' | 'frozen' | 'closed';

const TONES = { registered: 'warning', active: 'good', frozen: 'bad', closed: 'plain' } as const;

export function CardStatus({ status }: { status: CardState }) {
  const { t } = usePage();
  return <StatusTag tone={TONES[status]}>{t(`cards.status.${status}`)}</StatusTag>;
}
