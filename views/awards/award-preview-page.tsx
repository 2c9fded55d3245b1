import type { ComponentChildren } from 'preact';
import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import { BalanceList } from '../cards/balance-list.tsx';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Facts } from '../shared/facts.tsx';
import { householdsOf } from '../shared/households-of.ts';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { ConfirmAward } from './confirm-award.tsx';
import { Decisions, type DecisionsProps } from './decisions.tsx';

type PreviewLine = {
  number: string;
  headName: string;
  groupName: string;
  balanceCentipoints: number;
  amountCentipoints: number;
  balanceAfterCentipoints: number;
  /** Whom of the household it is about, where the rule's cap is each person's. */
  member?: { name: string } | undefined;
  /** Others of the household, each with the answer that names her too. */
  others: readonly { name: string; answer: string }[];
  /** Twice on the pasted list. */
  isRepeated: boolean;
  /** Several people of the household who were pasted, where the rule counts the household once. */
  oneHousehold: readonly string[];
  /** Has this rule on this day already. */
  isSameDay: boolean;
  /** Other rules that it has on this day and that may be about the same act. */
  twins: readonly string[];
  /** Words beside the name that were not understood. */
  leftOver: readonly string[];
  /** Less than the rule gives: a limit leaves no more. */
  isCut: boolean;
  /** Of a deduction: what is taken from nobody, for the household would owe too much. */
  beyondCentipoints: number;
  /** Who has to agree before it counts; nobody: at once. */
  needs: readonly string[];
};

export type AwardPreviewPageProps = DecisionsProps & {
  idempotencyKey: string;
  rule: { name: string; pointsCentipoints: number };
  occurredOn: string;
  /** For how many of the rule's units; what the rule gives is for all of them. */
  times: number;
  note?: string | undefined;
  /** How many came with it. */
  photos: number;
  lines: readonly PreviewLine[];
  /** Households that were left out on purpose. */
  skippedNames: readonly string[];
  /** What was chosen, to be sent along: by the form's own names. */
  fields: Readonly<Record<string, string>>;
  notice?: ComponentChildren;
};

/** Every balance before and after. As long as something is undecided there is no button that records anything. */
export function AwardPreviewPage(props: AwardPreviewPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { open, refused, lines } = props;
  const undecided = open.length + (refused.length > 0 ? 1 : 0);
  const isReady = undecided === 0 && lines.length > 0;
  return (
    <Layout title={t('awards.preview.title')} notice={props.notice}>
      {undecided > 0 && (
        <Notice kind="warning" title={t('awards.preview.pending', { count: undecided })} focused>
          {t('awards.preview.pendingText')}
        </Notice>
      )}
      <PostForm
        action={href(isReady ? '/awards' : '/award-previews')}
        idempotencyKey={props.idempotencyKey}
        hidden={props.fields}
        class="steps"
      >
        {undecided > 0 && (
          <Panel>
            <Decisions {...props} />
          </Panel>
        )}
        <Waiting lines={lines} />
        <WhatFor {...props} isEach={lines.some(({ member }) => member !== undefined)} />
        <Lines lines={lines} />
        <ActionBar summary={t('awards.preview.notYet')}>
          <SubmitButton look="secondary" name="change" value="yes" formAction={href('/award-previews')} formNoValidate>
            {t('shared.change')}
          </SubmitButton>
          {isReady && <ConfirmAward rule={props.rule} lines={lines} />}
        </ActionBar>
      </PostForm>
    </Layout>
  );
}

/** Said before the press: what does not count at once. */
function Waiting({ lines }: { lines: readonly PreviewLine[] }) {
  const { t } = usePage();
  const waiting = lines.filter(({ needs }) => needs.length > 0);
  const count = householdsOf(waiting);
  if (waiting.length === 0) return null;
  const isPosted = waiting.some(({ needs }) => needs.includes('committee'));
  return (
    <Notice kind="info">
      {t(isPosted ? 'awards.preview.waitsForAll' : 'awards.preview.waitsForSupervisor', { count })}
    </Notice>
  );
}

type WhatForProps = AwardPreviewPageProps & { isEach: boolean };

