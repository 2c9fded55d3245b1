import type { ComponentChildren } from 'preact';
import type { ShownGift } from '../../src/donations/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { formatDay } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { type PageContext, usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoStrip } from '../shared/photo-field.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { formatYuan, typedYuan, Yuan } from '../shared/yuan.tsx';
import { SumsPanel } from './donations-page.tsx';
import { type GiftRow, GiftRows } from './gift-rows.tsx';
import { MoneyForm, ShelfForm } from './gift-use-forms.tsx';
import { GiftStateTag, giftInWords } from './gift-words.tsx';

/** What can be done with it now, by who looks. */
export type GiftTodo = 'receive' | 'inspect' | 'inspectWait' | 'spend' | 'shelve' | 'trace' | 'report';

export type GiftPageProps = {
  shown: ShownGift;
  donorName: string;
  todo: readonly GiftTodo[];
  /** Awards that the village's rules know for what somebody gave. */
  thanks: readonly { href: string; rule: string; times: number; centipoints: number }[];
  goods: readonly { code: string; name: string }[];
  /** Of the form that counts goods: received, found good or shelved. */
  rows: readonly GiftRow[];
  shelfRows: readonly GiftRow[];
  values: Readonly<Record<string, string>>;
  waitingFen: number;
  photos: readonly { href: string; width: number; height: number }[];
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** One gift: what happened to it, where every fen of it is, and what is to be done next. */
export function GiftPage(props: GiftPageProps) {
  const { t, locale, today } = usePage();
  const href = useVillageHref();
  const { shown, donorName, todo, thanks, errors, notice, photos } = props;
  const { gift, sums } = shown;
  const at = href(`/gifts/${gift.seq}`);
  return (
    <Layout
      title={t('donations.giftTitle', { seq: gift.seq })}
      crumbs={[{ href: href('/gifts'), label: t('donations.gifts') }]}
      errors={errors}
      notice={notice}
      actions={
        <>
          {gift.receipt && <LinkButton href={`${at}/receipt`}>{t('donations.printReceipt')}</LinkButton>}
          {gift.trace && <LinkButton href={`${at}/letter`}>{t('donations.printLetter')}</LinkButton>}
        </>
      }
    >
      <Panel>
        <Facts
          facts={[
            { label: t('donations.donor'), value: donorName },
            { label: t('donations.what'), value: giftInWords(shown, t) },
            { label: t('donations.worth'), value: <Yuan fen={gift.received || gift.announcedFen} /> },
            { label: t('donations.fund'), value: t(`donations.fund.${gift.fund}`) },
            { label: t('donations.state'), value: <GiftStateTag gift={gift} /> },
            ...(gift.wish === null ? [] : [{ label: t('donations.wish'), value: gift.wish }]),
          ]}
        />
        <PhotoStrip photos={photos} what={giftInWords(shown, t)} />
      </Panel>
      {todo.map((what) => (
        <TodoPanel key={what} what={what} at={at} {...props} />
      ))}
      {thanks.length > 0 && (
        <Panel title={t('donations.thanks.title')}>
          <p>{t('donations.thanks.text')}</p>
          <ul>
            {thanks.map(({ href: to, rule, times, centipoints }) => (
              <li key={to}>
                <a href={to}>{t('donations.thanks.award', { rule, times, points: formatPoints(centipoints) })}</a>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {gift.receipt && <SumsPanel sums={sums} />}
      <Panel title={t('donations.history')}>
        <ul class="link-list">
          {historyOf(shown, t).map(({ seq, on, what }) => (
            <li key={`${seq} ${what}`}>
              <a href={href(`/acts/${seq}`)}>
                {t('donations.historyLine', { day: formatDay(on, locale, { today }), what })}
              </a>
            </li>
          ))}
        </ul>
      </Panel>
    </Layout>
  );
}

type TodoProps = GiftPageProps & { what: GiftTodo; at: string };

function TodoPanel({ what, at, shown, goods, rows, values, idempotencyKey, errors, ...rest }: TodoProps) {
  const { t } = usePage();
  const { gift } = shown;
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  const isMoney = gift.kind === 'money';
  switch (what) {
    case 'receive':
      return (
        <Panel title={t('donations.step.receive')}>
          <p>{t('donations.step.receiveText')}</p>
          <PostForm action={`${at}/steps`} idempotencyKey={idempotencyKey} hidden={{ step: 'receive' }}>
            {isMoney ? (
              <TextField
                name="fen"
                label={t('donations.fen')}
                inputMode="decimal"
                size="short"
                value={values['fen'] ?? typedYuan(gift.announcedFen)}
                error={errorOf('fen')}
              />
            ) : (
              <GiftRows rows={rows} options={goods} error={errorOf('goods-0')} isFixed />
            )}
            <SubmitButton>{t('donations.step.receiveButton')}</SubmitButton>
          </PostForm>
        </Panel>
      );
    case 'inspect':
      return (
        <Panel title={t('donations.step.inspect')}>
          <p>{t('donations.step.inspectText')}</p>
          <PostForm action={`${at}/inspections`} idempotencyKey={idempotencyKey}>
            {!isMoney && <GiftRows rows={rows} options={goods} error={errorOf('goods-0')} isFixed />}
            <TextField
              name="reason"
              label={t('donations.step.reason')}
              optional
              maxLength={200}
              value={values['reason'] ?? ''}
              error={errorOf('reason')}
            />
            <div class="button-row">
              <SubmitButton name="outcome" value="passed">
                {t('donations.step.pass')}
              </SubmitButton>
              <SubmitButton name="outcome" value="refused" look="danger">
                {t('donations.step.refuse')}
              </SubmitButton>
            </div>
          </PostForm>
        </Panel>
      );
    case 'inspectWait':
      return (
        <Panel title={t('donations.step.inspect')}>
          <p>{t('donations.step.inspectWait')}</p>
        </Panel>
      );
    case 'spend':
      return <MoneyForm {...{ at, gift, values, idempotencyKey, errorOf }} />;
    case 'shelve':
      return <ShelfForm {...{ at, gift, goods, values, idempotencyKey, errorOf, ...rest }} />;
    case 'trace':
    case 'report':
      return (
        <Panel title={t(`donations.step.${what}`)}>
          <p>{t(`donations.step.${what}Text`)}</p>
          <PostForm action={`${at}/steps`} idempotencyKey={idempotencyKey} hidden={{ step: what }}>
            <SubmitButton look={what === 'trace' ? 'secondary' : 'primary'}>
              {t(`donations.step.${what}Button`)}
            </SubmitButton>
          </PostForm>
        </Panel>
      );
  }
}

function historyOf({ gift }: ShownGift, t: Translate): { seq: number; on: string; what: string }[] {
  const { seq, announcedOn, receipt, inspection, spendings, shelvings, trace, reportedOn } = gift;
  const lines = [{ seq, on: announcedOn, what: t('donations.history.announced') }];
  if (receipt) {
    const what = t('donations.history.received', { receipt: receipt.number, by: receipt.by });
    lines.push({ seq: receipt.seq, on: receipt.on, what });
  }
  if (inspection) {
    const { by, reason } = inspection;
    const what = inspection.passed
      ? t('donations.history.passed', { yuan: formatYuan(gift.accepted), by })
      : t('donations.history.refused', { reason: reason ?? '', by });
    lines.push({ seq: inspection.seq, on: inspection.on, what });
  }
  for (const { seq: at, on, fen, purpose } of spendings) {
    const what = t('donations.history.spent', { yuan: formatYuan(fen), purpose: t(`donations.purpose.${purpose}`) });
    lines.push({ seq: at, on, what });
  }
  for (const { seq: at, on } of shelvings)
    lines.push({ seq: at, on, what: t('donations.history.shelved', { seq: at }) });
  if (trace) {
    const { pieces, households } = trace;
    lines.push({ seq: trace.seq, on: trace.on, what: t('donations.history.traced', { pieces, households }) });
    if (reportedOn) lines.push({ seq: trace.seq, on: reportedOn, what: t('donations.history.reported') });
  }
  return lines.sort((one, other) => one.seq - other.seq);
}

export type Language = Pick<PageContext, 't' | 'locale'>;
