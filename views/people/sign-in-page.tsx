import type { KnownPerson, Role } from '../../src/people/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';

/** An account of the demonstration that one press signs in with. */
export type OfferedAccount = { username: string; password: string; role: Role; region: { name: string } };

export type SignInPageProps = {
  /** Where the sign-in leads; empty for the person's own start page. */
  returnPath: string;
  username?: string | undefined;
  /** A form that waits for this sign-in, as text. */
  draft?: string | undefined;
  refusal?: string | undefined;
  /** Nobody administers this installation yet. */
  awaitsSetUp?: boolean | undefined;
  /** A new password was set just now. */
  isReset?: boolean | undefined;
  /** Who may sign in with six digits on this browser. */
  known?: readonly KnownPerson[] | undefined;
  /** Whose digits were wrong just now. */
  chosenDevice?: number | undefined;
  missing?: { username: boolean; password: boolean } | undefined;
  offered: readonly OfferedAccount[];
};

export function SignInPage({
  returnPath,
  username = '',
  draft,
  refusal,
  awaitsSetUp,
  isReset,
  known = [],
  chosenDevice,
  missing,
  offered,
}: SignInPageProps) {
  const { t } = usePage();
  const errors = {
    username: missing?.username ? t('people.signIn.usernameMissing') : undefined,
    password: missing?.password ? t('people.signIn.passwordMissing') : undefined,
  };
  const listed = Object.entries(errors).flatMap(([name, message]) => (message ? [{ name, message }] : []));
  return (
    <Layout
      title={t('people.signIn.title')}
      lead={t('people.signIn.lead')}
      width="narrow"
      errors={listed}
      notice={
        refusal ? (
          <Notice kind="refusal" focused>
            {refusal}
          </Notice>
        ) : (
          isReset && (
            <Notice kind="success" focused>
              {t('people.reset.done')}
            </Notice>
          )
        )
      }
    >
      {awaitsSetUp && (
        <Notice kind="info">
          {t('people.signIn.empty')} <a href="/set-up">{t('people.setUp.title')}</a>
        </Notice>
      )}
      {known.length > 0 && <PinPanel known={known} chosenDevice={chosenDevice} returnPath={returnPath} draft={draft} />}
      <Panel title={known.length > 0 ? t('people.signIn.withPassword') : undefined}>
        <PostForm action="/sign-in" hidden={{ ...(returnPath && { return: returnPath }), ...(draft && { draft }) }}>
          <TextField
            name="username"
            label={t('people.signIn.username')}
            value={username}
            error={errors.username}
            autocomplete="username"
            maxLength={100}
            autofocus={!refusal && !missing && known.length === 0}
          />
          <TextField
            name="password"
            type="password"
            label={t('people.signIn.password')}
            error={errors.password}
            autocomplete="current-password"
            maxLength={200}
          />
          <SubmitButton wide>{t('people.signIn.submit')}</SubmitButton>
        </PostForm>
        <p>
          <a class="row-link" href="/reset">
            {t('people.reset.title')}
          </a>
        </p>
      </Panel>
      {offered.length > 0 && <OfferedAccounts offered={offered} returnPath={returnPath} />}
    </Layout>
  );
}

type PinPanelProps = Pick<SignInPageProps, 'chosenDevice' | 'returnPath' | 'draft'> & {
  known: readonly KnownPerson[];
};

/** The name is chosen, the six digits are typed. */
function PinPanel({ known, chosenDevice, returnPath, draft }: PinPanelProps) {
  const { t } = usePage();
  const chosen = known.find(({ deviceId }) => deviceId === chosenDevice) ?? known[0];
  return (
    <Panel title={t('people.pin.signInTitle')}>
      <PostForm action="/sign-in/pin" hidden={{ ...(returnPath && { return: returnPath }), ...(draft && { draft }) }}>
        <ChoiceGroup
          kind="radio"
          name="device"
          label={t('people.pin.who')}
          columns="names"
          chosen={chosen ? [String(chosen.deviceId)] : []}
          choices={known.map(({ deviceId, displayName }) => ({ value: String(deviceId), label: displayName }))}
        />
        <TextField
          name="pin"
          type="password"
          inputMode="numeric"
          label={t('people.pin.digits')}
          size="short"
          maxLength={6}
          autofocus={chosenDevice === undefined}
        />
        <SubmitButton wide>{t('people.signIn.submit')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function OfferedAccounts({ offered, returnPath }: Pick<SignInPageProps, 'offered' | 'returnPath'>) {
  const { t } = usePage();
  return (
    <Panel title={t('people.signIn.demoTitle')}>
      <p>{t('people.signIn.demoText')}</p>
      <ul class="offered">
        {offered.map(({ username, password, role, region }) => (
          <li key={username}>
            <PostForm action="/sign-in" hidden={{ username, password, ...(returnPath && { return: returnPath }) }}>
              <SubmitButton look="secondary" wide>
                {t('people.signIn.demoAs', { region: region.name, role: t(`people.role.${role}`) })}
              </SubmitButton>
            </PostForm>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
