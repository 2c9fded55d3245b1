/**
 * Points checked from inside: every account is the sum of an unbroken chain, and every entry says the same as its leaf in the public
 * log; honours alone give honour points; nothing but a deduction, or what undoes an award that settled one, leaves it below its floor (how
 * far: verify-unsettled.ts). Entries are read in the order of their acts beside whoever reads the leaves, page by page; what is kept
 * meanwhile is the accounts and the end of each one's chain.
 */
import type { BadRow, ReadLeaf } from '../auditlog/index.ts';
import { at, type ColumnLists } from '../platform/database/column-lists.ts';
import type { Reader } from '../platform/database/db.ts';
import { inBatches } from '../platform/database/in-batches.ts';

const ENTRIES_A_PAGE = 1_000;

interface StoredEntry {
  accountId: number;
  n: number;
  seq: number;
  amount: number;
  balanceAfter: number;
  occurredOn: string;
}

interface StoredAccount {
  pseudonym: string;
  kind: string;
  floor: number;
  balance: number;
  lastN: number;
}

/** The last entry of an account so far. */
type ChainEnd = Pick<StoredEntry, 'n' | 'balanceAfter'>;

/** What an act has in the log; undefined where it has nothing at all. */
type LeafOfEntry = ReadLeaf['leaf'] | undefined;

/** Behind every leaf that there is. */
const BEHIND_ALL: ReadLeaf = { seq: Number.POSITIVE_INFINITY, leaf: null };

interface EntriesBesideLeaves {
  /** Leaves come in the order of their numbers, all of them. */
  follow(leaves: readonly ReadLeaf[]): Promise<void>;
  /** After the last leaf. */
  end(): Promise<BadRow | { entries: number }>;
}

export async function verifyEntries(sql: Reader, villageId: number): Promise<EntriesBesideLeaves> {
  const accounts = await storedAccounts(sql, villageId);
  const chains = new Map<number, ChainEnd>();
  const pages = inBatches<StoredEntry>(ENTRIES_A_PAGE, (last) => storedEntries(sql, villageId, last?.seq ?? -1));
  let page: readonly StoredEntry[] = [];
  let place = 0;
  let entries = 0;
  let bad: BadRow | null = null;

  const nextPage = async (): Promise<StoredEntry | undefined> => {
    const next = await pages.next();
    page = next.done ? [] : next.value;
    place = 0;
    return page[0];
  };

  const follow = async (leaves: readonly ReadLeaf[]): Promise<void> => {
    for (const { seq, leaf } of leaves) {
      while (!bad) {
        const entry = page[place] ?? (await nextPage());
        if (!entry || entry.seq > seq) break;
        const before = chains.get(entry.accountId) ?? { n: 0, balanceAfter: 0 };
        bad =
          entry.n === before.n + 1
            ? checkEntry(entry, before, accounts.get(entry.accountId), entry.seq === seq ? leaf : undefined)
            : await brokenChain(sql, villageId, entry, before.n + 1);
        chains.set(entry.accountId, entry);
        entries += 1;
        place += 1;
      }
    }
  };

  return {
    follow,
    end: async () => {
      await follow([BEHIND_ALL]);
      return bad ?? checkAccounts(accounts, chains) ?? { entries };
    },
  };
}

async function storedAccounts(sql: Reader, villageId: number): Promise<Map<number, StoredAccount>> {
  const accounts = await sql<(StoredAccount & { accountId: number })[]>`
    select account_id as "accountId",
           pseudonym,
           kind,
           floor_centipoints as floor,
           balance_centipoints as balance,
           last_n as "lastN"
      from account
     where village_id = ${villageId}
     order by account_id`;
  return new Map(accounts.map(({ accountId, ...account }) => [accountId, account]));
}

async function storedEntries(sql: Reader, villageId: number, after: number): Promise<readonly StoredEntry[]> {
  const [page] = await sql<{ entries: ColumnLists<StoredEntry> }[]>`
    select json_build_object(
             'accountId', array_agg(account_id),
             'n', array_agg(n),
             'seq', array_agg(seq),
             'amount', array_agg(amount_centipoints),
             'balanceAfter', array_agg(balance_after_centipoints),
             'occurredOn', array_agg(occurred_on)
           ) as entries
      from (
        select *
          from entry
         where village_id = ${villageId}
           and seq > ${after}
         order by seq
         limit ${ENTRIES_A_PAGE}
      ) as page`;
  if (!page) return [];
  const { accountId, n, seq, amount, balanceAfter, occurredOn } = page.entries;
  return (seq ?? []).map((own, place) => ({
    accountId: at(accountId, place),
    n: at(n, place),
    seq: own,
    amount: at(amount, place),
    balanceAfter: at(balanceAfter, place),
    occurredOn: at(occurredOn, place),
  }));
}

