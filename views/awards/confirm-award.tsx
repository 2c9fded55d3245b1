import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import { SubmitButton } from '../shared/button.tsx';
import { usePage } from '../shared/page-context.ts';

export type ConfirmedLine = {
  headName: string;
  amountCentipoints: number;
  balanceAfterCentipoints: number;
  /** Less than the rule gives: a limit leaves no more. */
  isCut: boolean;
  /** Who has to agree before it counts; nobody: at once. */
  needs: readonly string[];
};

type ConfirmAwardProps = {
  rule: { pointsCentipoints: number };
  lines: readonly ConfirmedLine[];
  shortcut?: string | undefined;
};

/** The one press that records. It says to how many how much; of a single household also what it has afterwards. */
export function ConfirmAward({ rule, lines, shortcut }: ConfirmAwardProps) {
  const { t } = usePage();
  const total = lines.reduce((sum, { amountCentipoints }) => sum + Math.abs(amountCentipoints), 0);
  const waiting = lines.filter(({ needs }) => needs.length > 0).length;
  if (waiting === lines.length) {
    return (
      <SubmitButton icon="check" shortcut={shortcut}>
        {t('awards.preview.submit', { count: waiting })}
      </SubmitButton>
    );
  }
  const [only] = lines;
  const isCut = lines.some((line) => line.isCut);
  const values = {
    count: lines.length,
    points: formatSignedPoints(rule.pointsCentipoints),
    total: formatPoints(total),
  };
  return (
    <SubmitButton icon="check" look={rule.pointsCentipoints < 0 ? 'danger' : 'primary'} shortcut={shortcut}>
      {only && lines.length === 1
        ? t('awards.preview.confirmOne', {
            name: only.headName,
            points: formatSignedPoints(only.amountCentipoints),
            after: formatPoints(only.balanceAfterCentipoints),
          })
        : t(isCut ? 'awards.preview.confirmCut' : 'awards.preview.confirm', values)}
    </SubmitButton>
  );
}
