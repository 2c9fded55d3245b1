import type { ComponentChildren } from 'preact';
import type { Handover, OpenItem } from '../../src/handovers/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { itemPath, itemText } from './handover-facts.ts';
import { HandoverTag } from './handover-tag.tsx';

export type HandoverPageProps = {
  handover: Handover;
  /** What the reader is in it. */
  reader: 'from' | 'to' | 'other';
  notice?: ComponentChildren;
};

/** One handover: the next step first, then what it is about. */
export function HandoverPage({ handover, reader, notice }: HandoverPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { state, stocktakeSeq } = handover;
  const isUnderWay = state === 'opened' || state === 'counted' || state === 'listed';
  return (
    <Layout
      title={t('handovers.one', { role: t(`people.role.${handover.role}`) })}
      crumbs={[{ href: href('/handovers'), label: t('handovers.title') }]}
      notice={notice}
      actions={
        (state === 'complete' || state === 'listed') && (
          <LinkButton href={href(`/handovers/${handover.handoverId}/certificate`)} icon="print">
            {t('handovers.certificate')}
          </LinkButton>
        )
      }
    >
      {isUnderWay && <NextStep handover={handover} reader={reader} />}
      <Panel title={t('handovers.state')} aside={<HandoverTag state={state} />}>
        <Facts
          facts={[
            { label: t('handovers.day'), value: <DayText day={handover.openedOn} /> },
            {
              label: t('handovers.from'),
              value: <Signature {...handover} at={handover.fromSignedAt} name={handover.fromName} />,
            },
            ...(handover.toName === null
              ? []
              : [
                  {
                    label: t('handovers.to'),
                    value: <Signature {...handover} at={handover.toSignedAt} name={handover.toName} />,
                  },
                ]),
            ...(stocktakeSeq === null ? [] : [{ label: t('handovers.count'), value: <ActLink seq={stocktakeSeq} /> }]),
            ...(handover.reason === null ? [] : [{ label: t('handovers.reason'), value: handover.reason }]),
            ...(handover.seq === null ? [] : [{ label: t('handovers.act'), value: <ActLink seq={handover.seq} /> }]),
          ]}
        />
      </Panel>
      {handover.openItems && <OpenItems items={handover.openItems} />}
      {isUnderWay && reader !== 'other' && (
        <details class="more">
          <summary>{t('handovers.cancelTitle')}</summary>
          <PostForm
            action={href(`/handovers/${handover.handoverId}/steps`)}
            hidden={{ step: 'cancel' }}
            class="more-body"
          >
            <p>{t('handovers.cancelText')}</p>
            <SubmitButton look="danger">{t('handovers.cancel')}</SubmitButton>
          </PostForm>
        </details>
      )}
    </Layout>
  );
}

function Signature({ at, name, state }: { at: Date | null; name: string; state: Handover['state'] }) {
  const { t } = usePage();
  if (at === null) return state === 'listed' ? t('handovers.unsigned', { name }) : name;
  return (
    <>
      {t('handovers.signed', { name })} <DayText day={villageDay(at)} />
    </>
  );
}

function ActLink({ seq }: { seq: number }) {
  const { t } = usePage();
  const href = useVillageHref();
  return <a href={href(`/acts/${seq}`)}>{t('handovers.actNumber', { seq })}</a>;
}

/** What has to be done now, and by whom. */
function NextStep({ handover, reader }: Pick<HandoverPageProps, 'handover' | 'reader'>) {
  const { t } = usePage();
  const href = useVillageHref();
  const { handoverId, state, stocktakeId, listedAt, fromSignedAt, toSignedAt } = handover;
  const isParty = reader !== 'other';
  const action = href(`/handovers/${handoverId}/steps`);
  if (state === 'opened') {
    return (
      <Panel title={t('handovers.step.count')}>
        <p>{t('handovers.step.countText')}</p>
        {stocktakeId !== null && (
          <LinkButton href={href(`/stocktakes/${stocktakeId}`)} look="primary" icon="arrow">
            {t('handovers.step.goOnCounting')}
          </LinkButton>
        )}
        {stocktakeId === null && isParty && (
          <PostForm action={action} hidden={{ step: 'count' }}>
            <SubmitButton icon="arrow">{t('handovers.step.beginCount')}</SubmitButton>
          </PostForm>
        )}
      </Panel>
    );
  }
  if (state === 'counted') {
    return (
      <Panel title={t('handovers.step.list')}>
        <p>{t('handovers.step.listText')}</p>
        {isParty && (
          <PostForm action={action} hidden={{ step: 'list' }}>
            <SubmitButton icon="arrow">{t('handovers.step.listNow')}</SubmitButton>
          </PostForm>
        )}
      </Panel>
    );
  }
  const hasSigned = (reader === 'from' ? fromSignedAt : toSignedAt) !== null;
  return (
    <Panel title={t('handovers.step.sign')}>
      <p>{t(hasSigned && isParty ? 'handovers.step.waitOther' : 'handovers.step.signText')}</p>
      {isParty && (
        <ButtonRow>
          {!hasSigned && (
            <PostForm action={href(`/handovers/${handoverId}/signatures`)} hidden={{ listedAt: listedAt ?? '' }}>
              <SubmitButton>{t('handovers.step.signNow')}</SubmitButton>
            </PostForm>
          )}
          <PostForm action={action} hidden={{ step: 'list' }}>
            <SubmitButton look="secondary">{t('handovers.step.listAgain')}</SubmitButton>
          </PostForm>
        </ButtonRow>
      )}
    </Panel>
  );
}

function OpenItems({ items }: { items: readonly OpenItem[] }) {
  const { t } = usePage();
  const href = useVillageHref();
  const columns: Column<OpenItem>[] = [
    {
      label: t('handovers.what'),
      cell: (item) => <a href={href(itemPath(item))}>{itemText(item, t)}</a>,
      rowHeader: true,
    },
    { label: t('handovers.since'), cell: ({ since }) => <DayText day={since} short /> },
    { label: t('handovers.act'), cell: ({ seq }) => seq !== null && <ActLink seq={seq} /> },
  ];
  return (
    <DataTable
      caption={t('handovers.items', { count: items.length })}
      columns={columns}
      rows={items}
      rowKey={(_, index) => index}
      empty={<p>{t('handovers.noItems')}</p>}
    />
  );
}
