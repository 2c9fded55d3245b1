import type { SignedCheckpoint } from '../../src/auditlog/index.ts';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { useVillageHref } from '../shared/village-href.ts';

export type LogIdentity = {
  origin: string;
  vkey: string;
  /** Where the log is served now, with scheme and host. */
  address: string;
  /** Who is asked to look at it and sign with it. */
  witnesses: readonly { name: string; vkey: string }[];
};

export type LogPageProps = LogIdentity & {
  /** The log began under another address and keeps its name. */
  hasMoved: boolean;
  /** Logs that could not go on, and whose place this one has taken. */
  closed: readonly { name: string; size: number }[];
  /** The page of the county's log, where there is one. */
  countyHref: string | null;
  signed: SignedCheckpoint | null;
  /** Why nothing is signed at present. */
  frozen: { refused: string } | null;
};

/** For whoever checks the log: everything that a standard verifier needs, and what a check does and does not tell. */
export function LogPage(props: LogPageProps) {
  const { t, locale, village } = usePage();
  const href = useVillageHref();
  const { origin, hasMoved, closed, countyHref, signed, frozen, witnesses } = props;
  return (
    <Layout
      title={t('auditlog.log.title')}
      lead={t('auditlog.log.lead', { village: village?.name ?? '' })}
      crumbs={[{ href: href(), label: village?.name ?? '' }]}
      notice={
        frozen && (
          <Notice kind="refusal" title="">
            <p>{refusalText(locale, frozen)}</p>
          </Notice>
        )
      }
    >
      <Identity {...props} />
      {hasMoved && (
        <Notice kind="info">
          <p>{t('auditlog.log.moved', { origin })}</p>
        </Notice>
      )}
      {closed.map(({ name, size }) => (
        <Notice key={name} kind="warning" title={t('auditlog.log.closed')}>
          <p>{t('auditlog.log.closedText', { name, count: size })}</p>
          <p>
            <a href={`/log/${name}/checkpoint`}>{t('auditlog.log.closedCheckpoint')}</a>
          </p>
        </Notice>
      ))}
      {countyHref !== null && (
        <p>
          <a href={countyHref}>{t('auditlog.log.county')}</a>
        </p>
      )}
      {signed && <Now signed={signed} count={t('auditlog.record.entries', { count: signed.checkpoint.size })} />}
      <WitnessPanel witnesses={witnesses} />
      <How {...props} />
      <Panel title={t('auditlog.log.means')}>
        <ul class="plain-list">
          <li>{t('auditlog.log.means.proves')}</li>
          <li>{t('auditlog.log.means.not')}</li>
          <li>{t('auditlog.log.means.privacy')}</li>
        </ul>
      </Panel>
    </Layout>
  );
}

export function Identity({ origin, vkey, address }: LogIdentity) {
  const { t } = usePage();
  return (
    <Panel title={t('auditlog.log.identity')} class="log-facts">
      <Facts
        facts={[
          { label: t('auditlog.log.origin'), value: <code>{origin}</code> },
          { label: t('auditlog.log.vkey'), value: <code>{vkey}</code> },
          { label: t('auditlog.log.address'), value: <code>{address}</code> },
        ]}
      />
      <p class="soft small">{t('auditlog.log.keepKey')}</p>
    </Panel>
  );
}

export function Now({ signed: { checkpoint, note }, count }: { signed: SignedCheckpoint; count: string }) {
  const { t } = usePage();
  return (
    <Panel title={t('auditlog.log.now')} class="log-facts">
      <Facts
        facts={[
          { label: t('auditlog.log.size'), value: count },
          { label: t('auditlog.log.root'), value: <code>{checkpoint.root.toString('base64')}</code> },
        ]}
      />
      <h3>{t('auditlog.log.checkpoint')}</h3>
      <pre class="log-text">{note}</pre>
      <p class="soft small">{t('auditlog.log.keepCheckpoint')}</p>
    </Panel>
  );
}

/** Nothing where nobody witnesses. */
export function WitnessPanel({ witnesses }: Pick<LogIdentity, 'witnesses'>) {
  const { t } = usePage();
  if (witnesses.length === 0) return null;
  return (
    <Panel title={t('auditlog.log.witnesses')} class="log-facts">
      <p>{t('auditlog.log.witnessesText')}</p>
      <Facts facts={witnesses.map(({ name, vkey }) => ({ label: name, value: <code>{vkey}</code> }))} />
    </Panel>
  );
}

export function How({ address, vkey, witnesses }: LogIdentity) {
  const { t } = usePage();
  const files = [
    ['/checkpoint', t('auditlog.log.file.checkpoint')],
    ['/tile/<L>/<N>[.p/<W>]', t('auditlog.log.file.tile')],
    ['/tile/entries/<N>[.p/<W>]', t('auditlog.log.file.entries')],
    ['/receipt/<N>', t('auditlog.log.file.receipt')],
    ['/vkey', t('auditlog.log.file.vkey')],
  ] as const;
  return (
    <Panel title={t('auditlog.log.how')} class="log-facts">
      <p>{t('auditlog.log.howProgram')}</p>
      <pre class="log-text">
        {['npm run audit --', address, vkey, 'checkpoints', ...witnesses.map((one) => `--witness ${one.vkey}`)].join(
          ' \\\n  ',
        )}
      </pre>
      <p>{t('auditlog.log.howProgramText')}</p>
      <p>{t('auditlog.log.howStandard')}</p>
      <h3>{t('auditlog.log.files')}</h3>
      <ul class="plain-list">
        {files.map(([path, text]) => (
          <li key={path}>
            <code>{path}</code> {text}
          </li>
        ))}
      </ul>
      <p>
        <a href={`${new URL(address).pathname}/entries.jsonl`} download>
          {t('auditlog.log.download')}
        </a>
      </p>
    </Panel>
  );
}
