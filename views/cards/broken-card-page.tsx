import { BareLayout } from '../shared/bare-layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { type TextSize, usePage } from '../shared/page-context.ts';

type BrokenCardPageProps = {
  /** A token is too long to be guessed, so whoever has one may know what became of its card. */
  why?: 'unknown' | 'replaced' | 'recalled';
  textSize: TextSize;
};

/** For a QR that opens nothing: what became of the card, without a name, a number or a balance. */
export function BrokenCardPage({ why = 'unknown', textSize }: BrokenCardPageProps) {
  const { t } = usePage();
  const title = why === 'unknown' ? t('cards.broken.title') : t(`cards.broken.${why}Title`);
  return (
    <BareLayout title={title} textSize={textSize}>
      <h1>{title}</h1>
      <Notice kind="warning" title="" id="broken_card_link">
        <p>{why === 'unknown' ? t('refusal.broken_card_link') : t(`cards.broken.${why}`)}</p>
        <p>{t('cards.broken.next')}</p>
      </Notice>
    </BareLayout>
  );
}
