import type { OwnVillage } from '../../src/wishes/index.ts';
import { GiftStateTag, giftInWords } from '../donations/gift-words.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText, formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Yuan } from '../shared/yuan.tsx';

export type MyGiftsPageProps = { villages: readonly OwnVillage[] };

/** 我的捐赠: one's own gifts and promises, and nothing else of the village. */
export function MyGiftsPage({ villages }: MyGiftsPageProps) {
  const { t, locale, today } = usePage();
  return (
    <Layout title={t('wishes.myTitle')} lead={t('wishes.myLead')}>
      {villages.map(({ code, name, gifts, claims }) => (
        <Panel
          key={code}
          title={t('wishes.myVillage', { village: name })}
          aside={<a href={`/villages/${code}/wishes`}>{t('wishes.goToWall')}</a>}
        >
          <DataTable
            caption={t('wishes.myTitle')}
            captionHidden
            columns={[
              {
                label: t('donations.day'),
                cell: ({ gift }) => <DayText day={gift.receipt?.on ?? gift.announcedOn} short />,
              },
              { label: t('donations.what'), cell: (shown) => giftInWords(shown, t), rowHeader: true },
              {
                label: t('donations.worth'),
                cell: ({ gift }) => <Yuan fen={gift.received || gift.announcedFen} />,
                numeric: true,
              },
              {
                label: t('donations.where'),
                cell: ({ gift, issuedPieces, households }) => (
                  <>
                    <GiftStateTag gift={gift} />
                    {issuedPieces > 0 && (
                      <p class="soft">{t('donations.becameText', { pieces: issuedPieces, households })}</p>
                    )}
                  </>
                ),
              },
            ]}
            rows={gifts}
            rowKey={({ gift }) => gift.seq}
            empty={<EmptyState title={t('wishes.myNone')}>{t('wishes.myNoneHint')}</EmptyState>}
          />
          <h3>{t('wishes.myClaims')}</h3>
          {claims.length === 0 && <p class="soft">{t('wishes.myNoClaims')}</p>}
          <ul>
            {claims.map(({ wishId, words, until, person }) => (
              <li key={wishId}>
                <p>
                  <strong>{words}</strong>
                </p>
                <p>{t('wishes.until', { day: formatDay(until, locale, { today, short: true }) })}</p>
                {person && (
                  <p>
                    {t('wishes.person', { name: person.headName, group: person.groupName })}{' '}
                    {person.phone && t('wishes.phone', { phone: person.phone })} {person.contact}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </Layout>
  );
}
