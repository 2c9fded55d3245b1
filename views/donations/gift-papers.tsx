import type { ShownGift } from '../../src/donations/index.ts';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { SealPlace } from '../shared/seal-place.tsx';
import { formatYuan } from '../shared/yuan.tsx';
import { capitalYuan } from './capital-yuan.ts';
import { donorName } from './donor-name.ts';
import { giftInWords } from './gift-words.tsx';

export type GiftPaperProps = {
  shown: ShownGift;
  village: { code: string; name: string };
  backHref: string;
  /** Where the record can be checked; the whole address. */
  recordUrl: string;
};

/** 收据 on A4, with the sum in capitals. */
export function GiftReceiptPage({ shown, village, backHref }: GiftPaperProps) {
  const { t, locale } = usePage();
  const { gift, donor, goods } = shown;
  const { receipt, received } = gift;
  if (!receipt) return null;
  const sum = { yuan: formatYuan(received), capital: capitalYuan(received) };
  const number = String(receipt.number).padStart(4, '0');
  return (
    <PrintLayout title={t('donations.receiptTitle')} paper="a4" backHref={backHref}>
      <h1 class="notice-heading">{t('donations.receiptTitle')}</h1>
      <p class="numeric">{t('donations.receiptNo', { code: village.code.slice(-6), number })}</p>
      <p>{formatDay(receipt.on, locale)}</p>
      <p>{t('donations.receiptText', { donor: donorName(donor, t) })}</p>
      {gift.kind === 'goods' && (
        <ul>
          {goods.map(({ code, name, quantity, value }) => (
            <li key={`${code} ${value}`}>
              {name} ×{quantity}，{t('shared.yuanOf', { yuan: formatYuan(quantity * value) })}
            </li>
          ))}
        </ul>
      )}
      <p>
        <strong>{t(gift.kind === 'money' ? 'donations.receiptMoney' : 'donations.receiptGoods', sum)}</strong>
      </p>
      <div class="notice-sign">
        <div class="notice-names">
          <p>{t('donations.receiptSign', { by: receipt.by })}</p>
          <p>{t('donations.receiptChecker')}</p>
        </div>
        <SealPlace />
      </div>
      <p class="soft">{t('donations.receiptLog', { seq: receipt.seq })}</p>
    </PrintLayout>
  );
}

/** 感谢信: what became of the gift, counted out of the ledger; households are counted and never named. */
export function GiftLetterPage({ shown, village, backHref, recordUrl }: GiftPaperProps) {
  const { t, locale } = usePage();
  const { gift, donor } = shown;
  const { trace } = gift;
  if (!trace) return null;
  const day = formatDay(trace.on, locale, { short: true });
  return (
    <PrintLayout title={t('donations.letterTitle')} paper="a4" backHref={backHref}>
      <h1 class="notice-heading">{t('donations.letterTitle')}</h1>
      <p>{t('donations.letterDear', { donor: donorName(donor, t) })}</p>
      <p class="notice-summary">
        {t('donations.letterThanks', {
          day: formatDay(gift.receipt?.on ?? gift.announcedOn, locale, { short: true }),
          village: village.name,
          what: giftInWords(shown, t),
          yuan: formatYuan(gift.received),
        })}
      </p>
      <p class="notice-summary">
        {trace.pieces === 0
          ? t(gift.kind === 'money' ? 'donations.letterBought' : 'donations.letterNothing', {
              day,
              spent: formatYuan(gift.spent),
              unspent: formatYuan(gift.accepted - gift.spent),
            })
          : t('donations.letterBecame', {
              day,
              pieces: trace.pieces,
              issued: formatYuan(trace.fen),
              households: trace.households,
            })}
      </p>
      {(trace.pieces > 0 || trace.lostFen > 0) && (
        <p class="notice-summary">
          {t('donations.letterLeft', { left: formatYuan(trace.leftFen), lost: formatYuan(trace.lostFen) })}
        </p>
      )}
      <p class="notice-summary">{t('donations.letterPrivate')}</p>
      <p class="notice-summary">{t('donations.letterCheck', { seq: gift.seq, trace: trace.seq, url: recordUrl })}</p>
      <div class="notice-sign">
        <div class="notice-names numeric">
          <p>{t('donations.letterSign', { village: village.name })}</p>
          <p>{day}</p>
        </div>
        <SealPlace />
      </div>
    </PrintLayout>
  );
}
