import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { WithoutWorker } from './without-worker.tsx';

/** 没有网络时加分: the browser fills in rules and households as it last saw them; the press puts the award among those that wait. */
export function UploadAwardPage() {
  const { t } = usePage();
  return (
    <Layout
      title={t('awards.upload.newTitle')}
      lead={t('awards.upload.newLead')}
      width="narrow"
      crumbs={[{ href: '/uploads', label: t('awards.upload.title') }]}
      scripts={['uploads']}
    >
      <div class="flow upload-room" data-shell="award">
        <WithoutWorker />
        <div id="upload-no-book" hidden>
          <Notice kind="refusal">{t('awards.upload.noBook')}</Notice>
        </div>
        <form id="upload-form" class="flow" noValidate hidden>
          <Panel title={t('awards.new.stepRule')}>
            <SelectField name="rule" label={t('awards.upload.rule')} options={[]} prompt={t('awards.upload.choose')} />
          </Panel>
          <Panel title={t('awards.new.stepWho')}>
            <TextAreaField name="names" label={t('awards.upload.names')} hint={t('awards.upload.namesHint')} rows={6} />
          </Panel>
          <Panel title={t('awards.new.stepWhen')}>
            <TextField name="occurredOn" label={t('awards.new.day')} type="date" size="short" />
            <TextField name="note" label={t('awards.new.note')} optional maxLength={100} />
          </Panel>
          <p
            id="upload-summary"
            role="status"
            data-nothing={t('awards.upload.nothing')}
            data-open={t('awards.upload.open', { names: '{names}' })}
            data-twice={t('awards.upload.twice', { names: '{names}' })}
            data-ready={t('awards.upload.ready', { count: '{count}', points: '{points}', total: '{total}' })}
          />
          <ButtonRow>
            <button
              class="button button-primary"
              type="submit"
              id="upload-hold"
              data-words={t('awards.upload.hold', { count: '{count}', total: '{total}' })}
              disabled
            >
              {t('awards.upload.holdPlain')}
            </button>
            <LinkButton href="/uploads">{t('awards.upload.title')}</LinkButton>
          </ButtonRow>
        </form>
      </div>
    </Layout>
  );
}
