import type { SignedCheckpoint } from '../../src/auditlog/index.ts';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { useVillageHref } from '../shared/village-href.ts';

export type LogPageProps = {
  origin: string;
  vkey: string;
  /** Where the log is served now, with scheme and host. */
  address: string;
  /** The log began under another address and keeps its name. */
  hasMoved: boolean;
  signed: SignedCheckpoint | null;
  /** Why nothing is signed at present. */
  frozen: { refused: string } | null;
};

/** For whoever checks the log: everything that a standard verifier needs, and what a check does and does not tell. */
export function LogPage(props: LogPageProps) {
  const { t, locale, village } = usePage();
  const href = useVillageHref();
  const { origin, hasMoved, signed, frozen } = props;
  return (
    <Layout
      title={t('auditlog.log.title')}
      lead={t('auditlog.log.lead', { village: village?.name ?? '' })}
      crumbs={[{ href: href(), label: village?.name ?? '' }]}
      notice={
        frozen && (
          <Notice kind="refusal" title={t('auditlog.log.frozen')}>
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
      {signed && <Now signed={signed} />}
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

function Identity({ origin, vkey, address }: LogPageProps) {
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

function Now({ signed: { checkpoint, note } }: { signed: SignedCheckpoint }) {
  const { t } = usePage();
  const count = checkpoint.size;
  return (
    <Panel title={t('auditlog.log.now')} class="log-facts">
      <Facts
        facts={[
          { label: t('auditlog.log.size'), value: t('auditlog.record.entries', { count }) },
          { label: t('auditlog.log.root'), value: <code>{checkpoint.root.toString('base64')}</code> },
        ]}
      />
      <h3>{t('auditlog.log.checkpoint')}</h3>
      <pre class="log-text">{note}</pre>
      <p class="soft small">{t('auditlog.log.keepCheckpoint')}</p>
    </Panel>
  );
}

function How({ address, vkey }: LogPageProps) {
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
      <pre class="log-text">{`npm run audit -- ${address} \\\n  ${vkey} \\\n  checkpoints`}</pre>
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
