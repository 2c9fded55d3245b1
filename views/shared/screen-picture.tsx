import { usePage } from './page-context.ts';

/** Taken by `npm run pictures` from a running demonstration, in Chinese. */
export type ScreenName =
  | 'screenRoster'
  | 'screenCards'
  | 'screenGoods'
  | 'screenPeople'
  | 'screenAward'
  | 'screenNotice'
  | 'screenCounter'
  | 'screenCard'
  | 'screenClaims'
  | 'screenOffice';

/** What a page looks like, for whoever is about to open it for the first time; drawn only when it comes into sight. */
export function ScreenPicture({ name, of }: { name: ScreenName; of: string }) {
  const { t, assets } = usePage();
  return (
    <p>
      <img src={assets[name]} alt={t('shared.pictureOf', { what: of })} width="640" height="400" loading="lazy" />
    </p>
  );
}
