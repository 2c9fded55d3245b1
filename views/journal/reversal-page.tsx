import type { ReversalBasis, ReversalGoods, ReversalLine } from '../../src/journal/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import type { Translate } from '../shared/dictionary.ts';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points, SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { TextField } from '../shared/text-field.tsx';
import { actSentence, goodsText } from './act-sentence.ts';

/** Ready reasons in the order in which they are offered; `undo` only shortly after the act. */
export const REASONS = ['undo', 'household', 'points', 'twice', 'goods', 'other'] as const;

export type Reason = (typeof REASONS)[number];

export type ReversalPageProps = {
  basis: ReversalBasis;
  /** `/villages/…` */
  villageHref: string;
  which: { seq: number } | { operation: string };
  reasons: readonly Reason[];
  chosen?: string | undefined;
  otherReason?: string | undefined;
  idempotencyKey: string;
  errors?: FieldErrors | undefined;
  /** What came of the press; it stands before what the page itself knows. */
  refusal?: { refused: string } | undefined;
};

/** 冲正: first what will be undone, household by household, then why, then one button that names it. */
export function ReversalPage(props: ReversalPageProps) {
  const page = usePage();
  const { t } = page;
  const { basis, villageHref, errors } = props;
  const [first] = basis.acts;
  const refusal = props.refusal ?? basis.refusal;
  const canPost = basis.refusal === null;
  return (
    <Layout
      title={t('journal.reversal.title')}
      heading={
        basis.acts.length === 1 && first
          ? t('journal.reversal.heading', { what: t('journal.number', { seq: first.seq }) })
          : t('journal.reversal.headingMany', { count: basis.acts.length })
      }
      lead={canPost ? t('journal.reversal.lead') : undefined}
      crumbs={[{ href: `${villageHref}/acts`, label: t('journal.title') }]}
      errors={errors}
      notice={refusal && <Refused refusal={refusal} focused={props.refusal !== undefined} villageHref={villageHref} />}
    >
      {first && basis.acts.length === 1 && <p class="act-line">{actSentence(first, page)}</p>}
      <Skipped basis={basis} />
      <Effect {...props} canPost={canPost} />
      <Batch {...props} />
      {canPost && <ReasonForm {...props} />}
    </Layout>
  );
}

function Refused(props: { refusal: { refused: string }; focused: boolean; villageHref: string }) {
  const { t, locale } = usePage();
  const { refusal, villageHref } = props;
  const bySeq = 'bySeq' in refusal && typeof refusal.bySeq === 'number' ? refusal.bySeq : undefined;
  return (
    <Notice kind="refusal" focused={props.focused}>
      <p>{refusalText(locale, refusal)}</p>
      {bySeq !== undefined && (
        <p>
          <a href={`${villageHref}/acts/${bySeq}`}>{t('journal.reversal.alreadyLink', { seq: bySeq })}</a>
        </p>
      )}
    </Notice>
  );
}

function Skipped({ basis }: { basis: ReversalBasis }) {
  const { t } = usePage();
  const done = basis.acts.filter(({ reversedBySeq }) => reversedBySeq !== null).length;
  if (done === 0 || done === basis.acts.length) return null;
  return (
    <Notice kind="info">
      <p>{t('journal.reversal.skipped', { count: basis.acts.length, done })}</p>
    </Notice>
  );
}

function Effect({ basis, villageHref, canPost }: ReversalPageProps & { canPost: boolean }) {
  const { t } = usePage();
  const { lines, goods } = basis;
  if (lines.length === 0 && goods.length === 0) return null;
  const manyTried = !canPost && lines.length > 1;
  return (
    <Panel title={t('journal.reversal.effect')}>
      {manyTried && <p>{t('journal.reversal.oneByOneHint')}</p>}
      {lines.length > 0 && (
        <DataTable
          caption={t('journal.reversal.effect')}
          captionHidden
          columns={lineColumns(t, villageHref, manyTried).filter((_, index) => lines.length > 1 || index !== 1)}
          rows={lines}
          rowKey={({ act }) => act.seq}
        />
      )}
      {goods.length > 0 && <GoodsBack goods={goods} />}
    </Panel>
  );
}

