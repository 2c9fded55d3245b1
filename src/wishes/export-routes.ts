import { offerList } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { purchaseList } from './purchase-list.ts';
import { wishPersons } from './wish-persons.ts';
import { readWishes } from './wishes.ts';

/** 心愿 as their keepers see them, and 采购清单. */
export const wishExportRoutes: Routes = async (app, services) => {
  const { sql } = services.db;

  offerList(app, services, {
    name: 'wishes',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('wishes.desk'),
    rows: async ({ placeId, today }) => {
      const { wishes } = await readWishes(sql, placeId, today);
      const ids = wishes.map(({ wishId }) => wishId);
      const persons = await wishPersons(sql, placeId, ids);
      return wishes.reverse().flatMap((wish) => {
        const person = persons.get(wish.wishId);
        return person ? [{ wish, person }] : [];
      });
    },
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ wish }) => wish.seq },
      { label: t('wishes.day'), cell: ({ wish }) => wish.filedOn },
      { label: t('wishes.kind'), cell: ({ wish }) => t(`wishes.kind.${wish.kind}`) },
      { label: t('wishes.household'), cell: ({ person }) => person.headName },
      { label: t('shared.list.group'), cell: ({ person }) => person.groupName },
      { label: t('wishes.words'), cell: ({ wish, person }) => wish.words ?? (person.words || t('wishes.spoken')) },
      { label: t('wishes.state'), cell: ({ wish }) => t(`wishes.state.${wish.now}`) },
      { label: t('shared.list.deliveredOn'), cell: ({ wish }) => wish.delivered?.on ?? null },
      { label: t('shared.list.echo'), cell: ({ wish }) => wish.echo?.words ?? null },
    ],
  });

  offerList(app, services, {
    name: 'purchases',
    access: 'village.read',
    title: (t) => t('wishes.purchase'),
    rows: async ({ placeId, today }) => (await purchaseList(sql, placeId, today)).lines,
    columns: (t) => [
      { label: t('wishes.purchaseGoods'), cell: ({ name }) => name },
      { label: t('shared.list.unit'), cell: ({ unit }) => unit },
      { label: t('shared.list.onHand'), cell: ({ onHand }) => onHand },
      { label: t('shared.list.wished'), cell: ({ wished }) => wished },
      { label: t('shared.list.wanted'), cell: ({ wanted }) => wanted },
      { label: t('wishes.purchaseQuantity'), cell: ({ quantity }) => quantity },
      { label: t('wishes.purchaseCost'), kind: 'yuan', cell: ({ costFen }) => costFen },
      { label: t('wishes.purchaseFits'), cell: ({ fits }) => fits },
    ],
  });
};
