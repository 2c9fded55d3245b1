import type { HeldGoods } from '../../src/cards/held-goods.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { LinkButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';

type HeldListProps = {
  held: readonly HeldGoods[];
  /** Where more is reserved, or something given up. */
  href?: string | undefined;
};

/** 已预留: what is kept, until when, and the points that are put aside for it; nothing where nothing is and nothing can be. */
export function HeldList({ held, href }: HeldListProps) {
  const { t } = usePage();
  if (held.length === 0 && href === undefined) return null;
  const sum = held.reduce((total, { centipoints }) => total + centipoints, 0);
  return (
    <Panel title={held.length === 0 ? t('cards.held.none') : t('cards.held.title', { points: formatPoints(sum) })}>
      <p class="soft">{t(held.length === 0 ? 'cards.held.noneHint' : 'cards.held.lead')}</p>
      {held.length > 0 && (
        <ul class="passbook">
          {held.map(({ seq, until, centipoints, goods }) => (
            <li key={seq} class="passbook-line">
              <span class="passbook-what">
                {goods.map((one) => t('cards.entry.goods', one)).join(t('shared.comma'))}
              </span>
              <span class="passbook-change">
                <SignedPoints centipoints={-centipoints} />
              </span>
              <span class="passbook-detail">
                {t('cards.held.until')} <DayText day={until} short />
              </span>
            </li>
          ))}
        </ul>
      )}
      {href && <LinkButton href={href}>{t('cards.held.more')}</LinkButton>}
    </Panel>
  );
}
