import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { householdsOf } from '../shared/households-of.ts';
import { usePage } from '../shared/page-context.ts';
import { PostForm } from '../shared/post-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { ConfirmAward, type ConfirmedLine } from './confirm-award.tsx';
import { Decisions, type DecisionsProps } from './decisions.tsx';

/** The form to which the buttons of the bar belong. */
export const AWARD_FORM = 'award-form';

/** More are not read one by one; the list of the next page has them all. */
const MOST_CHIPS = 40;

export type AwardChip = {
  number: string;
  /** Who of the household, where each person has a line. */
  memberName?: string | undefined;
  /** What takes it away again: the household, or of several only this person. */
  drop: string;
  headName: string;
  groupName: string;
  /** Before and after, once a rule is chosen. */
  balanceCentipoints?: number | undefined;
  balanceAfterCentipoints?: number | undefined;
};

export type AwardLiveProps = Pick<DecisionsProps, 'open'> & {
  /** Households that the rule cannot be applied to. */
  excluded: DecisionsProps['refused'];
  chips: readonly AwardChip[];
  /** Households that somebody should look at on the next page first. */
  flagged: number;
  /** Why nothing can be recorded yet, in words. */
  refusal?: string | undefined;
  /** Nothing stands against it: the press that records. */
  confirm?:
    | {
        idempotencyKey: string;
        rule: { pointsCentipoints: number };
        lines: readonly ConfirmedLine[];
        fields: Readonly<Record<string, string>>;
      }
    | undefined;
};

/** Who is chosen so far and what the press would do: drawn anew after each change of the form. */
export function AwardLive(props: AwardLiveProps) {
  return (
    <>
      <AwardChips {...props} />
      <AwardBar {...props} />
    </>
  );
}

/** What is to be decided, then each chosen household with its balance before and after; a press leaves it out. */
export function AwardChips({ chips, open, excluded }: Pick<AwardLiveProps, 'chips' | 'open' | 'excluded'>) {
  const { t } = usePage();
  return (
    <div id="award-chips" class="flow">
      <Decisions open={open} refused={excluded} form={AWARD_FORM} />
      {chips.length > 0 && (
        <>
          <p class="field-label">{t('awards.new.chosen', { count: householdsOf(chips) })}</p>
          <ul class="button-row">
            {chips.slice(0, MOST_CHIPS).map((chip) => (
              <li key={`${chip.number} ${chip.drop}`}>
                <button
                  class="button button-secondary"
                  type="button"
                  data-drop={chip.drop}
                  aria-label={t('awards.new.drop', { name: nameOf(chip), group: chip.groupName })}
                >
                  <span>
                    {nameOf(chip)} <Step {...chip} /> <span aria-hidden="true">×</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {chips.length > MOST_CHIPS && (
            <p class="soft">{t('awards.new.moreChosen', { count: chips.length - MOST_CHIPS })}</p>
          )}
        </>
      )}
    </div>
  );
}

function nameOf({ headName, memberName }: AwardChip): string {
  return memberName === undefined || memberName === headName ? headName : `${headName} ${memberName}`;
}

/** Whose it is, and the balance before and after. */
export function Step({
  groupName,
  balanceCentipoints,
  balanceAfterCentipoints,
}: Pick<AwardChip, 'groupName' | 'balanceCentipoints' | 'balanceAfterCentipoints'>) {
  const isKnown = balanceCentipoints !== undefined && balanceAfterCentipoints !== undefined;
  return (
    <span class="soft small">
      {groupName} {isKnown && `${formatPoints(balanceCentipoints)} → ${formatPoints(balanceAfterCentipoints)}`}
    </span>
  );
}

/** Stays in sight: what would be recorded, and the button that does it. Without a script only the way to the next page. */
export function AwardBar(props: AwardLiveProps) {
  const { refusal, confirm } = props;
  const { t } = usePage();
  const href = useVillageHref();
  const summary = refusal ?? summaryOf(t, props);
  return (
    <div class="confirmation" id="award-bar" data-state={confirm ? 'ready' : 'open'}>
      {confirm ? (
        <PostForm
          action={href('/awards')}
          id="award-record"
          idempotencyKey={confirm.idempotencyKey}
          hidden={confirm.fields}
          class="confirmation"
          keep="worker"
        >
          <Bar summary={summary}>
            <ConfirmAward rule={confirm.rule} lines={confirm.lines} shortcut="F9" />
          </Bar>
        </PostForm>
      ) : (
        <Bar summary={summary} isOnlyWay />
      )}
    </div>
  );
}

function summaryOf(t: Translate, { chips, open, excluded, flagged }: AwardLiveProps): string {
  const undecided = open.length + (excluded.length > 0 ? 1 : 0);
  if (undecided > 0) return t('awards.preview.pending', { count: undecided });
  if (flagged > 0) return t('awards.new.flagged', { count: flagged });
  return chips.length > 0 ? t('awards.new.chosen', { count: householdsOf(chips) }) : t('awards.new.previewHint');
}

type BarProps = { summary: string; isOnlyWay?: boolean; children?: ComponentChildren };

function Bar({ summary, isOnlyWay = false, children }: BarProps) {
  const { t } = usePage();
  return (
    <ActionBar summary={summary}>
      <SubmitButton icon="arrow" look={isOnlyWay ? 'primary' : 'secondary'} form={AWARD_FORM}>
        {t('awards.new.preview')}
      </SubmitButton>
      {children}
    </ActionBar>
  );
}
