import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { WithoutWorker } from './without-worker.tsx';

/** Of an award that was refused, filled in by the script. */
const CORRECTED = {
  rule: '',
  occurredOn: '',
  times: '',
  note: '',
  cards: '',
  members: '',
  photoIds: '',
  idempotencyKey: '',
  change: '1',
};

/**
 * 待上传: what was entered without network, and what was refused. The browser draws the list itself, for only it knows it; the server
 * draws the words.
 */
export function UploadsPage() {
  const { t, viewer } = usePage();
  return (
    <Layout title={t('awards.upload.title')} lead={t('awards.upload.lead')} width="narrow" scripts={['uploads']}>
      <div class="flow upload-room" data-shell="list">
        <WithoutWorker />
        <div id="upload-leaving" hidden>
          <Notice kind="warning">{t('awards.upload.leaving')}</Notice>
        </div>
        <div id="upload-sign-in" hidden>
          <Notice kind="warning">
            {t('awards.upload.signIn')} <a href="/sign-in?return=%2Fuploads">{t('awards.upload.signInLink')}</a>
          </Notice>
        </div>
        <p
          id="upload-status"
          role="status"
          data-none={t('awards.upload.none')}
          data-some={t('awards.upload.some', { count: '{count}', refused: '{refused}' })}
          data-cut={t('awards.upload.cut')}
          data-others={t('awards.upload.others', { count: '{count}' })}
        />
        <ol class="plain-list flow" id="upload-list" />
        <template id="upload-item">
          <li class="panel">
            <h2 data-part="what">{t('awards.upload.title')}</h2>
            <p data-part="who" />
            <p
              class="soft"
              data-part="when"
              data-words={t('awards.upload.enteredAt', { time: '{time}', day: '{day}' })}
            />
            <p data-part="note" />
            <p
              data-part="state"
              data-waiting={t('awards.upload.waits')}
              data-refused={t('awards.upload.refused', { reason: '{reason}' })}
              data-old={t('awards.upload.tooOld')}
            />
            <div class="button-row" data-part="buttons">
              <button class="button button-quiet" type="button" data-part="discard" data-sure={t('awards.upload.sure')}>
                {t('awards.upload.discard')}
              </button>
            </div>
          </li>
        </template>
        {viewer && (
          <template id="upload-correct">
            <PostForm action="/uploads" hidden={CORRECTED} enctype="multipart/form-data">
              {/* Filled by the script with what the browser kept; nobody chooses here. */}
              <input type="file" name="photos" multiple hidden />
              <SubmitButton look="secondary">{t('awards.upload.correct')}</SubmitButton>
            </PostForm>
          </template>
        )}
        {/* Shown with the list, which would push it away. */}
        <div class="flow" id="upload-rest" hidden>
          <ButtonRow>
            <button class="button button-primary" type="button" id="upload-now" hidden>
              {t('awards.upload.now')}
            </button>
            <LinkButton href="/uploads/award">{t('awards.upload.another')}</LinkButton>
          </ButtonRow>
          <Panel title={t('awards.upload.howTitle')}>
            <ul class="help-steps">
              <li>{t('awards.upload.how1')}</li>
              <li>{t('awards.upload.how2')}</li>
              <li>{t('awards.upload.how3')}</li>
            </ul>
          </Panel>
        </div>
      </div>
    </Layout>
  );
}
