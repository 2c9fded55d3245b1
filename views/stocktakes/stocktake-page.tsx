import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { fieldId } from '../shared/field.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { Yuan } from '../shared/yuan.tsx';
import type { StocktakeRow } from './stocktakes-page.tsx';

/** While it is counted: nothing of what should be there. */
export type BlindLine = {
  code: string;
  name: string;
  spec: string;
  unit: string;
  zone: 'GRAIN_OIL' | 'DAILY' | 'WASH' | 'CLOTH' | 'AGRI' | 'APPL';
  typed: string;
};

export type ReviewLine = {
  code: string;
  name: string;
  spec: string;
  unit: string;
  expected: number;
  counted: number;
  cause: string | null;
  valueFen: number | null;
};

export type StocktakePageProps = {
  href: string;
  listHref: string;
  stocktake: StocktakeRow & { seq: number | null };
  refusal?: string | undefined;
  errors?: FieldErrors | undefined;
  /** While counting. */
  blind?: readonly BlindLine[] | undefined;
  countedAt: string;
  saved: boolean;
  /** While counting: what was typed for the scanner, and what it read last. */
  scan: { typed: string; last?: { name: string; spec: string; unit: string; counted: number | null } | undefined };
  /** Afterwards: the differences alone. */
  differences?: readonly ReviewLine[] | undefined;
  countedKinds: number;
  actHref?: string | undefined;
  may: { count: boolean; post: boolean };
};

const CAUSES = ['damaged', 'expired', 'unrecorded', 'miscounted', 'lost', 'unexplained', 'other'] as const;

/** One count, at whatever state it is. */
export function StocktakePage(props: StocktakePageProps) {
  const { t } = usePage();
  const { stocktake } = props;
  return (
    <Layout
      title={`${t(`stocktakes.kind.${stocktake.kind}`)} · ${t(`stocktakes.state.${stocktake.state}`)}`}
      crumbs={[{ href: props.listHref, label: t('stocktakes.title') }]}
      errors={props.errors ?? []}
      notice={<StocktakeNotice {...props} />}
    >
      <Panel>
        <Facts
          facts={[
            { label: t('stocktakes.day'), value: <DayText day={stocktake.openedDay} /> },
            { label: t('stocktakes.counters'), value: `${stocktake.openedByName}、${stocktake.secondCounter}` },
            ...(stocktake.closedByName ? [{ label: t('stocktakes.closedBy'), value: stocktake.closedByName }] : []),
            ...(props.actHref && stocktake.seq !== null
              ? [
                  {
                    label: t('goods.receipt.seqLabel'),
                    value: <a href={props.actHref}>{t('goods.receipt.seqNumber', { seq: stocktake.seq })}</a>,
                  },
                ]
              : []),
          ]}
        />
      </Panel>
      {props.blind && <CountForm {...props} blind={props.blind} />}
      {props.differences && <Review {...props} differences={props.differences} />}
      {(stocktake.state === 'counting' || stocktake.state === 'reviewing') && props.may.count && (
        <details class="more">
          <summary>{t('stocktakes.abandonTitle')}</summary>
          <PostForm action={`${props.href}/abandonments`} class="more-body">
            <p>{t('stocktakes.abandonText')}</p>
            <ButtonRow>
              <SubmitButton look="danger">{t('stocktakes.abandon')}</SubmitButton>
            </ButtonRow>
          </PostForm>
        </details>
      )}
    </Layout>
  );
}

function StocktakeNotice({ refusal, saved, stocktake }: StocktakePageProps) {
  const { t } = usePage();
  if (refusal) {
    return (
      <Notice kind="refusal" focused>
        {refusal}
      </Notice>
    );
  }
  if (!saved && stocktake.state !== 'posted') return null;
  return (
    <Notice kind="success" focused>
      {saved
        ? t(stocktake.state === 'reviewing' ? 'stocktakes.savedCauses' : 'stocktakes.saved')
        : t('stocktakes.postedText')}
    </Notice>
  );
}

type CountFormProps = StocktakePageProps & { blind: readonly BlindLine[] };

