/**
 * 哪张表里有一户的资料: every table of the database, and what a copy and an erasure make of it. A table that is missing here fails a
 * test, so whoever adds one decides about it the same day.
 */

type Part = 'whole' | 'part' | 'none';

export interface PersonalTable {
  /** What of it a household gets in its copy. */
  copied: Part;
  /** What of it goes when a household is erased. */
  erased: Part;
  /** Why anything stays or is not given; of tables that hold nothing of a household, what they hold. */
  because: string;
}

const nothing = (because: string): PersonalTable => ({ copied: 'none', erased: 'none', because });

export const PERSONAL_TABLES: Readonly<Record<string, PersonalTable>> = {
  // Of a household.
  account: { copied: 'whole', erased: 'none', because: 'points under a pseudonym that leads to nobody any more' },
  act: { copied: 'whole', erased: 'none', because: 'the public record: it never held a name' },
  card: {
    copied: 'part',
    erased: 'part',
    because: 'the number stays, it opens nothing; the token is a key and given to nobody',
  },
  card_pin: { copied: 'part', erased: 'whole', because: 'that there are digits is told; their hash is a key' },
  claim: {
    copied: 'whole',
    erased: 'none',
    because: 'rule, day and points under the pseudonym; the words are disclosures',
  },
  disclosure: { copied: 'part', erased: 'whole', because: 'what names another household is left out of the copy' },
  entry: { copied: 'whole', erased: 'none', because: 'points under the pseudonym' },
  household: {
    copied: 'whole',
    erased: 'part',
    because: 'group and number of members stay for the sums of the village',
  },
  household_member: {
    copied: 'whole',
    erased: 'part',
    because: 'the drawn name stays, for acts name it; it leads to nobody any more',
  },
  kinship: { copied: 'whole', erased: 'whole', because: 'nobody has a say in it any more' },
  objection: { copied: 'whole', erased: 'none', because: 'days and outcome; the words are disclosures' },
  personal_view: {
    copied: 'whole',
    erased: 'none',
    because: 'who looked is about those who looked; forgotten after 180 days',
  },
  photo: { copied: 'whole', erased: 'whole', because: 'where no other household’s act names it' },
  queue_number: {
    copied: 'none',
    erased: 'part',
    because: 'a number waits for a few hours; whose it was is forgotten when the next exchange day opens',
  },
  wish: { copied: 'whole', erased: 'part', because: 'the row stays without words, so that the wish is nobody else’s' },

  // Of what households share.
  goods: nothing('goods'),
  goods_want: nothing('what was asked for in vain, without by whom'),
  goods_proposal: nothing('prices and write-offs that wait for a second person'),
  handover: nothing('how one keeper of the shop hands over to the next: counts, no households'),
  publication: {
    copied: 'none',
    erased: 'none',
    because: 'what was published is frozen, with masked names; every line of it is an act in the copy',
  },
  queue_day: nothing('days on which numbers were given'),
  rule_terms: nothing('how far a village may move its rules'),
  rule_version: nothing('rules'),
  stock_lot: nothing('goods'),
  stock_move: nothing('goods'),
  stocktake: nothing('counts of goods'),
  stocktake_line: nothing('counts of goods'),
  village_check: nothing('that a month was looked through, by whom'),
  village_terms: nothing('terms of a village'),
  villager_group: nothing('groups of a village'),
  closed_period: nothing('published months'),

  // Of those who work here and give.
  access_setting: nothing('settings of a region'),
  appointment: nothing('staff'),
  donor: nothing('donors, who are erased by nobody yet and hold no account of points'),
  import_run: nothing('how far an import is, in numbers, and who pressed'),
  known_device: nothing('staff'),
  name_limit: nothing('settings of a region'),
  person: nothing('staff'),
  recovery_code: nothing('staff'),
  region: nothing('places'),
  reset_code: nothing('staff'),
  second_factor: nothing('staff'),
  security_event: nothing('what staff did; a copy or an erasure of a household is noted with its card number'),
  security_event_address: nothing('staff'),
  session: nothing('staff'),
  till: nothing('a masked name and points for at most three minutes, while a display shows them'),
  sign_in_failure: nothing('names that were tried at the sign-in'),

  // Of the machine.
  demo_load: nothing('that the demonstration was loaded'),
  log_head: nothing('sizes of logs'),
  log_tile: nothing('hashes'),
  operation: nothing('keys and hashes of requests, which name nobody'),
  public_log: nothing('names and keys of logs'),
  schema_migration: nothing('migrations'),
};
