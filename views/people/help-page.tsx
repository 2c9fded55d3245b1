import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { ScreenPicture } from '../shared/screen-picture.tsx';

/** How each of the three does their job, and what to do when it does not work. */
export function HelpPage() {
  const { t, viewer } = usePage();
  return (
    <Layout title={t('people.help.title')} lead={t('people.help.lead')} width="narrow">
      <Panel title={t('people.help.villager')} id="villager">
        <ol class="help-steps">
          <li>{t('people.help.villagerCard')}</li>
          <li>{t('people.help.villagerSpend')}</li>
          <li>{t('people.help.villagerAsk')}</li>
        </ol>
      </Panel>
      <Panel title={t('people.help.manager')} id="manager">
        <ol class="help-steps">
          <li>{t('people.help.managerOpen')}</li>
          <li>{t('people.help.managerAward')}</li>
          <li>{t('people.help.managerExchange')}</li>
          <li>{t('people.help.managerReceive')}</li>
          <li>{t('people.help.managerUndo')}</li>
        </ol>
        <ScreenPicture name="screenAward" of={t('shared.door.awards')} />
        <ScreenPicture name="screenCounter" of={t('shared.door.exchange')} />
        <ScreenPicture name="screenGoods" of={t('shared.door.goods')} />
      </Panel>
      <Panel title={t('people.help.supervisor')} id="supervisor">
        <ol class="help-steps">
          <li>{t('people.help.supervisorLook')}</li>
          <li>{t('people.help.supervisorPublish')}</li>
          <li>{t('people.help.supervisorCorrect')}</li>
        </ol>
        <ScreenPicture name="screenNotice" of={t('shared.door.publication')} />
      </Panel>
      <Panel title={t('people.help.trouble')} id="trouble">
        <ul class="plain-list">
          <li>{t('people.help.troubleSize')}</li>
          <li>
            {t('people.help.troublePassword')} {viewer && <a href="/password">{t('people.help.ownPassword')}</a>}
          </li>
          <li>{t('people.help.troubleNetwork')}</li>
        </ul>
      </Panel>
    </Layout>
  );
}
