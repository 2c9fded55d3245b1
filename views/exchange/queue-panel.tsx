import type { CounterQueue } from '../../src/exchange/index.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';

/** Whom this counter called, and one key for the next. Nothing where the village gives no numbers, or none today. */
export function QueuePanel({ queue, from }: { queue: CounterQueue; from: 'counter' | 'queue' }) {
  const { t } = usePage();
  const href = useVillageHref();
  const { isOpened, waiting, current } = queue;
  if (!isOpened) return null;
  return (
    <Panel class="queue-panel flow">
      <p role="status" class="queue-now">
        {current ? (
          <>
            {t('exchange.queue.now')} <strong>{t('exchange.queue.number', current)}</strong>{' '}
            {current.household
              ? `${current.household.headName} ${current.household.groupName}`
              : t('exchange.queue.anonymous')}
          </>
        ) : (
          t('exchange.queue.nobody')
        )}{' '}
        <span class="soft">
          {' · '}
          {waiting > 0 ? t('exchange.queue.waitingCount', { count: waiting }) : t('exchange.queue.noneWaiting')}
        </span>
      </p>
      <PostForm action={href('/queue/calls')} hidden={{ after: current?.number ?? 0, from }} class="button-row">
        {current?.household && (
          <LinkButton href={href(`/counter?card=${current.household.cardNumber}`)}>
            {t('exchange.queue.serve')}
          </LinkButton>
        )}
        {(current || waiting > 0) && (
          <SubmitButton look="secondary" name="move" value="next" shortcut="F4">
            {t('exchange.queue.next')}
          </SubmitButton>
        )}
        {current && (
          <>
            <SubmitButton look="secondary" name="move" value="missed-next" shortcut="F7">
              {t('exchange.queue.missedNext')}
            </SubmitButton>
            <SubmitButton look="secondary" name="move" value="again" shortcut="F6">
              {t('exchange.queue.again')}
            </SubmitButton>
          </>
        )}
        {from === 'counter' && (
          <LinkButton href={href('/queue')} look="quiet">
            {t('exchange.queue.manage')}
          </LinkButton>
        )}
      </PostForm>
    </Panel>
  );
}
