import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';

/** On the pages that only the service worker fills: what to do where there is none, or no script. */
export function WithoutWorker() {
  const { t } = usePage();
  const instead = (
    <>
      {t('awards.upload.instead')} <a href="/">{t('awards.upload.toHome')}</a>
    </>
  );
  return (
    <>
      <noscript>
        <Notice kind="info">
          {t('awards.upload.needsScript')} {instead}
        </Notice>
      </noscript>
      <div id="upload-no-worker" hidden>
        <Notice kind="info">
          {t('awards.upload.needsWorker')} {instead}
        </Notice>
      </div>
    </>
  );
}
