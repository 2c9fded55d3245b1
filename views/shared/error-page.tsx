import { Layout } from './layout.tsx';
import { Notice } from './notice.tsx';
import { usePage } from './page-context.ts';
import { refusalText } from './refusal-text.ts';

type ErrorPageProps = {
  refusal: { refused: string };
  /** Of the request, so that an operator can find it in the log. */
  reference: string;
};

/** The page for what could not be answered: one sentence that says what to do, and the way back. */
export function ErrorPage({ refusal, reference }: ErrorPageProps) {
  const { t, locale, viewer } = usePage();
  const isOurs = refusal.refused === 'server_error' || refusal.refused === 'overloaded';
  return (
    <Layout title={t('shared.errorPage')} width="narrow">
      <Notice kind="refusal" focused>
        <p>{refusalText(locale, refusal)}</p>
        {isOurs && <p>{t('shared.errorReference', { reference })}</p>}
      </Notice>
      <p>
        <a class="button button-secondary" href={viewer?.homeHref ?? '/'}>
          {t('shared.errorHome')}
        </a>
      </p>
    </Layout>
  );
}
