import type { ComponentChildren } from 'preact';
import type { CounterQueue, NumberEvent, Queue, QueueNumber } from '../../src/exchange/index.ts';
import { villageTime } from '../../src/platform/clock.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { QueuePanel } from './queue-panel.tsx';

export type QueuePageProps = {
  counter: CounterQueue;
  /** Null: numbers are not given today. */
  queue: Queue | null;
  idempotencyKey: string;
  /** What was typed, and whom it fits. */
  typed: string;
  fits: readonly { cardNumber: string; name: string; groupName: string }[];
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 取号叫号: the whole queue of the day, for whoever keeps the counter. */
export function QueuePage(props: QueuePageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { counter, queue, errors, notice } = props;
  return (
    <Layout
      title={t('exchange.queue.title')}
      lead={t('exchange.queue.lead')}
      crumbs={[{ href: href('/counter'), label: t('exchange.counter.title') }]}
      errors={errors}
      notice={notice}
      actions={queue && <LinkButton href={href('/queue/sheet')}>{t('exchange.queue.sheet')}</LinkButton>}
    >
      {!queue && !counter.isOn && (
        <EmptyState title={t('exchange.queue.isOn')}>
          {t('exchange.queue.isOnHint')} <a href={href('/settings')}>{t('exchange.queue.settings')}</a>
        </EmptyState>
      )}
      {!queue && counter.isOn && (
        <>
          <EmptyState title={t('exchange.queue.notOpen')}>{t('exchange.queue.notOpenHint')}</EmptyState>
          <DayButton move="open" />
        </>
      )}
      {queue && <Opened {...props} queue={queue} />}
    </Layout>
  );
}

function Opened({ queue, ...props }: QueuePageProps & { queue: Queue }) {
  const { t } = usePage();
  const inState = (...states: QueueNumber['state'][]) => queue.numbers.filter(({ state }) => states.includes(state));
  const over = inState('served', 'left');
  return (
    <>
      <QueuePanel queue={props.counter} from="queue" />
      {queue.isClosed ? <p>{t('exchange.queue.closed')}</p> : <GiveForm {...props} />}
      <Numbers
        title={t('exchange.queue.now')}
        numbers={inState('called')}
        events={['again', 'miss', 'return', 'leave']}
      />
      <Numbers
        title={t('exchange.queue.waiting')}
        numbers={inState('waiting')}
        events={['call', 'leave']}
        empty={t('exchange.queue.noneWaiting')}
      />
      <Numbers title={t('exchange.queue.missed')} numbers={inState('missed')} events={['call', 'return', 'leave']} />
      {over.length > 0 && (
        <details class="more">
          <summary>{t('exchange.queue.overCount', { count: over.length })}</summary>
          <div class="more-body">
            <Numbers title={t('exchange.queue.over')} numbers={over} events={['return']} />
          </div>
        </details>
      )}
      <DayButton move={queue.isClosed ? 'reopen' : 'close'} />
    </>
  );
}

function DayButton({ move }: { move: 'open' | 'reopen' | 'close' }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <PostForm action={href('/queue/days')} hidden={{ move: move === 'close' ? 'close' : 'open' }}>
      <SubmitButton look={move === 'open' ? 'primary' : 'quiet'}>{t(`exchange.queue.${move}`)}</SubmitButton>
    </PostForm>
  );
}

function GiveForm({ idempotencyKey, typed, fits, errors, notice }: Omit<QueuePageProps, 'queue'>) {
  const { t } = usePage();
  // What came of the last press is read first.
  const isFirst = errors.length === 0 && !notice;
  const href = useVillageHref();
  return (
    <Panel title={t('exchange.queue.give')}>
      <PostForm action={href('/queue/numbers')} idempotencyKey={idempotencyKey} class="flow">
        <TextField
          name="code"
          label={t('exchange.queue.who')}
          hint={t('exchange.queue.whoHint')}
          value={typed}
          maxLength={100}
          autofocus={isFirst}
          scan
          error={errors.find(({ name }) => name === 'code')?.message}
          optional
        />
        {fits.length > 0 && (
          <ChoiceGroup
            kind="radio"
            name="card"
            label={t('exchange.queue.whoMany', { words: typed })}
            columns="sentences"
            choices={fits.map(({ cardNumber, name, groupName }) => ({
              value: cardNumber,
              label: name,
              hint: `${groupName} ${cardNumber}`,
            }))}
            optional
          />
        )}
        <div class="button-row">
          <SubmitButton>{t('exchange.queue.giveHousehold')}</SubmitButton>
          <SubmitButton look="secondary" name="who" value="nobody">
            {t('exchange.queue.giveNobody')}
          </SubmitButton>
        </div>
      </PostForm>
    </Panel>
  );
}

type NumbersProps = {
  title: string;
  numbers: readonly QueueNumber[];
  events: readonly Exclude<NumberEvent, 'finish'>[];
  empty?: string | undefined;
};

function Numbers({ title, numbers, events, empty }: NumbersProps) {
  const { t } = usePage();
  const href = useVillageHref();
  if (numbers.length === 0 && empty === undefined) return null;
  return (
    <Panel title={title}>
      {numbers.length === 0 && <p class="soft">{empty}</p>}
      <ul class="queue-list">
        {numbers.map((one) => (
          <li key={one.number} class="queue-line">
            <p>
              <strong class="queue-number">{t('exchange.queue.number', one)}</strong>{' '}
              {one.household ? `${one.household.headName} ${one.household.groupName}` : t('exchange.queue.anonymous')}{' '}
              <span class="soft small">
                {t('exchange.queue.takenAt', { time: villageTime(one.takenAt) })}
                {one.callCount > 0 && ` · ${t('exchange.queue.calls', { count: one.callCount })}`}
              </span>{' '}
              {one.state === 'left' && <StatusTag tone="plain">{t('exchange.queue.state.left')}</StatusTag>}
            </p>
            <PostForm
              action={href('/queue/calls')}
              hidden={{ number: one.number, from: 'queue' }}
              class="button-row"
              label={t('exchange.queue.number', one)}
            >
              {events.map((event) => (
                <SubmitButton
                  key={event}
                  look={event === 'call' || event === 'return' ? 'secondary' : 'quiet'}
                  name="move"
                  value={event}
                  ariaLabel={`${t(`exchange.queue.${event}`)} ${t('exchange.queue.number', one)}`}
                >
                  {t(`exchange.queue.${event}`)}
                </SubmitButton>
              ))}
              {one.state === 'waiting' && (
                <LinkButton href={href(`/queue/numbers/${one.number}/slip`)} look="quiet">
                  {t('exchange.queue.slip')}
                </LinkButton>
              )}
            </PostForm>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
