import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { QrCode } from '../shared/qr-code.tsx';
import { TextField } from '../shared/text-field.tsx';

export type SecondFactorState =
  | { kind: 'off' }
  /** The secret waits for its first code. */
  | { kind: 'begun'; address: string; key: string }
  | { kind: 'on'; recoveryCodesLeft: number };

type SecondFactorPageProps = {
  state: SecondFactorState;
  isDemanded: boolean;
  /** The county whose demand the reader may turn off. */
  demandedIn?: string | undefined;
  error?: { name: 'code' | 'password'; message: string } | undefined;
};

/** 两步登录: off, waiting for its first code, or on. */
export function SecondFactorPage({ state, isDemanded, demandedIn, error }: SecondFactorPageProps) {
  const { t } = usePage();
  return (
    <Layout
      title={t('people.secondFactor.title')}
      lead={t('people.secondFactor.lead')}
      width="narrow"
      errors={error && [error]}
      crumbs={[{ href: '/account', label: t('people.account.title') }]}
      notice={isDemanded && <Notice kind="warning">{t('people.secondFactor.demanded')}</Notice>}
    >
      {state.kind === 'off' && (
        <Panel>
          <p>{t('people.secondFactor.off')}</p>
          <PostForm action="/second-factor/secrets">
            <SubmitButton>{t('people.secondFactor.begin')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
      {state.kind === 'begun' && <Enrolment address={state.address} secret={state.key} error={error?.message} />}
      {state.kind === 'on' && (
        <Panel>
          <p>{t('people.secondFactor.on', { count: state.recoveryCodesLeft })}</p>
          <PostForm action="/second-factor/removals">
            <TextField
              name="password"
              type="password"
              label={t('people.password.old')}
              hint={t('people.secondFactor.removeHint')}
              error={error?.message}
              autocomplete="current-password"
            />
            <SubmitButton look="danger">{t('people.secondFactor.remove')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
      {demandedIn && (
        <Panel title={t('people.secondFactor.turnOffTitle')}>
          <p class="soft">{t('people.secondFactor.turnOffText')}</p>
          <PostForm
            action={`/regions/${demandedIn}/administration/access-settings`}
            hidden={{ secondFactor: 'offered' }}
          >
            <SubmitButton look="secondary">{t('people.secondFactor.turnOff')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
    </Layout>
  );
}

function Enrolment({ address, secret, error }: { address: string; secret: string; error?: string | undefined }) {
  const { t } = usePage();
  return (
    <Panel>
      <p>{t('people.secondFactor.scan')}</p>
      <QrCode text={address} label={t('people.secondFactor.qr')} />
      <Facts facts={[{ label: t('people.secondFactor.key'), value: <code>{secret}</code> }]} />
      <PostForm action="/second-factor">
        <TextField
          name="code"
          label={t('people.secondFactor.code')}
          error={error}
          inputMode="numeric"
          autocomplete="one-time-code"
          size="short"
          maxLength={10}
        />
        <SubmitButton>{t('people.secondFactor.confirm')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

/** Shown once, right after the second step was turned on. */
export function RecoveryCodesPage({ codes, homeHref }: { codes: readonly string[]; homeHref: string }) {
  const { t } = usePage();
  return (
    <Layout
      title={t('people.recovery.title')}
      width="narrow"
      notice={
        <Notice kind="success" focused>
          {t('people.recovery.text')}
        </Notice>
      }
    >
      <Panel>
        <ol class="plain-list">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <p class="soft">{t('people.recovery.once')}</p>
      </Panel>
      <LinkButton look="primary" href={homeHref}>
        {t('people.recovery.done')}
      </LinkButton>
    </Layout>
  );
}
