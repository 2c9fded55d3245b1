import { formatPoints } from '../../src/platform/points.ts';
import { LinkButton } from '../shared/button.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { QrCode } from '../shared/qr-code.tsx';
import { presenceFacts } from './presence-facts.ts';
import type { RedemptionFacts } from './redemption-page.tsx';

export type SlipPageProps = {
  redemption: RedemptionFacts;
  villageName: string;
  /** Where anybody's phone can check the record; the whole address. */
  recordUrl: string;
  backHref: string;
  /** The same slip for printers that know only letters. */
  plainHref: string;
};

/** The slip of one exchange on a 58 mm roll: what, how much, what is left, and where to check it. */
export function SlipPage({ redemption, villageName, recordUrl, backHref, plainHref }: SlipPageProps) {
  const { t, locale } = usePage();
  const { spentCentipoints, balanceAfterCentipoints, lines, reversedBySeq } = redemption;
  const present = presenceFacts(t, redemption);
  const points = (centipoints: number) => t('shared.pointsOf', { points: formatPoints(centipoints) });
  return (
    <PrintLayout
      title={t('exchange.slip.title')}
      paper="slip"
      slipLines={
        11 + present.length + lines.reduce((sum, line) => sum + rowsOf(line), 0) + (reversedBySeq === null ? 0 : 1)
      }
      backHref={backHref}
      screenBar={
        <LinkButton href={plainHref} look="quiet">
          {t('exchange.slip.plain')}
        </LinkButton>
      }
    >
      <h1 class="slip-title">{t('exchange.slip.shop', { village: villageName })}</h1>
      <p class="slip-line">
        <span>{t('exchange.slip.title')}</span>
        <time dateTime={`${redemption.day}T${redemption.time}`}>
          {formatDay(redemption.day, locale, { today: redemption.day, short: true })} {redemption.time}
        </time>
      </p>
      <p class="slip-line">
        <strong>{redemption.headName}</strong>
        <span>{t('exchange.slip.card', { tail: redemption.cardNumber.slice(-4) })}</span>
      </p>
      {present.map(({ label, value }) => (
        <p key={label} class="slip-line">
          <span>{label}</span>
          <span>{value}</span>
        </p>
      ))}
      {reversedBySeq !== null && <p class="slip-large">{t('exchange.slip.reversed', { seq: reversedBySeq })}</p>}
      <hr class="slip-rule" />
      {lines.map((line) => (
        <div key={line.code}>
          <p>
            {line.name} {line.spec}
          </p>
          <p class="slip-line">
            <span>
              {t('exchange.slip.times', { quantity: line.quantity, points: formatPoints(line.priceCentipoints) })}
            </span>
            <span>{points(line.quantity * line.priceCentipoints)}</span>
          </p>
        </div>
      ))}
      <hr class="slip-rule" />
      <p class="slip-line slip-large">
        <span>{t('exchange.slip.total')}</span>
        <span>{points(spentCentipoints)}</span>
      </p>
      <p class="slip-line">
        <span>{t('exchange.slip.before')}</span>
        <span>{points(balanceAfterCentipoints + spentCentipoints)}</span>
      </p>
      <p class="slip-line slip-large">
        <span>{t('exchange.slip.after')}</span>
        <span>{points(balanceAfterCentipoints)}</span>
      </p>
      <p class="slip-signature">{t('exchange.slip.signature')}</p>
      {/* Capitals make a smaller code; the address is known in both. */}
      <QrCode text={recordUrl.toUpperCase()} label={t('exchange.slip.check')} />
      <p class="slip-foot">
        {t('exchange.redemption.seq', { seq: redemption.seq })}
        <br />
        {t('exchange.slip.check')}
      </p>
    </PrintLayout>
  );
}

/** A long name takes a line more. */
function rowsOf({ name, spec }: { name: string; spec: string }): number {
  return name.length + spec.length > 15 ? 3 : 2;
}
