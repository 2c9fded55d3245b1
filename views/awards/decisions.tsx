import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { DataTable } from '../shared/data-table.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { usePage } from '../shared/page-context.ts';
import { useVillageHref } from '../shared/village-href.ts';

/** A pasted name that fits nobody or several households. */
type OpenNameChoice = {
  /** Of the field that answers it. */
  field: string;
  text: string;
  kind: 'ambiguous' | 'unknown' | 'member';
  /** Of the question whom of a household it is about. */
  card?: string | undefined;
  /** The answer that names all of them, where there are several. */
  everybody?: string | undefined;
  candidates: readonly { number: string; headName: string; groupName: string }[];
};

/** A household that the rule cannot be applied to. */
type RefusedHousehold = {
  number: string;
  /** Who of the household, where only that person is left out. */
  memberName?: string | undefined;
  /** What leaves it out. */
  skip: string;
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
    | 'person_cap_reached'
    | 'member_missing'
    | 'unknown_member'
    | 'month_limit_reached'
    | 'year_limit_reached'
    | 'reminder_needed'
    | 'reminder_runs';
  balanceCentipoints: number;
  missingCentipoints: number;
  mostCentipoints: number;
  /** Of a reminder: the first day on which points may be taken. */
  until: string;
  /** For which a reminder is to be given. */
  rule: string;
};

export type DecisionsProps = {
  open: readonly OpenNameChoice[];
  refused: readonly RefusedHousehold[];
  /** The id of the form that an answer sends, where it stands outside of it. */
  form?: string | undefined;
};

/** What only a person can decide: nobody is guessed, nobody is left out in silence. Each answer is one press that goes on by itself. */
export function Decisions({ open, refused, form }: DecisionsProps) {
  const { t } = usePage();
  return (
    <>
      {open.map(({ field, text, kind, card, everybody, candidates }) => (
        <fieldset key={card ?? field} class="field field-spread">
          <legend class="field-label">
            {kind === 'member'
              ? t('awards.preview.whom', { name: text })
              : kind === 'unknown'
                ? t('awards.preview.unknown', { name: text })
                : t('awards.preview.ambiguous', { name: text, count: candidates.length })}
          </legend>
          <div class="choices choices-wide">
            {candidates.map(({ number, headName, groupName }) => (
              <Answer key={number} name={field} value={number} form={form}>
                <span class="choice-label">{headName}</span>
                {kind !== 'member' && (
                  <span class="choice-hint">{t('awards.preview.candidate', { group: groupName, number })}</span>
                )}
              </Answer>
            ))}
            {everybody !== undefined && (
              <Answer name={field} value={everybody} form={form}>
                <span class="choice-label">{t('awards.preview.everybody', { count: candidates.length })}</span>
              </Answer>
            )}
            <Answer name={card === undefined ? field : 'skip'} value={card ?? 'skip'} form={form}>
              {t('awards.preview.skip')}
            </Answer>
          </div>
        </fieldset>
      ))}
      {refused.length > 0 && <Refused refused={refused} form={form} />}
    </>
  );
}

type AnswerProps = { name: string; value: string; form: string | undefined; children: ComponentChildren };

function Answer({ name, value, form, children }: AnswerProps) {
  return (
    <button class="candidate" type="submit" name={name} value={value} form={form} data-answer="">
      <span class="candidate-words">{children}</span>
    </button>
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

function Refused({ refused, form }: { refused: readonly RefusedHousehold[]; form: string | undefined }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <div class="flow">
      <DataTable
        caption={t('awards.preview.refused', { count: refused.length })}
        rows={refused}
        rowKey={({ skip }) => skip}
        columns={[
          {
            label: t('awards.preview.household'),
            cell: ({ headName, number, memberName }) => (
              <>
                {headName || number}
                {memberName && ` ${t('awards.preview.for', { name: memberName })}`}
              </>
            ),
            rowHeader: true,
          },
          { label: t('awards.preview.group'), cell: ({ groupName }) => groupName },
          {
            label: t('awards.preview.refusedReason'),
            cell: (household) => (
              <>
                {reasonInWords(t, household)}{' '}
                {household.reason === 'reminder_needed' && (
                  <a
                    href={href(
                      `/reminders/new?${new URLSearchParams({ card: household.number, rule: household.rule })}`,
                    )}
                  >
                    {t('reminders.new')}
                  </a>
                )}
              </>
            ),
          },
        ]}
      />
      <Answer name="skip" value={refused.map(({ skip }) => skip).join(',')} form={form}>
        {t('awards.preview.skipRefused', { count: refused.length })}
      </Answer>
    </div>
  );
}
