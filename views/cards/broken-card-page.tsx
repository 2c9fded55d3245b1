import { BareLayout } from '../shared/bare-layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { PageContextProvider, type TextSize, usePage } from '../shared/page-context.ts';

/** The same for a wrong, an unknown and a replaced code, so that nobody learns which tokens exist. */
export function BrokenCardPage({ textSize }: { textSize: TextSize }) {
  const page = usePage();
  const { t } = page;
  return (
    <PageContextProvider.Provider value={{ ...page, textSize }}>
      <BareLayout title={t('cards.broken.title')} textSize={textSize}>
        <h1>{t('cards.broken.title')}</h1>
        <Notice kind="warning" id="broken_card_link">
          <p>{t('refusal.broken_card_link')}</p>
          <p>{t('cards.broken.next')}</p>
        </Notice>
      </BareLayout>
    </PageContextProvider.Provider>
  );
}
