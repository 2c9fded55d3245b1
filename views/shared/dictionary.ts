/**
 * All words of the interface in one typed dictionary. A misspelt key, a forgotten value and a missing English text
 * fail the compiler; a stale or missing zh-TW text fails `npm run words -- --check`.
 */
import { fill, type Locale, type Placeholders } from '../../src/platform/i18n/locale.ts';
import { activitiesWords } from '../activities/words.ts';
import { auditlogWords } from '../auditlog/words.ts';
import { awardsWords } from '../awards/words.ts';
import { cardsWords } from '../cards/words.ts';
import { claimsWords } from '../claims/words.ts';
import { donationsWords } from '../donations/words.ts';
import { exchangeWords } from '../exchange/words.ts';
import { goodsWords } from '../goods/words.ts';
import { handoversWords } from '../handovers/words.ts';
import { honoursWords } from '../honours/words.ts';
import { importsWords } from '../imports/words.ts';
import { inspectionsWords } from '../inspections/words.ts';
import { journalWords } from '../journal/words.ts';
import { oversightWords } from '../oversight/words.ts';
import { peopleWords } from '../people/words.ts';
import { photosWords } from '../photos/words.ts';
import { problemsWords } from '../problems/words.ts';
import { publicationWords } from '../publication/words.ts';
import { ratesWords } from '../rates/words.ts';
import { remindersWords } from '../reminders/words.ts';
import { reservationsWords } from '../reservations/words.ts';
import { rosterWords } from '../roster/words.ts';
import { rulesWords } from '../rules/words.ts';
import { samplesWords } from '../samples/words.ts';
import { settingsWords } from '../settings/words.ts';
import { stocktakesWords } from '../stocktakes/words.ts';
import { wishesWords } from '../wishes/words.ts';
import { speakOfErased } from './erased-household.ts';
import { spokenValue } from './format-day.ts';
import { sharedWords } from './words.ts';
import { zhTW } from './words.zh-tw.ts';

/** Every area, so that the words script can name the file a text comes from. */
export const areas = {
  shared: sharedWords,
  people: peopleWords,
  photos: photosWords,
  auditlog: auditlogWords,
  cards: cardsWords,
  claims: claimsWords,
  settings: settingsWords,
  imports: importsWords,
  rules: rulesWords,
  goods: goodsWords,
  rates: ratesWords,
  stocktakes: stocktakesWords,
  awards: awardsWords,
  exchange: exchangeWords,
  reservations: reservationsWords,
  roster: rosterWords,
  donations: donationsWords,
  wishes: wishesWords,
  problems: problemsWords,
  reminders: remindersWords,
  handovers: handoversWords,
  inspections: inspectionsWords,
  samples: samplesWords,
  honours: honoursWords,
  activities: activitiesWords,
  journal: journalWords,
  publication: publicationWords,
  oversight: oversightWords,
};

const zhCN = {
  ...sharedWords.zhCN,
  ...peopleWords.zhCN,
  ...photosWords.zhCN,
  ...auditlogWords.zhCN,
  ...cardsWords.zhCN,
  ...claimsWords.zhCN,
  ...settingsWords.zhCN,
  ...importsWords.zhCN,
  ...rulesWords.zhCN,
  ...goodsWords.zhCN,
  ...ratesWords.zhCN,
  ...stocktakesWords.zhCN,
  ...awardsWords.zhCN,
  ...exchangeWords.zhCN,
  ...reservationsWords.zhCN,
  ...rosterWords.zhCN,
  ...donationsWords.zhCN,
  ...wishesWords.zhCN,
  ...problemsWords.zhCN,
  ...remindersWords.zhCN,
  ...handoversWords.zhCN,
  ...inspectionsWords.zhCN,
  ...samplesWords.zhCN,
  ...honoursWords.zhCN,
  ...activitiesWords.zhCN,
  ...journalWords.zhCN,
  ...publicationWords.zhCN,
  ...oversightWords.zhCN,
};

const en: Record<keyof typeof zhCN, string> = {
  ...sharedWords.en,
  ...peopleWords.en,
  ...photosWords.en,
  ...auditlogWords.en,
  ...cardsWords.en,
  ...claimsWords.en,
  ...settingsWords.en,
  ...importsWords.en,
  ...rulesWords.en,
  ...goodsWords.en,
  ...ratesWords.en,
  ...stocktakesWords.en,
  ...awardsWords.en,
  ...exchangeWords.en,
  ...reservationsWords.en,
  ...rosterWords.en,
  ...donationsWords.en,
  ...wishesWords.en,
  ...problemsWords.en,
  ...remindersWords.en,
  ...handoversWords.en,
  ...inspectionsWords.en,
  ...samplesWords.en,
  ...honoursWords.en,
  ...activitiesWords.en,
  ...journalWords.en,
  ...publicationWords.en,
  ...oversightWords.en,
};

type ZhCN = typeof zhCN;

/** The key of a text: `'shared.save'`. */
export type WordKey = keyof ZhCN;

type ValuesOf<Key extends WordKey> = { [Name in Placeholders<ZhCN[Key]>]: string | number };

type ValuesArgument<Key extends WordKey> = [Placeholders<ZhCN[Key]>] extends [never] ? [] : [values: ValuesOf<Key>];

/** `t('cards.count', { count: 3 })`: values are demanded exactly where the text has places for them. */
export type Translate = <Key extends WordKey>(key: Key, ...values: ValuesArgument<Key>) => string;

const texts: Record<Locale, Readonly<Record<string, string>>> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en };

/** The words in one language. */
export function translate(locale: Locale): Translate {
  const words = texts[locale];
  return (key, ...[values]) => {
    const text = words[key] ?? zhCN[key];
    if (values === undefined) return text;
    const spoken = speakOfErased(text, values, words['shared.erasedHousehold'] ?? '');
    return fill(spoken, values, (value) => spokenValue(value, locale));
  };
}

/** True where a string from outside (a refusal code, a role) has a text. */
export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(zhCN, key);
}