const placeOf = ({ accountId, n }: Pick<StoredEntry, 'accountId' | 'n'>) => `account ${accountId}, n ${n}`;

/** Another number than the next of its account: either the one before it is missing, or it comes later. */
async function brokenChain(
  sql: Reader,
  villageId: number,
  { accountId, n }: StoredEntry,
  expected: number,
): Promise<BadRow> {
  const [later] = await sql`
    select 1
      from entry
     where village_id = ${villageId}
       and account_id = ${accountId}
       and n = ${expected}`;
  return later
    ? { table: 'entry', row: placeOf({ accountId, n }), sentence: 'it stands before the entry that it follows' }
    : { table: 'entry', row: placeOf({ accountId, n: expected }), sentence: 'it is missing' };
}

function checkEntry(
  entry: StoredEntry,
  before: ChainEnd,
  account: StoredAccount | undefined,
  leaf: LeafOfEntry,
): BadRow | null {
  const sentence =
    wrongInChain(entry, before, account, leaf) ?? wrongInLeaf(entry, account, leaf) ?? wrongKind(account, leaf);
  return sentence === null ? null : { table: 'entry', row: placeOf(entry), sentence };
}

/** Acts that may leave less than the floor; also what takes over a debt. */
const BELOW_FLOOR = new Set<unknown>(['points.deduct', 'points.reverse', 'points.convert']);

function wrongInChain(
  { amount, balanceAfter }: StoredEntry,
  before: ChainEnd,
  account: StoredAccount | undefined,
  leaf: LeafOfEntry,
): string | null {
  const expected = before.balanceAfter + amount;
  // Beyond the safe integers two sums may look alike.
  if (balanceAfter !== expected || !Number.isSafeInteger(amount) || !Number.isSafeInteger(expected)) {
    return `it leaves ${balanceAfter}, but the chain leads to ${expected}`;
  }
  if (!account) return 'its account is missing';
  const mayOwe = BELOW_FLOOR.has(leaf?.['type']) || leaf?.['owed'] === true;
  return balanceAfter < account.floor && amount < 0 && !mayOwe ? 'it leaves the account below its floor' : null;
}

function wrongInLeaf(
  { seq, amount, n, occurredOn }: StoredEntry,
  account: StoredAccount | undefined,
  leaf: LeafOfEntry,
): string | null {
  if (leaf === undefined) return `its act ${seq} is missing`;
  if (leaf === null) return `the leaf of its act ${seq} cannot be read`;
  const another = (name: string) => `the leaf of its act ${seq} says another ${name}`;
  if (leaf['acct'] !== account?.pseudonym) return another('acct');
  if (leaf['delta'] !== amount) return another('delta');
  if (leaf['n'] !== n) return another('n');
  return leaf['occurred'] === occurredOn ? null : another('occurred');
}

const OF_HONOUR = new Set<unknown>(['honor.award', 'honor.backfill', 'honor.withdraw', 'honor.move']);

/** Honour points came from honours and from nothing else. */
function wrongKind(account: StoredAccount | undefined, leaf: LeafOfEntry): string | null {
  const type = leaf?.['type'];
  if ((account?.kind === 'honor') === OF_HONOUR.has(type)) return null;
  return `honour points and others meet in it: it is of ${typeof type === 'string' ? type : 'no type'}`;
}

/** What an account holds is what its last entry leaves. */
function checkAccounts(
  accounts: ReadonlyMap<number, StoredAccount>,
  chains: ReadonlyMap<number, ChainEnd>,
): BadRow | null {
  for (const [accountId, { balance, lastN }] of accounts) {
    const wrong = (sentence: string) => ({ table: 'account', row: `account ${accountId}`, sentence });
    const last = chains.get(accountId);
    if (!last && (balance !== 0 || lastN !== 0)) return wrong('it holds points without an entry');
    if (last && (balance !== last.balanceAfter || lastN !== last.n)) {
      return wrong(
        `it holds ${balance} after ${lastN} entries, but its last entry is ${last.n} and leaves ${last.balanceAfter}`,
      );
    }
  }
  return null;
}
