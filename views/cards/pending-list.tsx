import type { PendingLine } from '../../src/cards/pending-line.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { DayText } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';

type ClaimLine = PendingLine & { state: Exclude<PendingLine['state'], 'reminded'> };

function isClaim(line: PendingLine): line is ClaimLine {
  return line.state !== 'reminded';
}

/** 还不能用的积分: what waits, and from which day it can be used; reminders and what does not count by themselves; else nothing. */
export function PendingList({ pending }: { pending: readonly PendingLine[] }) {
  return (
    <>
      <Reminders lines={pending.filter(({ state }) => state === 'reminded')} />
      <Waiting lines={pending.filter(isClaim).filter(({ state }) => state !== 'upheld')} />
      <NotCounted lines={pending.filter(isClaim).filter(({ state }) => state === 'upheld')} />
    </>
  );
}

/** 提醒单: what is to be put right, and from which day points may be taken. */
function Reminders({ lines }: { lines: readonly PendingLine[] }) {
  const { t } = usePage();
  if (lines.length === 0) return null;
  return (
    <Panel title={t('cards.reminder.title')}>
      <ul class="passbook">
        {lines.map(({ claimId, ruleName, amountCentipoints, occurredOn, note, clearsOn }) => (
          <li key={claimId} class="passbook-line">
            <span class="passbook-what">{ruleName}</span>
            <span class="passbook-change">
              <SignedPoints centipoints={amountCentipoints} />
            </span>
            <span class="passbook-detail">
              <DayText day={occurredOn} short /> {note && <span>{t('cards.reminder.todo', { note })}</span>}{' '}
              <span>
                {t('cards.reminder.until')} <DayText day={clearsOn ?? occurredOn} short />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Waiting({ lines: pending }: { lines: readonly ClaimLine[] }) {
  const { t } = usePage();
  if (pending.length === 0) return null;
  const sum = pending.reduce(
    (total, { amountCentipoints, state }) => (state === 'returned' ? total : total + Math.max(amountCentipoints, 0)),
    0,
  );
  return (
    <Panel title={t('cards.pending.title', { points: formatPoints(sum) })}>
      <p class="soft">{t('cards.pending.lead')}</p>
      <Lines lines={pending} />
    </Panel>
  );
}

/** What an objection has taken away, with the answer: a household that waited for it must not find it simply gone. */
function NotCounted({ lines }: { lines: readonly ClaimLine[] }) {
  const { t } = usePage();
  if (lines.length === 0) return null;
  return (
    <Panel title={t('cards.pending.notCounted')}>
      <Lines lines={lines} />
    </Panel>
  );
}

function Lines({ lines }: { lines: readonly ClaimLine[] }) {
  const { t } = usePage();
  return (
    <ul class="passbook">
      {lines.map((line) => (
        <li key={line.claimId} class="passbook-line">
          <span class="passbook-what">{line.ruleName}</span>
          <span class="passbook-change">
            <SignedPoints centipoints={line.amountCentipoints} />
          </span>
          <span class="passbook-detail">
            <DayText day={line.occurredOn} short />{' '}
            {line.memberName && <span>{t('cards.entry.forMember', { name: line.memberName })} </span>}
            <span>{t(`cards.pending.${line.state}`)}</span>{' '}
            {line.note && <span>{t('cards.pending.why', { why: line.note })}</span>}
            {line.clearsOn && line.state === 'posted' && (
              <span>
                {t('cards.pending.from')} <DayText day={line.clearsOn} short />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
