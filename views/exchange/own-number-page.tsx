import type { ComponentChildren } from 'preact';
import type { OwnNumber, PublicQueue } from '../../src/exchange/index.ts';
import { BareLayout } from '../shared/bare-layout.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { type TextSize, usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { WholeNames } from '../shared/whole-names.tsx';

export type OwnNumberPageProps = {
  cardHref: string;
  maskedName: string;
  textSize: TextSize;
  /** The village gives numbers at all. */
  isOn: boolean;
  /** Null: none are given today, or none yet. */
  queue: PublicQueue;
  own: OwnNumber | null;
  idempotencyKey: string;
  notice?: ComponentChildren;
};

/** 我的排号: from the household's own card, without signing in. */
export function OwnNumberPage(props: OwnNumberPageProps) {
  const { t } = usePage();
  const { cardHref, maskedName, textSize, queue, own, notice } = props;
  return (
    <BareLayout title={t('exchange.queue.own.title')} textSize={textSize}>
      {notice}
      <h1>
        <WholeNames words={t('exchange.queue.own.heading', { name: maskedName })} />
      </h1>
      <Panel class="flow">
        {own && <p class="queue-own">{t('exchange.queue.number', own)}</p>}
        <p role="status">{sentenceOf(props, t)}</p>
        {queue.called.length > 0 && (
          <p>
            {t('exchange.queue.own.nowCalling')}{' '}
            <strong>{queue.called.map((number) => t('exchange.queue.number', { number })).join(' · ')}</strong>
          </p>
        )}
        <Forms {...props} />
      </Panel>
      <LinkButton href={cardHref} look="quiet" icon="back">
        {t('exchange.queue.own.back')}
      </LinkButton>
    </BareLayout>
  );
}

function Forms({ cardHref, queue, own, idempotencyKey }: OwnNumberPageProps) {
  const { t } = usePage();
  const action = `${cardHref}/number`;
  const isRunning = own !== null && ['waiting', 'called', 'missed'].includes(own.state);
  if (!isRunning && !queue.isOpen) return null;
  return (
    <>
      {isRunning && (
        <LinkButton href={action} wide>
          {t('exchange.queue.own.look')}
        </LinkButton>
      )}
      <PostForm
        action={action}
        idempotencyKey={idempotencyKey}
        hidden={{ move: isRunning ? 'leave' : 'take', number: own?.number ?? 0 }}
      >
        <SubmitButton look={isRunning ? 'danger' : 'primary'} wide>
          {t(isRunning ? 'exchange.queue.own.leave' : 'exchange.queue.own.take')}
        </SubmitButton>
      </PostForm>
    </>
  );
}

/** What the household has to know, in one sentence. */
function sentenceOf({ isOn, queue, own }: OwnNumberPageProps, t: ReturnType<typeof usePage>['t']): string {
  if (own?.state === 'waiting') {
    return own.ahead > 0 ? t('exchange.queue.own.ahead', own) : t('exchange.queue.own.next');
  }
  if (own) return t(`exchange.queue.own.${own.state}`);
  if (queue.isOpen) return t('exchange.queue.own.none', { count: queue.waiting });
  if (queue.lastNumber > 0) return t('exchange.queue.own.closed');
  return t(isOn ? 'exchange.queue.own.notOpen' : 'exchange.queue.own.off');
}
