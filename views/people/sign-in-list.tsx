import type { OpenSignIn } from '../../src/people/index.ts';
import { villageDay, villageTime } from '../../src/platform/clock.ts';
import { SubmitButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PostForm } from '../shared/post-form.tsx';
import { StatusTag } from '../shared/status-tag.tsx';

type SignInListProps = {
  signIns: readonly OpenSignIn[];
  /** Where a sign-in is ended by its number; left out where only all can be ended. */
  endingsHref?: string | undefined;
};

/** Where somebody is signed in at present: device in words, network, since when, last used. */
export function SignInList({ signIns, endingsHref }: SignInListProps) {
  const { t } = usePage();
  return (
    <DataTable
      caption={t('people.signIns.title')}
      captionHidden
      rows={signIns}
      rowKey={({ number }) => number}
      brief
      columns={[
        {
          label: t('people.signIns.device'),
          rowHeader: true,
          cell: ({ device, surface, isCurrent }) => (
            <>
              {surface === 'api'
                ? t('people.signIns.program')
                : t('people.signIns.on', {
                    browser: t(`people.browser.${device.browser}`),
                    system: t(`people.system.${device.system}`),
                  })}{' '}
              {isCurrent && <StatusTag tone="good">{t('people.signIns.current')}</StatusTag>}
            </>
          ),
        },
        { label: t('people.signIns.place'), cell: ({ place }) => place },
        { label: t('people.signIns.begun'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
        { label: t('people.signIns.lastUsed'), cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
        ...(endingsHref
          ? [
              {
                label: t('people.signIns.ending'),
                ifAny: true,
                cell: ({ number, isCurrent }: OpenSignIn) =>
                  !isCurrent && (
                    <PostForm action={endingsHref} hidden={{ which: number }}>
                      <SubmitButton look="secondary">{t('people.signIns.endOne')}</SubmitButton>
                    </PostForm>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

export function Moment({ at }: { at: Date }) {
  return <DayText day={villageDay(at)} time={villageTime(at)} short />;
}
