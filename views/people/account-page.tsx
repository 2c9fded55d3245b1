import type { OpenSignIn, OwnDevice, PastPost, Role } from '../../src/people/index.ts';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { Moment, SignInList } from './sign-in-list.tsx';

export type AccountPageProps = {
  username: string;
  /** What the reader holds, with the page to work from. */
  places: readonly { role: Role; regionName: string; href: string }[];
  /** What the reader held before. */
  past: readonly PastPost[];
  signIns: readonly OpenSignIn[];
  devices: readonly OwnDevice[];
  /** The reader may sign in with six digits. */
  mayUsePin: boolean;
  /** This browser was made known just now. */
  isDeviceKnown: boolean;
  /** How many sign-ins have been ended just now. */
  ended?: number | undefined;
};

/** 我的账号: where it is signed in, and what keeps others out. */
export function AccountPage(props: AccountPageProps) {
  const { username, places, past, signIns, devices, mayUsePin, isDeviceKnown, ended } = props;
  const { t } = usePage();
  return (
    <Layout
      title={t('people.account.title')}
      notice={
        (ended !== undefined || isDeviceKnown) && (
          <Notice kind="success" focused>
            {isDeviceKnown ? t('people.pin.done') : t('people.signIns.ended', { count: ended ?? 0 })}
          </Notice>
        )
      }
    >
      {places.length === 0 && <NoPost past={past} />}
      <Panel>
        <Facts
          facts={[
            { label: t('people.signIn.username'), value: username },
            {
              label: t('people.account.roles'),
              value:
                places.length === 0
                  ? t('people.account.noRoles')
                  : places.map(({ role, regionName, href }) => (
                      <div key={`${href}${role}`}>
                        <a href={href}>
                          {t('oversight.person.roleIn', { region: regionName, role: t(`people.role.${role}`) })}
                        </a>
                      </div>
                    )),
            },
          ]}
        />
        <ButtonRow>
          <LinkButton href="/password">{t('people.password.title')}</LinkButton>
          <LinkButton href="/second-factor">{t('people.secondFactor.title')}</LinkButton>
        </ButtonRow>
      </Panel>
      {(mayUsePin || devices.length > 0) && (
        <Panel title={t('people.pin.title')}>
          <p class="soft">{t('people.pin.lead')}</p>
          {devices.length > 0 && <DeviceList devices={devices} />}
          {mayUsePin && <LinkButton href="/account/pin">{t('people.pin.start')}</LinkButton>}
        </Panel>
      )}
      <Panel title={t('people.signIns.title')}>
        <p class="soft">{t('people.signIns.lead')}</p>
        <SignInList signIns={signIns} endingsHref="/account/sign-outs" />
        <ButtonRow>
          {signIns.length > 1 && (
            <PostForm action="/account/sign-outs" hidden={{ which: 'others' }}>
              <SubmitButton look="secondary">{t('people.signIns.endOthers')}</SubmitButton>
            </PostForm>
          )}
          <PostForm action="/account/sign-outs" hidden={{ which: 'all' }}>
            <SubmitButton look="danger">{t('people.signIns.endAll')}</SubmitButton>
          </PostForm>
        </ButtonRow>
      </Panel>
    </Layout>
  );
}

/** Why there is nothing to do here any more, or not yet, and whom to ask. */
function NoPost({ past }: Pick<AccountPageProps, 'past'>) {
  const { t, locale, today } = usePage();
  return (
    <Notice kind="warning" title={t('people.account.noRolesTitle')}>
      {past.map(({ role, regionId, regionName, endedOn }) => (
        <p key={`${regionId} ${role} ${endedOn}`}>
          {t('people.account.postEnded', {
            region: regionName,
            role: t(`people.role.${role}`),
            day: formatDay(endedOn, locale, { today, short: true }),
          })}
        </p>
      ))}
      <p>{t('people.account.noRolesHint')}</p>
    </Notice>
  );
}

function DeviceList({ devices }: Pick<AccountPageProps, 'devices'>) {
  const { t } = usePage();
  return (
    <DataTable
      caption={t('people.pin.devices')}
      captionHidden
      rows={devices}
      rowKey={({ deviceId }) => deviceId}
      columns={[
        {
          label: t('people.signIns.device'),
          rowHeader: true,
          cell: ({ device }) =>
            t('people.signIns.on', {
              browser: t(`people.browser.${device.browser}`),
              system: t(`people.system.${device.system}`),
            }),
        },
        { label: t('people.signIns.lastUsed'), cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
        {
          label: t('people.signIns.ending'),
          cell: ({ deviceId }) => (
            <PostForm action="/account/devices/endings" hidden={{ device: deviceId }}>
              <SubmitButton look="secondary">{t('people.pin.forget')}</SubmitButton>
            </PostForm>
          ),
        },
      ]}
    />
  );
}
