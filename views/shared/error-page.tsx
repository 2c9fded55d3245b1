import type { Role } from '../../src/people/index.ts';
import { Layout } from './layout.tsx';
import { Notice } from './notice.tsx';
import { usePage } from './page-context.ts';
import { refusalText } from './refusal-text.ts';

type ErrorPageProps = {
  /** Of what one may not do: whom to ask. */
  refusal: { refused: string; roles?: readonly Role[] };
  status: number;
  /** Of the request, so that an operator can find it in the log. */
  reference: string;
  /** A page was asked for: nothing was to be recorded. */
  isReading: boolean;
};

/** The page for what could not be answered: one sentence that says what to do, and the way back. */
export function ErrorPage({ refusal, status, reference, isReading }: ErrorPageProps) {
  const { t, locale, viewer } = usePage();
  const isOurs = refusal.refused === 'server_error' || refusal.refused === 'overloaded';
  const isMissing = status === 404;
  return (
    <Layout title={isMissing ? t('shared.errorMissing') : t('shared.errorPage')} width="narrow">
      <Notice kind={isMissing ? 'warning' : 'refusal'} title="" focused>
        <p>{isOurs && isReading ? t('shared.errorReading') : refusalText(locale, refusal)}</p>
        {refusal.roles && (
          <p>
            {t('shared.errorWho', {
              roles: refusal.roles.map((role) => t(`people.role.${role}`)).join(t('shared.comma')),
            })}
          </p>
        )}
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
