import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import { SubmitButton } from '../shared/button.tsx';
import { householdsOf } from '../shared/households-of.ts';
import { usePage } from '../shared/page-context.ts';

export type ConfirmedLine = {
  number: string;
  /** Whom of the household it is about, where each person has a line. */
  member?: { name: string } | undefined;
  headName: string;
  amountCentipoints: number;
  balanceAfterCentipoints: number;
  /** Less than the rule gives: a limit leaves no more. */
  isCut: boolean;
  /** Who has to agree before it counts; nobody: at once. */
  needs: readonly string[];
};

function toSeveral(isCut: boolean, lines: readonly ConfirmedLine[]) {
  if (lines.every(({ member }) => member !== undefined)) {
    return isCut ? 'awards.preview.confirmCutPeople' : 'awards.preview.confirmPeople';
  }
  return isCut ? 'awards.preview.confirmCut' : 'awards.preview.confirm';
}

type ConfirmAwardProps = {
  rule: { pointsCentipoints: number };
  lines: readonly ConfirmedLine[];
  shortcut?: string | undefined;
};

/** The one press that records. It says to how many how much; of a single household also what it has afterwards. */
export function ConfirmAward({ rule, lines, shortcut }: ConfirmAwardProps) {
  const { t } = usePage();
  const total = lines.reduce((sum, { amountCentipoints }) => sum + Math.abs(amountCentipoints), 0);
  if (lines.every(({ needs }) => needs.length > 0)) {
    return (
      <SubmitButton icon="check" shortcut={shortcut}>
        {t('awards.preview.submit', { count: householdsOf(lines) })}
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
            name: only.member?.name ?? only.headName,
            points: formatSignedPoints(only.amountCentipoints),
            after: formatPoints(only.balanceAfterCentipoints),
          })
        : t(toSeveral(isCut, lines), values)}
    </SubmitButton>
  );
}