function lineColumns(t: Translate, villageHref: string, oneByOne: boolean): Column<ReversalLine>[] {
  return [
    {
      label: t('journal.reversal.column.household'),
      cell: ({ act }) => `${act.household?.name ?? ''} ${act.household?.groupName ?? ''}`,
      rowHeader: true,
    },
    {
      label: t('journal.reversal.column.act'),
      cell: ({ act }) => (
        <a
          class="act-number"
          href={oneByOne ? `${villageHref}/reversals/new?seq=${act.seq}` : `${villageHref}/acts/${act.seq}`}
        >
          {oneByOne ? t('journal.reversal.heading', { what: act.seq }) : act.seq}
        </a>
      ),
    },
    {
      label: t('journal.reversal.column.now'),
      cell: ({ balanceCentipoints }) => <Points centipoints={balanceCentipoints} />,
      numeric: true,
    },
    {
      label: t('journal.reversal.column.change'),
      cell: ({ changeCentipoints }) => <SignedPoints centipoints={changeCentipoints} />,
      numeric: true,
    },
    {
      label: t('journal.reversal.column.after'),
      cell: ({ balanceAfterCentipoints: after }) =>
        after < 0 ? (
          <strong class="points-take">{t('journal.reversal.short', { missing: formatPoints(-after) })}</strong>
        ) : (
          <strong>
            <Points centipoints={after} />
          </strong>
        ),
      numeric: true,
    },
  ];
}

function GoodsBack({ goods }: { goods: readonly ReversalGoods[] }) {
  const { t } = usePage();
  const isBack = goods.some(({ quantity }) => quantity > 0);
  const list = goodsText(
    goods.map((item) => ({ ...item, quantity: Math.abs(item.quantity) })),
    t,
  );
  return (
    <p>
      {isBack ? t('journal.reversal.goodsBack', { goods: list }) : t('journal.reversal.goodsAway', { goods: list })}
    </p>
  );
}

/** A mistake in one line of a batch is often a mistake in all of them. */
function Batch({ basis, villageHref, which }: ReversalPageProps) {
  const { t } = usePage();
  const count = basis.siblings.length;
  const [first] = basis.acts;
  if ('operation' in which || count === 1 || !first) return null;
  return (
    <p>
      {t('journal.reversal.batch', { count: count - 1 })}{' '}
      <a class="batch-link" href={`${villageHref}/reversals/new?operation=${first.operationId}`}>
        {t('journal.reversal.batchAll', { count })}
      </a>
    </p>
  );
}

function ReasonForm(props: ReversalPageProps) {
  const { t } = usePage();
  const { basis, which, errors = [], reasons } = props;
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <PostForm
      action={`${props.villageHref}/reversals`}
      idempotencyKey={props.idempotencyKey}
      hidden={which}
      class="flow"
    >
      <ChoiceGroup
        kind="radio"
        name="reason"
        label={t('journal.reversal.reason')}
        hint={t('journal.reversal.reasonHint')}
        error={errorOf('reason')}
        chosen={props.chosen === undefined ? [] : [props.chosen]}
        choices={reasons.map((reason) => ({ value: reason, label: t(`journal.reversal.reason.${reason}`) }))}
        columns="sentences"
      />
      <TextField
        name="otherReason"
        label={t('journal.reversal.otherReason')}
        hint={t('journal.reversal.otherHint')}
        error={errorOf('otherReason')}
        value={props.otherReason}
        maxLength={100}
        optional
      />
      <ActionBar summary={summaryWords(basis, t)}>
        <SubmitButton look="danger" icon="undo">
          {buttonWords(basis, t)}
        </SubmitButton>
      </ActionBar>
    </PostForm>
  );
}

/** 王建国：102 → 100 分 */
function summaryWords({ lines, goods }: ReversalBasis, t: Translate): string {
  const [first] = lines;
  if (!first) return t('journal.reversal.summaryGoods', { count: countOf(goods) });
  if (lines.length > 1) return t('journal.reversal.summaryMany', { count: lines.length });
  return t('journal.reversal.summaryOne', {
    household: first.act.household?.name ?? '',
    before: formatPoints(first.balanceCentipoints),
    after: formatPoints(first.balanceAfterCentipoints),
  });
}

function countOf(goods: readonly ReversalGoods[]): number {
  return goods.reduce((sum, { quantity }) => sum + Math.abs(quantity), 0);
}

/** 冲正：收回 2 分 */
function buttonWords({ lines, goods }: ReversalBasis, t: Translate): string {
  if (lines.length === 0) return t('journal.reversal.buttonGoods', { count: countOf(goods) });
  const change = lines.reduce((sum, { changeCentipoints }) => sum + changeCentipoints, 0);
  const points = formatPoints(Math.abs(change));
  if (lines.length === 1) {
    return change < 0 ? t('journal.reversal.buttonTake', { points }) : t('journal.reversal.buttonGive', { points });
  }
  const values = { count: lines.length, points };
  return change < 0 ? t('journal.reversal.buttonTakeMany', values) : t('journal.reversal.buttonGiveMany', values);
}
