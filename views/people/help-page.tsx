import type { ComponentChildren } from 'preact';
import { HELP_TOPICS, type HelpTopic } from '../shared/help-topic.ts';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { type ScreenName, ScreenPicture } from '../shared/screen-picture.tsx';

/** 帮助: one part for each piece of work, with what its page looks like; the link on every page leads to its own part. */
export function HelpPage() {
  const { t, viewer } = usePage();
  return (
    <Layout title={t('people.help.title')} lead={t('people.help.lead')} width="narrow">
      <LocalNav items={HELP_TOPICS.map((part) => ({ href: `#${part}`, label: t(`people.help.short.${part}`) }))} />
      <Part topic="villager" pictures={[['screenCard', t('people.help.short.villager')]]}>
        <li>{t('people.help.villagerCard')}</li>
        <li>{t('people.help.villagerSpend')}</li>
        <li>{t('people.help.villagerAsk')}</li>
        <li>{t('people.help.villagerWish')}</li>
        <li>{t('people.help.villagerLook')}</li>
      </Part>
      <Part
        topic="households"
        pictures={[
          ['screenRoster', t('roster.title')],
          ['screenCards', t('cards.list.title')],
        ]}
      >
        <li>{t('people.help.householdsImport')}</li>
        <li>{t('people.help.managerOpen')}</li>
        <li>{t('people.help.householdsChange')}</li>
        <li>{t('people.help.householdsMembers')}</li>
      </Part>
      <Part topic="award" pictures={[['screenAward', t('shared.door.awards')]]}>
        <li>{t('people.help.managerAward')}</li>
        <li>{t('people.help.awardLists')}</li>
        <li>{t('people.help.managerUndo')}</li>
        <li>{t('people.help.awardSettings')}</li>
      </Part>
      <Part topic="claims" pictures={[['screenClaims', t('claims.title')]]}>
        <li>{t('people.help.claimsFile')}</li>
        <li>{t('people.help.claimsDecide')}</li>
        <li>{t('people.help.claimsBoard')}</li>
      </Part>
      <Part topic="counter" pictures={[['screenCounter', t('shared.door.exchange')]]}>
        <li>{t('people.help.managerExchange')}</li>
        <li>{t('people.help.counterProxy')}</li>
        <li>{t('people.help.counterQueue')}</li>
        <li>{t('people.help.counterPaper')}</li>
      </Part>
      <Part topic="goods" pictures={[['screenGoods', t('shared.door.goods')]]}>
        <li>{t('people.help.managerReceive')}</li>
        <li>{t('people.help.goodsSecond')}</li>
        <li>{t('people.help.goodsCount')}</li>
        <li>{t('people.help.goodsGifts')}</li>
        <li>{t('people.help.goodsHandover')}</li>
      </Part>
      <Part topic="notice" pictures={[['screenNotice', t('shared.door.publication')]]}>
        <li>{t('people.help.supervisorLook')}</li>
        <li>{t('people.help.supervisorPublish')}</li>
        <li>{t('people.help.supervisorCorrect')}</li>
        <li>{t('people.help.supervisorWatch')}</li>
      </Part>
      <Part topic="offices" pictures={[['screenOffice', t('people.help.short.offices')]]}>
        <li>{t('people.help.officesCompare')}</li>
        <li>{t('people.help.officesPeople')}</li>
        <li>{t('people.help.officesReport')}</li>
      </Part>
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

type PartProps = {
  topic: Exclude<HelpTopic, 'trouble'>;
  /** Each with the name of the page that it shows. */
  pictures?: readonly (readonly [ScreenName, string])[] | undefined;
  children: ComponentChildren;
};

function Part({ topic, pictures = [], children }: PartProps) {
  const { t } = usePage();
  return (
    <Panel title={t(`people.help.${topic}`)} id={topic}>
      <ol class="help-steps">{children}</ol>
      {pictures.map(([name, of]) => (
        <ScreenPicture key={name} name={name} of={of} />
      ))}
    </Panel>
  );
}
