import type { ComponentChildren } from 'preact';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { FilingForm, type FilingFormProps } from './filing-form.tsx';

export type NewClaimPageProps = Omit<FilingFormProps, 'action' | 'asksCard'> & { notice?: ComponentChildren };

/** 代为申报: the office writes down what a household asks for. */
export function NewClaimPage({ notice, ...form }: NewClaimPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('claims.new.title')}
      lead={t('claims.new.lead')}
      width="narrow"
      crumbs={[{ href: href('/claims'), label: t('claims.title') }]}
      errors={form.errors}
      notice={notice}
    >
      <Panel>
        <FilingForm {...form} action={href('/claims')} asksCard />
      </Panel>
    </Layout>
  );
}