function CountForm({ href, blind, countedAt, errors = [], may, scan }: CountFormProps) {
  const { t } = usePage();
  const zones = [...new Set(blind.map(({ zone }) => zone))];
  return (
    <>
      <ButtonRow>
        <LinkButton href={`${href}/sheet`} icon="print">
          {t('stocktakes.sheet')}
        </LinkButton>
      </ButtonRow>
      {may.count && (
        <PostForm action={`${href}/counts`} class="steps">
          <p class="field-hint">{t('stocktakes.blindHint')}</p>
          <Panel title={t('stocktakes.scanTitle')}>
            {scan.last && (
              <p role="status">
                {t('stocktakes.scanned', {
                  goods: `${scan.last.name} ${scan.last.spec}`,
                  quantity: scan.last.counted ?? 0,
                  unit: scan.last.unit,
                })}
              </p>
            )}
            <TextField
              name="code"
              label={t('stocktakes.scan')}
              hint={t('stocktakes.scanHint')}
              maxLength={40}
              scan
              autofocus={scan.last !== undefined}
              value={errors.some(({ name }) => name === 'code') ? scan.typed : ''}
              optional
              error={errors.find(({ name }) => name === 'code')?.message}
            />
            <ButtonRow>
              <SubmitButton look="secondary" name="do" value="scan">
                {t('stocktakes.scanAdd')}
              </SubmitButton>
            </ButtonRow>
          </Panel>
          {zones.map((zone) => (
            <Panel key={zone} title={t(`goods.zone.${zone}`)}>
              <div class="field-rows">
                {blind
                  .filter((line) => line.zone === zone)
                  .map((line) => (
                    <TextField
                      key={line.code}
                      name={`counted.${line.code}`}
                      label={`${line.name} ${line.spec}`}
                      inputMode="numeric"
                      size="short"
                      unit={line.unit}
                      optional="unsaid"
                      maxLength={6}
                      value={line.typed}
                      error={errors.find(({ name }) => name === `counted.${line.code}`)?.message}
                    />
                  ))}
              </div>
            </Panel>
          ))}
          <Panel title={t('stocktakes.when')}>
            <TextField
              name="countedAt"
              label={t('stocktakes.countedAt')}
              hint={t('stocktakes.countedAtHint')}
              size="short"
              optional
              maxLength={5}
              value={countedAt}
              error={errors.find(({ name }) => name === 'countedAt')?.message}
            />
          </Panel>
          <ButtonRow>
            <SubmitButton look="secondary" name="do" value="save">
              {t('stocktakes.save')}
            </SubmitButton>
            <SubmitButton icon="arrow" name="do" value="review">
              {t('stocktakes.allCounted')}
            </SubmitButton>
          </ButtonRow>
        </PostForm>
      )}
    </>
  );
}

type ReviewProps = StocktakePageProps & { differences: readonly ReviewLine[] };

function Review({ href, stocktake, differences, countedKinds, may }: ReviewProps) {
  const { t } = usePage();
  const isOpen = stocktake.state === 'reviewing';
  /** Before every difference has its cause, that comes first. */
  const isNamed = differences.every(({ cause }) => cause !== null);
  const columns: Column<ReviewLine>[] = [
    { label: t('goods.name'), cell: ({ name, spec }) => `${name} ${spec}`, rowHeader: true },
    { label: t('stocktakes.expected'), cell: ({ expected }) => expected, numeric: true },
    { label: t('stocktakes.counted'), cell: ({ counted }) => counted, numeric: true },
    {
      label: t('stocktakes.difference'),
      cell: ({ expected, counted }) => <strong>{signed(counted - expected)}</strong>,
      numeric: true,
    },
    { label: t('goods.value'), cell: ({ valueFen }) => valueFen !== null && <Yuan fen={valueFen} />, numeric: true },
    {
      label: t('goods.item.cause'),
      cell: ({ code, cause }) =>
        isOpen && may.count ? (
          <SelectField
            name={`cause.${code}`}
            id={fieldId({ name: `cause-${code}` })}
            label={t('goods.item.cause')}
            prompt={t('stocktakes.chooseCause')}
            optional="unsaid"
            form="causes"
            value={cause ?? ''}
            options={CAUSES.map((one) => ({ value: one, label: t(`goods.cause.${one}`) }))}
          />
        ) : (
          known(cause) && t(`goods.cause.${known(cause) ?? 'other'}`)
        ),
    },
  ];
  return (
    <>
      <DataTable
        caption={t('stocktakes.differences', { count: differences.length, kinds: countedKinds })}
        columns={columns}
        rows={differences}
        rowKey={({ code }) => code}
        empty={<p>{t('stocktakes.noDifference', { kinds: countedKinds })}</p>}
      />
      {isOpen && may.count && (
        <PostForm action={`${href}/reviews`} id="causes">
          <ButtonRow>
            <SubmitButton look="secondary" name="do" value="recount">
              {t('stocktakes.recount')}
            </SubmitButton>
            {differences.length > 0 && (
              <SubmitButton name="do" value="causes" look={isNamed ? 'secondary' : 'primary'}>
                {t('stocktakes.saveCauses')}
              </SubmitButton>
            )}
          </ButtonRow>
        </PostForm>
      )}
      {isOpen && may.post && (
        <PostForm action={`${href}/postings`}>
          <p class="field-hint">{t('stocktakes.postHint')}</p>
          <ButtonRow>
            <SubmitButton icon="check" look={isNamed ? 'primary' : 'secondary'}>
              {t('stocktakes.post')}
            </SubmitButton>
          </ButtonRow>
        </PostForm>
      )}
    </>
  );
}

function known(cause: string | null) {
  return CAUSES.find((one) => one === cause);
}

function signed(quantity: number): string {
  return quantity > 0 ? `+${quantity}` : `−${-quantity}`;
}
