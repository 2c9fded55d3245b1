import type { CountedLine, CountOutcome, Handover, OpenItem } from '../../src/handovers/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { SealPlace } from '../shared/seal-place.tsx';
import { formatYuan } from '../shared/yuan.tsx';
import { itemText } from './handover-facts.ts';

export type CertificatePageProps = {
  handover: Handover;
  lines: readonly CountedLine[];
  count: CountOutcome;
  villageName: string;
  /** Where the record can be checked; the whole address. */
  recordUrl: string;
  backHref: string;
};

/** 移交清册 on A4: goods as counted, what is open, two signatures, a witness and the place of the seal. */
export function CertificatePage({ handover, lines, count, villageName, recordUrl, backHref }: CertificatePageProps) {
  const { t, locale, today } = usePage();
  const { fromName, toName, role, openItems, stocktakeSeq, seq } = handover;
  const title = t('handovers.paper.title', { village: villageName });
  const dayText = (day: string) => formatDay(day, locale, { today });
  const columns: Column<CountedLine>[] = [
    { label: t('goods.code'), cell: ({ code }) => code },
    { label: t('goods.name'), cell: ({ name, spec }) => `${name} ${spec}`, rowHeader: true },
    { label: t('stocktakes.unit'), cell: ({ unit }) => unit },
    { label: t('stocktakes.counted'), cell: ({ counted }) => counted, numeric: true },
  ];
  const itemColumns: Column<OpenItem>[] = [
    { label: t('handovers.what'), cell: (item) => itemText(item, t), rowHeader: true },
    { label: t('handovers.since'), cell: ({ since }) => dayText(since) },
    {
      label: t('handovers.act'),
      cell: (item) => (item.seq === null ? '' : t('handovers.actNumber', { seq: item.seq })),
    },
  ];
  return (
    <PrintLayout title={title} paper="a4" backHref={backHref}>
      <h1 class="notice-heading">{title}</h1>
      <p>
        {t('handovers.paper.text', {
          from: fromName,
          to: toName ?? '',
          role: t(`people.role.${role}`),
          seq: stocktakeSeq ?? '',
          day: formatDay(count.day, locale, { short: true }),
        })}
      </p>
      <p>
        {t('handovers.paper.difference', {
          more: formatYuan(count.surplusFen),
          less: formatYuan(count.shortageFen),
        })}
      </p>
      <DataTable
        caption={t('handovers.paper.goods', { count: lines.length })}
        brief
        columns={columns}
        rows={lines}
        rowKey={({ code }) => code}
        runningHead={title}
      />
      {openItems && openItems.length > 0 ? (
        <DataTable
          caption={t('handovers.items', { count: openItems.length })}
          brief
          columns={itemColumns}
          rows={openItems}
          rowKey={(_, index) => index}
        />
      ) : (
        <p>{t('handovers.noItems')}</p>
      )}
      <div class="notice-foot signatures">
        <p>{t('handovers.paper.signFrom', { name: fromName, day: signedOn(handover.fromSignedAt, dayText, t) })}</p>
        <p>{t('handovers.paper.signTo', { name: toName ?? '', day: signedOn(handover.toSignedAt, dayText, t) })}</p>
        <p>{t('handovers.paper.signWitness')}</p>
        <SealPlace />
        <p>{seq === null ? t('handovers.paper.draft') : t('handovers.paper.record', { seq, url: recordUrl })}</p>
      </div>
    </PrintLayout>
  );
}

function signedOn(at: Date | null, dayText: (day: string) => string, t: ReturnType<typeof usePage>['t']): string {
  return at === null ? t('handovers.paper.notYet') : dayText(villageDay(at));
}