function WhatFor({ rule, occurredOn, times, note, photos, skippedNames, isEach }: WhatForProps) {
  const { t } = usePage();
  return (
    <Panel>
      <Facts
        facts={[
          { label: t('awards.preview.rule'), value: rule.name },
          {
            label: t(isEach ? 'awards.preview.eachPerson' : 'awards.preview.each'),
            value: <SignedPoints centipoints={rule.pointsCentipoints} />,
          },
          ...(times > 1 ? [{ label: t('awards.new.times'), value: String(times) }] : []),
          { label: t('awards.preview.day'), value: <DayText day={occurredOn} /> },
          ...(note ? [{ label: t('awards.preview.note'), value: note }] : []),
          ...(photos > 0 ? [{ label: t('photos.label'), value: t('photos.count', { count: photos }) }] : []),
        ]}
      />
      {skippedNames.length > 0 && (
        <p class="soft">{t('awards.preview.skipped', { names: skippedNames.join(t('shared.comma')) })}</p>
      )}
    </Panel>
  );
}

function Lines({ lines }: { lines: readonly PreviewLine[] }) {
  const { t } = usePage();
  if (lines.length === 0) return <EmptyState title={t('awards.preview.nobodyLeft')} />;
  const households = householdsOf(lines);
  const isEach = lines.some(({ member }) => member !== undefined);
  return (
    <BalanceList
      title={
        isEach
          ? t('awards.preview.people', { count: lines.length, households })
          : t('awards.preview.households', { count: households })
      }
      lines={lines.map((line) => ({
        ...line,
        memberName: line.member?.name,
        remarks: (
          <>
            <Remarks line={line} /> <AlsoFor others={line.others} />
          </>
        ),
      }))}
    />
  );
}

/** Somebody else of the household came, too: one press, and she has a line of her own. */
function AlsoFor({ others }: Pick<PreviewLine, 'others'>) {
  const { t } = usePage();
  const href = useVillageHref();
  if (others.length === 0) return null;
  return (
    <span class="remarks">
      {others.map(({ name, answer }) => (
        <SubmitButton
          key={answer}
          look="quiet"
          icon="plus"
          name="members"
          value={answer}
          formAction={href('/award-previews')}
          formNoValidate
        >
          {t('awards.preview.alsoFor', { name })}
        </SubmitButton>
      ))}
    </span>
  );
}

function Remarks({ line }: { line: PreviewLine }) {
  const { t } = usePage();
  const { isRepeated, isSameDay, twins, leftOver, isCut, amountCentipoints, needs, beyondCentipoints } = line;
  const owed = needs.length === 0 ? Math.max(-line.balanceAfterCentipoints, 0) : 0;
  const isOneOfSeveral = line.oneHousehold.length > 1;
  const isNotable = isRepeated || isOneOfSeveral || isSameDay || isCut || beyondCentipoints > 0;
  if (!isNotable && owed === 0 && needs.length === 0 && twins.length + leftOver.length === 0) return null;
  return (
    <span class="remarks">
      {isOneOfSeveral && (
        <StatusTag tone="warning">
          {t('awards.preview.oneHousehold', { names: line.oneHousehold.join(t('shared.comma')) })}
        </StatusTag>
      )}
      {needs.length > 0 && (
        <StatusTag tone="plain">
          {t('awards.preview.waits', { points: formatSignedPoints(amountCentipoints) })}
        </StatusTag>
      )}
      {isCut && (
        <StatusTag tone="warning">
          {t('awards.preview.cut', { points: formatSignedPoints(amountCentipoints) })}
        </StatusTag>
      )}
      {beyondCentipoints > 0 && (
        <StatusTag tone="warning">
          {t('awards.preview.beyond', {
            points: formatPoints(-amountCentipoints),
            beyond: formatPoints(beyondCentipoints),
          })}
        </StatusTag>
      )}
      {owed > 0 && <StatusTag tone="warning">{t('awards.preview.owes', { points: formatPoints(owed) })}</StatusTag>}
      {isSameDay && (
        <StatusTag tone="warning">
          {line.member ? t('awards.preview.sameDayPerson', { name: line.member.name }) : t('awards.preview.sameDay')}
        </StatusTag>
      )}
      {twins.map((rule) => (
        <StatusTag key={rule} tone="warning">
          {t('awards.preview.twin', { rule })}
        </StatusTag>
      ))}
      {isRepeated && <StatusTag tone="plain">{t('awards.preview.repeated')}</StatusTag>}
      {leftOver.length > 0 && (
        <StatusTag tone="plain">{t('awards.preview.leftOver', { words: leftOver.join(' ') })}</StatusTag>
      )}
    </span>
  );
}
