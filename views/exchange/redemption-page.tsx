import type { CounterQueue } from '../../src/exchange/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import type { ShownPhoto } from '../../src/problems/index.ts';
import { goodsInWords } from '../goods/goods-in-words.ts';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoStrip } from '../shared/photo-field.tsx';
import { Points } from '../shared/points.tsx';
import { UndoAtOnce, type UndoAtOnceProps } from '../shared/undo-at-once.tsx';
import { leftBasketName } from './counter-keys.tsx';
import { presenceFacts } from './presence-facts.ts';
import { QueuePanel } from './queue-panel.tsx';

type RedemptionLine = {
  code: string;
  name: string;
  spec: string;
  unit: string;
  quantity: number;
  priceCentipoints: number;
};

/** One exchange as it stands in the record. */
export type RedemptionFacts = {
  seq: number;
  day: string;
  time: string;
  recordedByName: string;
  headName: string;
  groupName: string;
  cardNumber: string;
  proxyRelation: 'family' | 'neighbour' | 'cadre' | null;
  proxyName: string | null;
  confirmedBy: string | null;
  isPictured: boolean;
  paperSlip: number | null;
  spentCentipoints: number;
  balanceAfterCentipoints: number;
  lines: readonly RedemptionLine[];
  reversedBySeq: number | null;
};

export type RedemptionPageProps = {
  redemption: RedemptionFacts;
  /** As far as they are still there. */
  photos: readonly ShownPhoto[];
  slipHref: string;
  /** The act in the public record. */
  actHref: string;
  cardHref: string;
  /** Where the next person's card is scanned; none for those who only look. */
  counterHref?: string | undefined;
  queue: CounterQueue;
  /** Under which the browser may still have the basket. */
  parkName: string;
  /** For a few minutes, for whoever recorded it. */
  undo?: UndoAtOnceProps | undefined;
  /** None where it is reversed already, or not the reader's to reverse. */
  reversalHref?: string | undefined;
};

/** What was exchanged, its number in the record, the slip, the way back, and the field for the next person. */
export function RedemptionPage(props: RedemptionPageProps) {
  const { t } = usePage();
  const { redemption, slipHref, counterHref, reversalHref } = props;
  const { reversedBySeq } = redemption;
  const isReversed = reversedBySeq !== null;
  const sentence = t('exchange.redemption.done', {
    name: redemption.headName,
    goods: goodsInWords(t, redemption.lines),
    spent: formatPoints(redemption.spentCentipoints),
    left: formatPoints(redemption.balanceAfterCentipoints),
  });
  return (
    <Layout
      title={isReversed ? t('exchange.redemption.reversedTitle') : t('exchange.redemption.title')}
      notice={
        <Notice kind={isReversed ? 'warning' : 'success'} title={sentence} focused={!counterHref}>
          {isReversed
            ? t('exchange.redemption.reversed', { seq: reversedBySeq })
            : t('exchange.redemption.seq', { seq: redemption.seq })}
        </Notice>
      }
    >
      <ButtonRow>
        {!isReversed && (
          <LinkButton href={slipHref} icon="print" shortcut="F10">
            {t('exchange.redemption.print')}
          </LinkButton>
        )}
        {reversalHref && (
          <LinkButton href={reversalHref} icon="undo" look="danger">
            {t('exchange.redemption.undo')}
          </LinkButton>
        )}
      </ButtonRow>
      {counterHref && <span data-exchanged={leftBasketName(props.parkName)} data-card={redemption.cardNumber} hidden />}
      {counterHref && <QueuePanel queue={props.queue} from="counter" />}
      {counterHref && <NextPerson counterHref={counterHref} />}
      {props.undo && <UndoAtOnce {...props.undo} />}
      <Details {...props} />
      <PhotoStrip photos={props.photos} what={t('exchange.presence.photo')} />
    </Layout>
  );
}

/** The next scan starts the next person. */
function NextPerson({ counterHref }: { counterHref: string }) {
  const { t } = usePage();
  return (
    <form class="panel redemption-next" method="get" action={counterHref}>
      <label class="field-label" for="next-code">
        {t('exchange.redemption.next')}
      </label>
      <div class="search-row">
        <input
          class="input counter-input"
          id="next-code"
          name="code"
          data-scan
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="go"
          autofocus
        />
        <SubmitButton icon="arrow">{t('exchange.redemption.nextEnter')}</SubmitButton>
      </div>
    </form>
  );
}

function Details({ redemption, actHref, cardHref }: RedemptionPageProps) {
  const { t } = usePage();
  const columns: Column<RedemptionLine>[] = [
    {
      label: t('exchange.redemption.name'),
      cell: (line) => (
        <>
          {line.name} <span class="soft">{line.spec}</span>
        </>
      ),
      rowHeader: true,
    },
    { label: t('exchange.redemption.quantity'), cell: (line) => `${line.quantity} ${line.unit}`, numeric: true },
    {
      label: t('exchange.redemption.price'),
      cell: (line) => <Points centipoints={line.priceCentipoints} />,
      numeric: true,
    },
    {
      label: t('exchange.redemption.line'),
      cell: (line) => <Points centipoints={line.priceCentipoints * line.quantity} />,
      numeric: true,
    },
  ];
  const { spentCentipoints, balanceAfterCentipoints } = redemption;
  return (
    <>
      <DataTable
        caption={t('exchange.redemption.goods')}
        columns={columns}
        rows={redemption.lines}
        rowKey={(line) => line.code}
        totals={[t('exchange.redemption.total'), '', '', <Points key="total" centipoints={spentCentipoints} />]}
      />
      <Panel>
        <Facts
          facts={[
            { label: t('exchange.redemption.household'), value: <a href={cardHref}>{redemption.headName}</a> },
            { label: t('exchange.redemption.group'), value: redemption.groupName },
            { label: t('exchange.redemption.cardNumber'), value: redemption.cardNumber },
            ...presenceFacts(t, redemption),
            {
              label: t('exchange.redemption.before'),
              value: <Points centipoints={balanceAfterCentipoints + spentCentipoints} />,
            },
            { label: t('exchange.redemption.spent'), value: <Points centipoints={spentCentipoints} /> },
            { label: t('exchange.redemption.after'), value: <Points centipoints={balanceAfterCentipoints} /> },
            {
              label: t('exchange.redemption.time'),
              value: <DayText day={redemption.day} time={redemption.time} />,
            },
            { label: t('exchange.redemption.by'), value: redemption.recordedByName },
            {
              label: t('exchange.redemption.seqLabel'),
              value: <a href={actHref}>{t('exchange.redemption.seqNumber', { seq: redemption.seq })}</a>,
            },
          ]}
        />
      </Panel>
    </>
  );
}
