import { formatPoints } from '../../src/platform/points.ts';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { TextField } from '../shared/text-field.tsx';
import { Yuan } from '../shared/yuan.tsx';

export type LotFacts = {
  lotId: number;
  receivedOn: string;
  source: string;
  unitValueFen: number;
  useBy: string | null;
  quantity: number;
  awaitsCheck: boolean;
};

export type GoodsItemFacts = {
  code: string;
  name: string;
  spec: string;
  unit: string;
  newestValueFen: number;
  priceCentipoints: number;
  quantityOnHand: number;
  isRestricted: boolean;
  isOffered: boolean;
  monthMax: number | null;
  yearMax: number | null;
  reorder: number | null;
};

export type GoodsItemPageProps = {
  item: GoodsItemFacts;
  lots: readonly LotFacts[];
  /** What value ÷ rate comes to. */
  ratedCentipoints: number;
  waiting: readonly { proposalId: number; kind: 'price' | 'first' | 'writeoff' }[];
  stockHref: string;
  historyHref: string;
  proposalsHref: string;
  /** The forms, for those who may. */
  manage?: ManageProps | undefined;
  refusal?: string | undefined;
  errors?: FieldErrors | undefined;
};

export type ManageProps = {
  itemHref: string;
  idempotencyKey: string;
  /** As it was typed. */
  values: Readonly<Record<string, string>>;
};

/** What goods are written off for. */
const WRITE_OFF_CAUSES = ['damaged', 'expired', 'recalled', 'lost', 'other'] as const;

/** One kind of goods for those who look after it: its lots, its price, its limits. */
export function GoodsItemPage(props: GoodsItemPageProps) {
  const { t } = usePage();
  const { item, manage, errors = [] } = props;
  const inPieces = (count: number | null) => (count === null ? null : `${count} ${item.unit}`);
  return (
    <Layout
      title={`${item.name} ${item.spec}`}
      crumbs={[{ href: props.stockHref, label: t('goods.stock.title') }]}
      errors={errors}
      notice={
        props.refusal ? (
          <Notice kind="refusal" focused>
            {props.refusal}
          </Notice>
        ) : (
          item.isRestricted && <Notice kind="info">{t('goods.item.stopped')}</Notice>
        )
      }
    >
      <Panel title={t('goods.item.now')}>
        <Facts
          facts={[
            { label: t('goods.price'), value: <Points centipoints={item.priceCentipoints} /> },
            { label: t('goods.item.onHand'), value: `${item.quantityOnHand} ${item.unit}` },
            { label: t('goods.item.monthMax'), value: inPieces(item.monthMax) ?? t('goods.item.noLimit') },
            { label: t('goods.item.yearMax'), value: inPieces(item.yearMax) ?? t('goods.item.noLimit') },
            ...(item.reorder === null ? [] : [{ label: t('goods.item.reorder'), value: inPieces(item.reorder) }]),
            ...(item.isOffered ? [] : [{ label: t('goods.item.restricted'), value: t('goods.item.firstWaits') }]),
          ]}
        />
        <ButtonRow>
          <LinkButton href={props.historyHref}>{t('goods.item.history')}</LinkButton>
          {props.waiting.length > 0 && (
            <LinkButton href={props.proposalsHref} icon="arrow">
              {t('goods.item.waiting', { count: props.waiting.length })}
            </LinkButton>
          )}
          {props.waiting.length === 0 && !item.isOffered && (
            <LinkButton href={props.proposalsHref}>{t('goods.stock.proposals')}</LinkButton>
          )}
        </ButtonRow>
      </Panel>
      <Lots {...props} />
      {manage && (
        <>
          {!item.isRestricted && <PriceForms {...props} manage={manage} />}
          <WriteOffForm {...props} manage={manage} />
          {!item.isRestricted && <TermsForm {...props} manage={manage} />}
          {/^V\d{3,6}$/.test(item.code) && <NameForm {...props} manage={manage} />}
        </>
      )}
    </Layout>
  );
}

function Lots({ item, lots }: GoodsItemPageProps) {
  const { t } = usePage();
  const columns: Column<LotFacts>[] = [
    { label: t('goods.item.lot'), cell: ({ lotId }) => t('goods.item.lotNumber', { lot: lotId }), rowHeader: true },
    { label: t('goods.receive.day'), cell: ({ receivedOn }) => <DayText day={receivedOn} short /> },
    { label: t('goods.receipts.source'), cell: ({ source }) => source },
    { label: t('goods.useBy'), cell: ({ useBy }) => useBy && <DayText day={useBy} short /> },
    { label: t('goods.unitValue'), cell: ({ unitValueFen }) => <Yuan fen={unitValueFen} />, numeric: true },
    {
      label: t('goods.quantity'),
      cell: ({ quantity, awaitsCheck }) => (
        <>
          {quantity} {item.unit} {awaitsCheck && <StatusTag tone="warning">{t('goods.receipt.awaits')}</StatusTag>}
        </>
      ),
      numeric: true,
    },
  ];
  return (
    <DataTable
      caption={t('goods.item.lots')}
      columns={columns}
      rows={lots}
      rowKey={({ lotId }) => lotId}
      empty={<p class="soft">{t('goods.item.noLots')}</p>}
    />
  );
}

type FormProps = GoodsItemPageProps & { manage: ManageProps };

function errorOf(errors: FieldErrors | undefined, name: string): string | undefined {
  return errors?.find((error) => error.name === name)?.message;
}

