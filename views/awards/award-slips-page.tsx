import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import { DayText } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { QrCode } from '../shared/qr-code.tsx';

type SlipLine = {
  seq: number;
  number: string;
  headName: string;
  /** Who of the household, where the award names somebody. */
  memberName: string | null;
  amountCentipoints: number;
  balanceAfterCentipoints: number;
  reversedBySeq: number | null;
  /** Where anybody's phone can check the record; the whole address. */
  recordUrl: string;
};

export type AwardSlipsPageProps = {
  villageName: string;
  ruleName: string;
  occurredOn: string;
  /** When it was recorded. */
  day: string;
  time: string;
  note?: string | undefined;
  lines: readonly SlipLine[];
  backHref: string;
};

/** The slips of an award on a 58 mm roll, one for each act, each with the code of its own record. */
export function AwardSlipsPage(props: AwardSlipsPageProps) {
  const { t } = usePage();
  return (
    <PrintLayout title={t('awards.slip.title')} paper="slip" slipLines={9} backHref={props.backHref}>
      <h1 class="visually-hidden">{t('awards.slip.title')}</h1>
      {props.lines.map((line) => (
        <Slip key={line.seq} line={line} {...props} />
      ))}
    </PrintLayout>
  );
}

function Slip({ line, villageName, ruleName, occurredOn, day, time, note }: AwardSlipsPageProps & { line: SlipLine }) {
  const { t } = usePage();
  return (
    <section class="slip-one">
      <h2 class="slip-title">{t('awards.slip.shop', { village: villageName })}</h2>
      <p class="slip-line">
        <span>{t('awards.slip.title')}</span>
        <DayText day={day} time={time} short />
      </p>
      <p class="slip-line">
        <strong>{line.headName}</strong>
        <span>{t('awards.slip.card', { tail: line.number.slice(-4) })}</span>
      </p>
      {line.memberName !== null && <p>{t('awards.preview.for', { name: line.memberName })}</p>}
      {line.reversedBySeq !== null && (
        <p class="slip-large">{t('awards.slip.reversed', { seq: line.reversedBySeq })}</p>
      )}
      <hr class="slip-rule" />
      <p>{note ? `${ruleName}（${note}）` : ruleName}</p>
      <p class="slip-line">
        <span>{t('awards.slip.happened')}</span>
        <DayText day={occurredOn} short />
      </p>
      <p class="slip-line slip-large">
        <span>{t('shared.points')}</span>
        <span>{formatSignedPoints(line.amountCentipoints)}</span>
      </p>
      <p class="slip-line slip-large">
        <span>{t('awards.slip.after')}</span>
        <span>{t('shared.pointsOf', { points: formatPoints(line.balanceAfterCentipoints) })}</span>
      </p>
      {line.balanceAfterCentipoints < 0 && (
        <p>{t('shared.owed', { points: formatPoints(-line.balanceAfterCentipoints) })}</p>
      )}
      {/* Capitals make a smaller code; the address is known in both. */}
      <QrCode text={line.recordUrl.toUpperCase()} label={t('awards.slip.check')} />
      <p class="slip-foot">
        {t('awards.slip.seq', { seq: line.seq })}
        <br />
        {t('awards.slip.check')}
      </p>
    </section>
  );
}
