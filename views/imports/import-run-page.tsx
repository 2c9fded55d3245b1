import type { ImportRun } from '../../src/imports/index.ts';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';

type ImportRunProps = {
  run: ImportRun;
  mayCancel: boolean;
  /** Why nothing was recorded. */
  refusal: string | null;
};

/** Where the next file of a kind is chosen, and where to go on from what was recorded. */
const PATHS = {
  households: { again: '/roster', next: '/cards/openings/new', list: '/cards', listed: 'cards.list.title' },
  rules: { again: '/rule-imports/new', next: '/rules', list: '/rules', listed: 'rules.title' },
  goods: { again: '/goods-imports/new', next: '/receipts/new', list: '/goods', listed: 'goods.stock.title' },
} as const;

/** 导入的进度: how far it is, live and after a reload, and in the end what came of it. */
export function ImportRunPage(props: ImportRunProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { kind } = props.run;
  return (
    <Layout
      isLive
      title={t(`imports.title.${kind}`)}
      width="narrow"
      crumbs={[{ href: href(PATHS[kind].list), label: t(PATHS[kind].listed) }]}
    >
      <ImportState {...props} />
    </Layout>
  );
}

/** What follows the run; also the whole answer to htmx. */
export function ImportState({ run, mayCancel, refusal }: ImportRunProps) {
  const href = useVillageHref();
  const own = href(`/imports/${run.importId}`);
  const goesOn = run.state === 'running' || run.state === 'recording';
  const follows = goesOn && {
    'hx-get': own,
    'hx-trigger': 'every 1s',
    'hx-target': '#import-state',
    'hx-swap': 'outerHTML',
  };
  return (
    <div class="flow" id="import-state" {...follows}>
      {goesOn ? <GoingOn run={run} own={own} mayCancel={mayCancel} /> : <Over run={run} refusal={refusal} />}
    </div>
  );
}

function GoingOn({ run, own, mayCancel }: { run: ImportRun; own: string; mayCancel: boolean }) {
  const { t } = usePage();
  const { kind, state, rowsDone: done, rowsInAll: all } = run;
  const isCounted = state === 'running' && done > 0;
  return (
    <>
      <Panel>
        <h2 class="panel-title">
          <span role="status">{t(state === 'recording' ? 'imports.recording' : 'imports.running')}</span>
        </h2>
        <progress class="progress" aria-label={t('imports.running')} {...(isCounted && { max: all, value: done })} />
        {isCounted ? (
          <p>{t(`imports.progress.${kind}`, { done, all })}</p>
        ) : (
          <p>{t(`imports.inAll.${kind}`, { all })}</p>
        )}
        <p class="soft small">{t('imports.leave')}</p>
        <LinkButton id="import-look" href={own}>
          {t('imports.look')}
        </LinkButton>
      </Panel>
      {state === 'running' && mayCancel && (
        <PostForm action={`${own}/cancellation`} class="flow">
          <p class="soft">{t('imports.cancelHint')}</p>
          <SubmitButton id="import-cancel" look="secondary" icon="cross">
            {t('imports.cancel')}
          </SubmitButton>
        </PostForm>
      )}
    </>
  );
}

function Over({ run, refusal }: { run: ImportRun; refusal: string | null }) {
  const { t } = usePage();
  const href = useVillageHref();
  const { kind } = run;
  const paths = PATHS[kind];
  if (run.state !== 'done') {
    return (
      <>
        <Notice kind={run.state === 'cancelled' ? 'info' : 'refusal'} focused>
          {refusal ?? t(run.state === 'cancelled' ? 'imports.cancelled' : 'imports.failed')}
        </Notice>
        <ButtonRow>
          <LinkButton href={href(paths.again)} look="primary">
            {t('imports.again')}
          </LinkButton>
          <LinkButton href={href(paths.list)}>{t(`imports.list.${kind}`)}</LinkButton>
        </ButtonRow>
      </>
    );
  }
  const counts = countsOf(run);
  return (
    <>
      <Notice kind="success" focused>
        {(kind !== 'households' || counts.count > 0) && t(`imports.done.${kind}`, counts)}
        {counts.people > 0 && <p>{t('imports.done.people', counts)}</p>}
      </Notice>
      <ButtonRow>
        <LinkButton href={href(paths.next)} look="primary">
          {t(`imports.next.${kind}`)}
        </LinkButton>
        {paths.next !== paths.list && <LinkButton href={href(paths.list)}>{t(`imports.list.${kind}`)}</LinkButton>}
      </ButtonRow>
    </>
  );
}

function countsOf({ outcome }: ImportRun): { count: number; people: number; added: number; limits: number } {
  const number = (name: string) => Number(outcome?.[name] ?? 0);
  return {
    count: number('imported'),
    people: number('people'),
    added: number('added'),
    limits: number('limits'),
  };
}
