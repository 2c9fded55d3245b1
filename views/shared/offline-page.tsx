import { ButtonRow, LinkButton } from './button.tsx';
import { Layout } from './layout.tsx';
import { Notice } from './notice.tsx';
import { usePage } from './page-context.ts';
import { Panel } from './panel.tsx';

/** Kept in the browser for when there is no network; it knows nobody. The worker shows the line that fits. */
export function OfflinePage() {
  const { t } = usePage();
  return (
    <Layout title={t('shared.offline.title')} width="narrow">
      <div data-shell="offline" />
      <div data-when="page" hidden>
        <Notice kind="warning">{t('shared.offline.page')}</Notice>
      </div>
      <div data-when="form" hidden>
        <Notice kind="refusal">{t('shared.offline.form')}</Notice>
      </div>
      <div data-when="left" hidden>
        <Notice kind="warning">{t('shared.offline.left')}</Notice>
      </div>
      <Panel title={t('shared.offline.can')}>
        <p>{t('shared.offline.awardHint')}</p>
        <ButtonRow>
          <LinkButton href="/uploads/award">{t('shared.offline.award')}</LinkButton>
          <LinkButton href="/uploads">{t('shared.offline.uploads')}</LinkButton>
        </ButtonRow>
        <p>{t('shared.offline.exchange')}</p>
      </Panel>
    </Layout>
  );
}
