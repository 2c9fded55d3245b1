import { formatPoints } from '../../src/platform/points.ts';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { QrCode } from '../shared/qr-code.tsx';

export type SlipPageProps = {
  /** Number of the act in the village's public record. */
  seq: number;
  villageName: string;
  householdName: string;
  cardNumber: string;
  day: string;
  /** `09:12` */
  time: string;
  lines: readonly { name: string; spec: string; unit: string; quantity: number; lineCentipoints: number }[];
  spentCentipoints: number;
  balanceAfterCentipoints: number;
  managerName: string;
  /** Who collected it, when not the household. */
  proxy?: { name: string; relation: string } | undefined;
  /** Present once the act was reversed. */
  reversedBy?: number | undefined;
  /** Where this record can be checked; capital letters keep the code small. */
  recordUrl: string;
  backHref: string;
};

/** The slip of one exchange on a 58 mm roll: what, how much, what is left, and where to check it. */
export function SlipPage(props: SlipPageProps) {
  const { t, locale } = usePage();
  const { lines, proxy, reversedBy } = props;
  return (
    <PrintLayout
      title={t('exchange.slip.title', { seq: props.seq })}
      paper="slip"
      slipLines={11 + lines.length * 2 + (proxy ? 1 : 0) + (reversedBy ? 1 : 0)}
      backHref={props.backHref}
    >
      <h1 class="slip-title">{t('exchange.slip.heading', { village: props.villageName })}</h1>
      <p class="slip-line">
        <span>{t('exchange.slip.number', { seq: props.seq })}</span>
        <span>
          {formatDay(props.day, locale, { today: props.day, short: true })} {props.time}
        </span>
      </p>
      <p class="slip-line">
        <span>{props.householdName}</span>
        <span>{props.cardNumber}</span>
      </p>
      {proxy && <p>{t('exchange.slip.proxy', proxy)}</p>}
      {reversedBy && <p class="slip-large">{t('exchange.slip.reversed', { seq: reversedBy })}</p>}
      <hr class="slip-rule" />
      {lines.map((line) => (
        <div key={`${line.name} ${line.spec}`}>
          <p>
            {line.name} {line.spec}
          </p>
          <p class="slip-line">
            <span>
              × {line.quantity} {line.unit}
            </span>
            <span>{t('shared.pointsOf', { points: formatPoints(line.lineCentipoints) })}</span>
          </p>
        </div>
      ))}
      <hr class="slip-rule" />
      <p class="slip-line slip-large">
        <span>{t('exchange.slip.spent')}</span>
        <span>{t('shared.pointsOf', { points: formatPoints(props.spentCentipoints) })}</span>
      </p>
      <p class="slip-line slip-large">
        <span>{t('exchange.slip.left')}</span>
        <span>{t('shared.pointsOf', { points: formatPoints(props.balanceAfterCentipoints) })}</span>
      </p>
      <hr class="slip-rule" />
      <p>{t('exchange.slip.manager', { name: props.managerName })}</p>
      <QrCode text={props.recordUrl} label={t('exchange.slip.check')} />
      <p>{t('exchange.slip.check')}</p>
    </PrintLayout>
  );
}
