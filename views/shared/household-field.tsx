import { ChoiceGroup } from './choice-group.tsx';
import type { Translate } from './dictionary.ts';
import type { FieldWords } from './field.tsx';
import { usePage } from './page-context.ts';
import { TextField } from './text-field.tsx';

export type HouseholdCandidate = { number: string; headName: string; groupName: string };

type HouseholdFieldProps = FieldWords & {
  value: string | undefined;
  /** Those that fit what was typed, where it is more than one. */
  candidates?: readonly HouseholdCandidate[] | undefined;
};

/** What is sent where none of those that fit is meant: no household is called so, and nothing at all would mean that it is about none. */
const NONE_OF_THESE = '?';

/** Which household: by name, initials, the end of its number, or its card in front of the scanner; then, of several that fit, one. */
export function HouseholdField({ candidates = [], value, ...props }: HouseholdFieldProps) {
  const { t } = usePage();
  if (candidates.length === 0) {
    const typed = value === NONE_OF_THESE ? '' : value;
    return <TextField {...props} value={typed} hint={props.hint ?? t('shared.household.hint')} maxLength={200} />;
  }
  const none = { value: NONE_OF_THESE, label: t('shared.household.none') };
  return (
    <ChoiceGroup
      {...props}
      hint={undefined}
      optional={false}
      kind="radio"
      columns="sentences"
      choices={[...candidates.map(householdChoice), none]}
    />
  );
}

export function householdChoice({ number, headName, groupName }: HouseholdCandidate) {
  return { value: number, label: headName, hint: `${groupName} ${number}` };
}

export function householdError(t: Translate, name: string, { candidates }: { candidates: readonly unknown[] }) {
  return { name, message: t(candidates.length === 0 ? 'shared.household.unknown' : 'shared.household.many') };
}
