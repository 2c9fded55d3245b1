import type { RiskLevel } from '../../src/oversight/index.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

const TONES = { red: 'bad', yellow: 'warning', blue: 'plain', green: 'good' } as const;

/** One of the four colours of 红黄蓝绿, as a word. */
export function RiskTag({ level }: { level: RiskLevel }) {
  const { t } = usePage();
  return <StatusTag tone={TONES[level]}>{t(`oversight.risk.${level}`)}</StatusTag>;
}
