import type { ComponentChildren } from 'preact';
import type { Claim, ClaimStep, WaitingCounts } from '../../src/claims/index.ts';
import { formatSignedPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { ClaimTable } from './claim-table.tsx';

export const STEP_PATHS: Readonly<Record<ClaimStep, string>> = {
  record: 'claim-records',
  group: 'claim-reviews',
  committee: 'claim-approvals',
  supervisor: 'claim-endorsements',
};

export type ClaimsPageProps = {
  view: 'mine' | 'waiting' | 'ready' | 'posted' | 'done' | 'returned' | 'all';
  query: string;
  claims: readonly Claim[];
  counts: WaitingCounts;
  /** The words that the reader may give, in order; the first one that something waits for is asked. */
  step: ClaimStep | null;
  idempotencyKey: string;
  may: { file: boolean; post: boolean; declare: boolean };
  nextHref?: string | undefined;
  firstHref?: string | undefined;
  notice?: ComponentChildren;
};

/** 待审: what waits for the reader's word comes first, to be agreed to in one press. */
export function ClaimsPage(props: ClaimsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { view, query, claims, step, may } = props;
  const list = href('/claims');
  return (
    <Layout
      title={t('claims.title')}
      lead={t('claims.lead')}
      notice={props.notice}
      actions={
        may.file && (
          <LinkButton href={href('/claims/new')} icon="plus">
            {t('claims.new.title')}
          </LinkButton>
        )
      }
    >
      <LocalNav
        items={(['mine', 'waiting', 'ready', 'posted', 'done', 'returned'] as const).map((name) => ({
          href: `${list}?view=${name}`,
          label: t(`claims.view.${name}`),
          current: name === view,
        }))}
      />
      {view !== 'mine' && <SearchForm action={list} label={t('claims.search')} value={query} hidden={{ view }} />}
      {claims.length === 0 ? (
        <EmptyState title={t('claims.none')}>{t('claims.noneHint')}</EmptyState>
      ) : view === 'mine' && step ? (
        <Deciding {...props} step={step} />
      ) : (
        <ClaimTable claims={claims} caption={t(`claims.view.${view}`)} />
      )}
      <Pager nextHref={props.nextHref} firstHref={props.firstHref} />
      <ButtonRow>
        {may.post && props.counts.ready > 0 && (
          <LinkButton href={href('/sheets/new')} look="primary" icon="print">
            {t('claims.sheet.link', { count: props.counts.ready })}
          </LinkButton>
        )}
        <LinkButton href={href('/board')} icon="list">
          {t('claims.board.title')}
        </LinkButton>
        {may.declare && (
          <LinkButton href={href('/kin')} look="quiet">
            {t('claims.kin.title')}
          </LinkButton>
        )}
      </ButtonRow>
      <ExportLinks list="claims" />
      <ExportLinks list="objections" what={t('claims.objection.title')} />
    </Layout>
  );
}

/** Ticks for all that may be agreed to at once; who wants to know more opens the line. */
function Deciding({ claims, step, idempotencyKey }: ClaimsPageProps & { step: ClaimStep }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <PostForm action={href(`/${STEP_PATHS[step]}`)} idempotencyKey={idempotencyKey} class="steps">
      <Panel>
        <ChoiceGroup
          kind="checkbox"
          name="claims"
          label={t(`claims.ask.${step}`)}
          hint={t('claims.askHint')}
          columns="lines"
          chosen={claims.length <= 1 ? claims.map(({ claimId }) => claimId) : []}
          choices={claims.map((claim) => ({
            value: claim.claimId,
            label: t('claims.line', {
              name: claim.headName,
              group: claim.groupName,
              rule: claim.ruleName,
              points: formatSignedPoints(claim.amountCentipoints),
            }),
            hint: <LineHint claim={claim} />,
            beside: (
              <LinkButton
                look="quiet"
                href={href(`/claims/${claim.claimId}`)}
                ariaLabel={t('claims.open', { name: claim.headName, rule: claim.ruleName })}
              >
                {t('claims.look')}
              </LinkButton>
            ),
          }))}
        />
      </Panel>
      <ActionBar summary={t('claims.each')}>
        <SubmitButton icon="check" name="decision" value="pass">
          {t(`claims.pass.${step}`)}
        </SubmitButton>
      </ActionBar>
    </PostForm>
  );
}

function LineHint({ claim }: { claim: Claim }) {
  const { t } = usePage();
  const by = claim.recordedByName ?? t('claims.byHousehold');
  return <>{claim.note ? t('claims.byWithNote', { name: by, note: claim.note }) : t('claims.by', { name: by })}</>;
}
