import type { NamedFinding, VillageCheck } from '../../src/oversight/index.ts';
import { villageDay, villageTime } from '../../src/platform/clock.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { formatDay } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type VerifyPageProps = VillageCheck & { findings: readonly NamedFinding[] };

/** 核对账本: how far the running check is, what the last one found, and what to do about it. */
export function VerifyPage(props: VerifyPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout isLive title={t('oversight.verify.title')} lead={t('oversight.verify.lead')} width="narrow">
      <CheckState {...props} />
      <Panel title={t('oversight.verify.what')}>
        <ul class="plain-list">
          <li>{t('oversight.verify.whatPoints')}</li>
          <li>{t('oversight.verify.whatStock')}</li>
          <li>{t('oversight.verify.whatLog')}</li>
        </ul>
        <p>
          <a href={href('/log')}>{t('oversight.verify.others')}</a>
        </p>
      </Panel>
    </Layout>
  );
}

/** What follows a running check; also the whole answer to htmx. */
export function CheckState({ run, last, findings }: VerifyPageProps) {
  const href = useVillageHref();
  const isRunning = run?.isAlive ?? false;
  const follows = isRunning && {
    'hx-get': href('/verify'),
    'hx-trigger': 'every 1s',
    'hx-target': '#check-state',
    'hx-swap': 'outerHTML',
  };
  return (
    <div class="flow" id="check-state" {...follows}>
      {run && (isRunning ? <Running run={run} /> : <BrokenOff />)}
      {last && !isRunning && <Result last={last} findings={findings} />}
      {!isRunning && <Start isFirst={last === null} />}
      {(last || !isRunning) && <LastChecked last={last} />}
    </div>
  );
}

function Running({ run }: { run: NonNullable<VillageCheck['run']> }) {
  const { t } = usePage();
  const href = useVillageHref();
  const done = Math.min(run.rowsDone, run.rowsInAll);
  const percent = run.rowsInAll === 0 ? 0 : Math.floor((done / run.rowsInAll) * 100);
  return (
    <Panel>
      <h2 class="panel-title">
        <span role="status">{t('oversight.verify.running')}</span>
      </h2>
      <progress class="progress" max={100} value={percent} aria-label={t('oversight.verify.running')} />
      <p>{t('oversight.verify.progress', { done, all: run.rowsInAll, percent })}</p>
      <p class="soft small">{t('oversight.verify.runningBy', { name: run.by, time: villageTime(run.startedAt) })}</p>
      <LinkButton id="check-look" href={href('/verify')}>
        {t('oversight.verify.look')}
      </LinkButton>
    </Panel>
  );
}

function BrokenOff() {
  const { t } = usePage();
  return (
    <Notice kind="warning">
      <p>{t('oversight.verify.brokenOff')}</p>
    </Notice>
  );
}

function Start({ isFirst }: { isFirst: boolean }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <PostForm action={href('/verify')}>
      <SubmitButton icon="check">{isFirst ? t('oversight.verify.start') : t('oversight.verify.again')}</SubmitButton>
    </PostForm>
  );
}

function LastChecked({ last }: Pick<VillageCheck, 'last'>) {
  const { t, locale, today } = usePage();
  if (!last) return <p class="soft">{t('oversight.verify.never')}</p>;
  const day = formatDay(villageDay(last.finishedAt), locale, { today, short: true });
  const values = { day, time: villageTime(last.finishedAt), name: last.by };
  return <p class="soft">{t('oversight.verify.lastChecked', values)}</p>;
}

function Result({ last, findings }: { last: NonNullable<VillageCheck['last']>; findings: readonly NamedFinding[] }) {
  const { t } = usePage();
  if (findings.length === 0) {
    const { acts, entries, moves } = last;
    return (
      <Notice kind="success" title={t('oversight.verify.holds')}>
        <p>{t('oversight.verify.holdsText', { acts, entries, moves })}</p>
      </Notice>
    );
  }
  return (
    <>
      <Notice kind="refusal" title={t('oversight.verify.wrong')}>
        {findings.map((finding) => (
          <FindingLine key={`${finding.technical.table} ${finding.technical.row}`} finding={finding} />
        ))}
      </Notice>
      <Panel title={t('oversight.verify.next')}>
        <ol class="plain-list">
          <li>{t('oversight.verify.nextKeep')}</li>
          <li>{t('oversight.verify.nextTell')}</li>
          <li>{t('oversight.verify.nextOperator')}</li>
        </ol>
        <details class="more">
          <summary>{t('oversight.verify.technical')}</summary>
          <div class="more-body">
            {findings.map(({ technical: { table, row, sentence } }) => (
              <pre key={`${table} ${row}`} class="log-text" lang="en">{`${table}, ${row}: ${sentence}`}</pre>
            ))}
          </div>
        </details>
      </Panel>
    </>
  );
}

function FindingLine({ finding }: { finding: NamedFinding }) {
  const { t } = usePage();
  const href = useVillageHref();
  const { kind, seq, cardNumber, isMissing } = finding;
  const hasAct = seq !== undefined && (kind === 'act' || kind === 'disclosure' || kind === 'move') && !isMissing;
  return (
    <p>
      {findingWords(t, finding)}{' '}
      {cardNumber && <a href={href(`/cards/${cardNumber}/statement`)}>{t('oversight.verify.seeStatement')}</a>}
      {hasAct && <a href={href(`/acts/${seq}`)}>{t('oversight.verify.seeAct')}</a>}
    </p>
  );
}

function findingWords(t: Translate, finding: NamedFinding): string {
  const { kind, isMissing, n = 0, seq = 0 } = finding;
  const name = finding.householdName ?? t('oversight.verify.unknownHousehold');
  const goods = finding.goodsName ?? t('oversight.verify.unknownGoods');
  switch (kind) {
    case 'entry':
      if (finding.accountId === undefined) return t('oversight.verify.entryOfAct', { seq });
      return isMissing ? t('oversight.verify.entryMissing', { name, n }) : t('oversight.verify.entry', { name, n });
    case 'account':
      return t('oversight.verify.account', { name });
    case 'move':
      if (finding.lotId === undefined) return t('oversight.verify.moveOfAct', { seq });
      return t('oversight.verify.move', { goods, n });
    case 'lot':
      return t('oversight.verify.lot', { goods });
    case 'act':
      return isMissing ? t('oversight.verify.actMissing', { seq }) : t('oversight.verify.act', { seq });
    case 'acts':
      return t('oversight.verify.acts', { seq });
    case 'disclosure':
      return t('oversight.verify.disclosure', { seq });
    case 'signature':
      return t('oversight.verify.signature');
    case 'log':
      return t('oversight.verify.log');
    case 'other':
      return t('oversight.verify.other');
  }
}
