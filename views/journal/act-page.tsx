import type { Act, ActKind } from '../../src/journal/index.ts';
import type { ShownPhoto } from '../../src/problems/index.ts';
import { presenceFacts } from '../exchange/presence-facts.ts';
import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { type Fact, Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoStrip } from '../shared/photo-field.tsx';
import { Points, SignedPoints } from '../shared/points.tsx';
import { actSentence, pointsBeside } from './act-sentence.ts';

export type ActPageProps = {
  act: Act;
  kind: ActKind;
  /** In village time. */
  recordedDay: string;
  recordedTime: string;
  leafHashHex: string;
  actsHref: string;
  hasNewer: boolean;
  /** Those that it names, for whoever may look at them. */
  photos: readonly ShownPhoto[];
  /** Staff: everything that was recorded with it. */
  operationHref?: string | undefined;
  /** Whoever may reverse it, as long as it stands. */
  reverseHref?: string | undefined;
};

/** One act: where the code on a slip leads. */
export function ActPage(props: ActPageProps) {
  const page = usePage();
  const { t } = page;
  const { act, actsHref } = props;
  const points = pointsBeside(act);
  return (
    <Layout
      title={t('journal.act.title', { seq: act.seq })}
      crumbs={[{ href: actsHref, label: t('journal.act.back') }]}
      width="narrow"
    >
      <Standing act={act} actsHref={actsHref} />
      <Panel>
        <p class="act-line">
          {act.reversedBySeq === null ? actSentence(act, page) : <s>{actSentence(act, page)}</s>}{' '}
          {points !== null && <SignedPoints centipoints={points} />}
        </p>
        <Facts facts={factsOf(props, t)} />
        <PhotoStrip photos={props.photos} what={t(`journal.kind.${props.kind}`)} />
        <PrivacyNote act={act} />
      </Panel>
      {(props.operationHref || props.reverseHref) && (
        <ButtonRow>
          {props.operationHref && <LinkButton href={props.operationHref}>{t('journal.act.operation')}</LinkButton>}
          {props.reverseHref && (
            <LinkButton href={props.reverseHref} look="danger" icon="undo">
              {t('journal.act.reverse')}
            </LinkButton>
          )}
        </ButtonRow>
      )}
      <LinkButton href={`/r/${act.id}`} icon="check">
        {t('journal.act.check')}
      </LinkButton>
      <Proof act={act} leafHashHex={props.leafHashHex} />
      <nav class="pager" aria-label={t('journal.paging')}>
        {act.seq > 0 && (
          <a class="button button-quiet" href={`${actsHref}/${act.seq - 1}`} rel="prev">
            {t('journal.act.older')}
          </a>
        )}
        {props.hasNewer && (
          <a class="button button-quiet" href={`${actsHref}/${act.seq + 1}`} rel="next">
            {t('journal.act.newer')}
          </a>
        )}
      </nav>
    </Layout>
  );
}

function Standing({ act, actsHref }: { act: Act; actsHref: string }) {
  const { t } = usePage();
  const linkTo = (seq: number) => (
    <p>
      <a href={`${actsHref}/${seq}`}>{t('journal.act.seeAct', { seq })}</a>
    </p>
  );
  if (act.reversedBySeq !== null) {
    return (
      <Notice kind="warning" title={t('journal.reversed', { seq: act.reversedBySeq })}>
        <p>{t('journal.act.reversedText')}</p>
        {linkTo(act.reversedBySeq)}
      </Notice>
    );
  }
  if (act.reversesSeq !== null) {
    return (
      <Notice kind="info">
        <p>{t('journal.act.reversesText', { seq: act.reversesSeq })}</p>
        {linkTo(act.reversesSeq)}
      </Notice>
    );
  }
  return null;
}

function factsOf({ act, kind, recordedDay, recordedTime }: ActPageProps, t: ReturnType<typeof usePage>['t']): Fact[] {
  const { household, internal, amountCentipoints } = act;
  const balanceAfter = internal?.balanceAfterCentipoints;
  const isInPublicity = act.subject === 'points.pend' || act.subject === 'points.clear';
  const facts: (Fact | false | '' | null | undefined)[] = [
    { label: t('journal.act.kind'), value: t(`journal.kind.${kind}`) },
    household && { label: t('journal.act.household'), value: household.name },
    household && { label: t('journal.act.group'), value: household.groupName },
    internal?.cardNumber && { label: t('journal.act.card'), value: internal.cardNumber },
    amountCentipoints !== null && {
      label: t(isInPublicity ? 'journal.act.pointsPosted' : 'journal.act.points'),
      value: <SignedPoints centipoints={amountCentipoints} />,
    },
    typeof balanceAfter === 'number' && {
      label: t('journal.act.balanceAfter'),
      value: <Points centipoints={balanceAfter} />,
    },
    ...presenceFacts(t, {
      proxyRelation: proxyOf(act),
      proxyName: internal?.proxyName ?? null,
      confirmedBy: internal?.confirmedBy ?? null,
      isPictured: act.type === 'points.redeem' && 'photos' in act.facts,
    }),
    act.type !== 'points.redeem' &&
      photoCount(act) > 0 && { label: t('photos.label'), value: t('photos.count', { count: photoCount(act) }) },
    internal?.reason && { label: t('journal.act.reason'), value: internal.reason },
    internal?.note && { label: t('journal.act.note'), value: internal.note },
    { label: t('journal.act.day'), value: <DayText day={act.occurredOn} /> },
    { label: t('journal.act.recorded'), value: <DayText day={recordedDay} time={recordedTime} /> },
    internal && {
      label: t('journal.act.recordedBy'),
      value: internal.recordedBy ?? t('journal.act.byHousehold'),
    },
  ];
  return facts.filter((fact): fact is Fact => Boolean(fact));
}

/** Public, as it stands in the leaf: who fetched is told to everybody by relation alone. */
function proxyOf({ facts }: Act): 'family' | 'neighbour' | 'cadre' | null {
  return (['family', 'neighbour', 'cadre'] as const).find((relation) => relation === facts['proxy']) ?? null;
}

/** Public as well: that there are some, and the hash of each. */
function photoCount({ facts }: Act): number {
  return Array.isArray(facts['photos']) ? facts['photos'].length : 0;
}

function PrivacyNote({ act }: { act: Act }) {
  const { t } = usePage();
  if (act.internal) return null;
  if (act.household) return <p class="soft small">{t('journal.act.masked')}</p>;
  if (act.subject === 'points.deduct') return <p class="soft small">{t('journal.act.hidden')}</p>;
  const isAboutHousehold = act.amountCentipoints !== null || 'acct' in act.facts;
  return isAboutHousehold ? <p class="soft small">{t('journal.act.hiddenHousehold')}</p> : null;
}

function Proof({ act, leafHashHex }: { act: Act; leafHashHex: string }) {
  const { t } = usePage();
  return (
    <details class="more act-page">
      <summary>{t('journal.act.proof')}</summary>
      <div class="more-body flow">
        <p>{t('journal.act.proofText')}</p>
        <Facts
          facts={[
            { label: t('journal.act.id'), value: <code>{act.id}</code> },
            { label: t('journal.act.leafHash'), value: <code>{leafHashHex}</code> },
            { label: t('journal.act.facts'), value: <code>{JSON.stringify(act.facts)}</code> },
          ]}
        />
      </div>
    </details>
  );
}
