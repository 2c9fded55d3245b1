import { formatPoints } from '../../src/platform/points.ts';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { DataTable } from '../shared/data-table.tsx';
import type { Translate } from '../shared/dictionary.ts';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';

/** A pasted name that fits nobody or several households. */
type OpenNameChoice = {
  /** Of the field that answers it. */
  field: string;
  text: string;
  kind: 'ambiguous' | 'unknown';
  candidates: readonly { number: string; headName: string; groupName: string }[];
};

/** A household that the rule cannot be applied to. */
type RefusedHousehold = {
  number: string;
  headName: string;
  groupName: string;
  reason:
    | 'card_not_open'
    | 'card_frozen'
    | 'card_closed'
    | 'unknown_card'
    | 'card_of_another_village'
    | 'insufficient_points'
    | 'deduction_floor_reached'
    | 'rule_cap_reached'
    | 'month_limit_reached'
    | 'year_limit_reached'
    | 'reminder_needed'
    | 'reminder_runs';
  balanceCentipoints: number;
  missingCentipoints: number;
  mostCentipoints: number;
  /** Of a reminder: the first day on which points may be taken. */
  until: string;
};

export type DecisionsProps = {
  open: readonly OpenNameChoice[];
  refused: readonly RefusedHousehold[];
  errors: FieldErrors;
};

/** What only a person can decide comes first: nobody is guessed, nobody is left out in silence. */
export function Decisions({ open, refused, errors }: DecisionsProps) {
  const { t } = usePage();
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <>
      {open.map((name) => (
        <Panel key={name.field}>
          <ChoiceGroup
            kind="radio"
            name={name.field}
            label={
              name.kind === 'unknown'
                ? t('awards.preview.unknown', { name: name.text })
                : t('awards.preview.ambiguous', { name: name.text, count: name.candidates.length })
            }
            columns="sentences"
            optional
            error={errorOf(name.field)}
            choices={[
              ...name.candidates.map(({ number, headName, groupName }) => ({
                value: number,
                label: headName,
                hint: t('awards.preview.candidate', { group: groupName, number }),
              })),
              { value: 'skip', label: t('awards.preview.skip') },
            ]}
          />
        </Panel>
      ))}
      {refused.length > 0 && <Refused refused={refused} error={errorOf('skip')} />}
    </>
  );
}

function reasonInWords(t: Translate, household: RefusedHousehold): string {
  const { reason, balanceCentipoints, missingCentipoints, mostCentipoints } = household;
  if (reason === 'insufficient_points') {
    return t(`awards.preview.reason.${reason}`, {
      balance: formatPoints(balanceCentipoints),
      missing: formatPoints(missingCentipoints),
    });
  }
  if (reason === 'month_limit_reached' || reason === 'year_limit_reached') {
    return t(`awards.preview.reason.${reason}`, { most: formatPoints(mostCentipoints) });
  }
  if (reason === 'reminder_runs') return t(`awards.preview.reason.${reason}`, { until: household.until });
  return t(`awards.preview.reason.${reason}`);
}

function Refused({ refused, error }: { refused: readonly RefusedHousehold[]; error: string | undefined }) {
  const { t } = usePage();
  return (
    <Panel title={t('awards.preview.refused', { count: refused.length })}>
      <DataTable
        caption={t('awards.preview.refused', { count: refused.length })}
        captionHidden
        rows={refused}
        rowKey={({ number }) => number}
        columns={[
          { label: t('awards.preview.household'), cell: ({ headName, number }) => headName || number, rowHeader: true },
          { label: t('awards.preview.group'), cell: ({ groupName }) => groupName },
          {
            label: t('awards.preview.refusedReason'),
            cell: (household) => reasonInWords(t, household),
          },
        ]}
      />
      <ChoiceGroup
        kind="checkbox"
        name="skip"
        label={t('awards.preview.refusedWhat')}
        optional
        error={error}
        choices={[
          {
            value: refused.map(({ number }) => number).join(','),
            label: t('awards.preview.skipRefused', { count: refused.length }),
          },
        ]}
      />
    </Panel>
  );
}