function PriceForms({ item, ratedCentipoints, manage, errors }: FormProps) {
  const { t } = usePage();
  return (
    <Panel title={t('goods.item.pricing')}>
      {item.isOffered && ratedCentipoints !== item.priceCentipoints && (
        <PostForm action={`${manage.itemHref}/prices`} idempotencyKey={manage.idempotencyKey}>
          <p>
            {t('goods.item.rated')} <Yuan fen={item.newestValueFen} /> → <Points centipoints={ratedCentipoints} />
          </p>
          <ButtonRow>
            <SubmitButton look="secondary">{t('goods.item.priceByRate')}</SubmitButton>
          </ButtonRow>
        </PostForm>
      )}
      <PostForm action={`${manage.itemHref}/proposals`} hidden={{ kind: 'price' }}>
        <TextField
          name="price"
          label={t(item.isOffered ? 'goods.item.priceByHand' : 'goods.item.firstPrice')}
          hint={t(item.isOffered ? 'goods.item.priceHint' : 'goods.item.firstPriceHint')}
          inputMode="decimal"
          size="short"
          unit={t('goods.item.pointsUnit')}
          value={manage.values['price'] ?? (item.isOffered ? undefined : formatPoints(ratedCentipoints))}
          error={errorOf(errors, 'price')}
        />
        <TextField
          name="reason"
          label={t('goods.item.reason')}
          maxLength={100}
          value={manage.values['reason']}
          error={errorOf(errors, 'reason')}
        />
        <ButtonRow>
          <SubmitButton look="secondary">{t('goods.item.askPrice')}</SubmitButton>
        </ButtonRow>
      </PostForm>
    </Panel>
  );
}

function WriteOffForm({ lots, item, manage, errors }: FormProps) {
  const { t } = usePage();
  const held = lots.filter(({ quantity }) => quantity > 0);
  if (held.length === 0) return null;
  return (
    <Panel title={t('goods.item.writeOff')}>
      <PostForm action={`${manage.itemHref}/proposals`} hidden={{ kind: 'writeoff' }}>
        <SelectField
          name="lot"
          label={t('goods.item.lot')}
          value={manage.values['lot']}
          options={held.map(({ lotId, quantity, useBy }) => ({
            value: String(lotId),
            label: t('goods.item.lotChoice', { lot: lotId, count: quantity, unit: item.unit, useBy: useBy ?? '—' }),
          }))}
          error={errorOf(errors, 'lot')}
        />
        <TextField
          name="quantity"
          label={t('goods.quantity')}
          inputMode="numeric"
          size="short"
          unit={item.unit}
          value={manage.values['quantity']}
          error={errorOf(errors, 'quantity')}
        />
        <SelectField
          name="cause"
          label={t('goods.item.cause')}
          value={manage.values['cause']}
          options={WRITE_OFF_CAUSES.map((cause) => ({ value: cause, label: t(`goods.cause.${cause}`) }))}
          error={errorOf(errors, 'cause')}
        />
        <p class="field-hint">{t('goods.item.secondDecides')}</p>
        <ButtonRow>
          <SubmitButton look="secondary">{t('goods.item.askWriteOff')}</SubmitButton>
        </ButtonRow>
      </PostForm>
    </Panel>
  );
}

/** Of goods that the village added itself. */
function NameForm({ item, manage, errors }: FormProps) {
  const { t } = usePage();
  return (
    <Panel title={t('goods.item.rename')}>
      <PostForm action={`${manage.itemHref}/names`} idempotencyKey={manage.idempotencyKey}>
        <TextField
          name="name"
          label={t('goods.item.newName')}
          hint={t('goods.item.renameHint')}
          maxLength={30}
          value={manage.values['name'] ?? item.name}
          error={errorOf(errors, 'name')}
        />
        <ButtonRow>
          <SubmitButton look="secondary">{t('goods.item.renameIt')}</SubmitButton>
        </ButtonRow>
      </PostForm>
    </Panel>
  );
}

function TermsForm({ item, manage, errors }: FormProps) {
  const { t } = usePage();
  const field = (name: 'monthMax' | 'yearMax' | 'reorder') => ({
    name,
    label: t(`goods.item.${name}`),
    hint: t(name === 'reorder' ? 'goods.item.reorderHint' : 'goods.item.limitHint'),
    inputMode: 'numeric' as const,
    size: 'short' as const,
    optional: true,
    value: manage.values[name] ?? item[name] ?? '',
    error: errorOf(errors, name),
  });
  return (
    <Panel title={t('goods.item.terms')}>
      <PostForm action={`${manage.itemHref}/terms`} idempotencyKey={manage.idempotencyKey}>
        <TextField {...field('monthMax')} />
        <TextField {...field('yearMax')} />
        <TextField {...field('reorder')} />
        <ButtonRow>
          <SubmitButton look="secondary">{t('goods.item.saveTerms')}</SubmitButton>
        </ButtonRow>
      </PostForm>
      <details class="more">
        <summary>{t('goods.item.restrictTitle')}</summary>
        <PostForm action={`${manage.itemHref}/restrictions`} idempotencyKey={manage.idempotencyKey} class="more-body">
          <p>{t('goods.item.restrictText')}</p>
          <ButtonRow>
            <SubmitButton look="danger">{t('goods.item.restrict')}</SubmitButton>
          </ButtonRow>
        </PostForm>
      </details>
    </Panel>
  );
}
