/**
 * Points checked from inside: every account is the sum of an unbroken chain, and every entry says the same as its leaf in the public
 * log; nothing but a deduction, or what undoes an award that settled one, leaves it below its floor (how far: verify-unsettled.ts). Entries are read in the order of their acts, page by page and each page as two values; what is kept
 * meanwhile is the end of each account's chain.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { inBatches } from '../platform/database/in-batches.ts';

export interface EntriesToVerify {
  villageId: number;
  onProgress?: ((entries: number) => void) | undefined;
}

const ENTRIES_A_PAGE = 1_000;

type EntryColumns = [
  accountId: number,
  n: number,
  seq: number,
  amount: number,
  balanceAfter: number,
  occurredOn: string,
  floor: number | null,
  pseudonym: string | null,
  leafBytes: number | null,
];

interface StoredEntry {
  accountId: number;
  n: number;
  seq: number;
  amount: number;
  balanceAfter: number;
  occurredOn: string;
  /** Null where there is no such account. */
  floor: number | null;
  pseudonym: string | null;
  leaf: string | null;
}

/** The last entry of an account so far. */
type ChainEnd = Pick<StoredEntry, 'n' | 'balanceAfter'>;

export async function verifyEntries(
  sql: Reader,
  { villageId, onProgress }: EntriesToVerify,
): Promise<BadRow | { entries: number }> {
  const chains = new Map<number, ChainEnd>();
  let entries = 0;
  for await (const page of inBatches<StoredEntry>(ENTRIES_A_PAGE, (last) =>
    storedEntries(sql, villageId, last?.seq ?? -1),
  )) {
    for (const entry of page) {
      const { accountId } = entry;
      const before = chains.get(accountId) ?? { n: 0, balanceAfter: 0 };
      if (entry.n !== before.n + 1) return brokenChain(sql, villageId, entry, before.n + 1);
      const bad = checkEntry(entry, before);
      if (bad) return bad;
      // Not the entry itself: it would keep the leaves of its whole page.
      chains.set(accountId, { n: entry.n, balanceAfter: entry.balanceAfter });
      entries += 1;
    }
    onProgress?.(entries);
  }
  return (await checkAccounts(sql, villageId, chains)) ?? { entries };
}

async function storedEntries(sql: Reader, villageId: number, after: number): Promise<readonly StoredEntry[]> {
  const [page] = await sql<{ leaves: Buffer | null; entries: EntryColumns[] | null }[]>`
    with page as materialized (
      select *
        from entry
       where village_id = ${villageId}
         and seq > ${after}
       order by seq
       limit ${ENTRIES_A_PAGE}
    ),
    joined as (
      select page.*,
             account.floor_centipoints,
             account.pseudonym,
             act.leaf
        from page
        left join account
          on account.village_id = ${villageId}
         and account.account_id = page.account_id
        left join act
          on act.village_id = ${villageId}
         and act.seq = page.seq
         and act.seq > ${after}
         and act.seq <= (select max(seq) from page)
    )
    select string_agg(leaf, ''::bytea order by seq) as leaves,
           json_agg(
             json_build_array(
               account_id,
               n,
               seq,
               amount_centipoints,
               balance_after_centipoints,
               occurred_on,
               floor_centipoints,
               pseudonym,
               octet_length(leaf)
             )
             order by seq
           ) as entries
      from joined`;
  let end = 0;
  return (page?.entries ?? []).map(
    ([accountId, n, seq, amount, balanceAfter, occurredOn, floor, pseudonym, leafBytes]) => {
      end += leafBytes ?? 0;
      // What is looked for in it is plain letters and digits; whether it is whole text at all is for the record to say.
      const leaf = leafBytes === null || !page?.leaves ? null : page.leaves.toString('latin1', end - leafBytes, end);
      return { accountId, n, seq, amount, balanceAfter, occurredOn, floor, pseudonym, leaf };
    },
  );
}

const place = ({ accountId, n }: Pick<StoredEntry, 'accountId' | 'n'>) => `account ${accountId}, n ${n}`;

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
    ? { table: 'entry', row: place({ accountId, n }), sentence: 'it stands before the entry that it follows' }
    : { table: 'entry', row: place({ accountId, n: expected }), sentence: 'it is missing' };
}

function checkEntry(entry: StoredEntry, before: ChainEnd): BadRow | null {
  const sentence = wrongInChain(entry, before) ?? wrongInLeaf(entry);
  return sentence === null ? null : { table: 'entry', row: place(entry), sentence };
}

/** What may leave less than the floor: parts of a leaf as it is spelled. */
const BELOW_FLOOR = ['"type":"points.deduct"', '"type":"points.reverse"', '"type":"points.convert"', '"owed":true'];

function wrongInChain({ amount, balanceAfter, floor, leaf }: StoredEntry, before: ChainEnd): string | null {
  const expected = before.balanceAfter + amount;
  // Beyond the safe integers two sums may look alike.
  if (balanceAfter !== expected || !Number.isSafeInteger(amount) || !Number.isSafeInteger(expected)) {
    return `it leaves ${balanceAfter}, but the chain leads to ${expected}`;
  }
  if (floor === null) return 'its account is missing';
  const isBelow = balanceAfter < floor && amount < 0 && !BELOW_FLOOR.some((part) => leaf?.includes(part));
  return isBelow ? 'it leaves the account below its floor' : null;
}

function wrongInLeaf({ seq, pseudonym, amount, n, occurredOn, leaf: text }: StoredEntry): string | null {
  if (!text) return `its act ${seq} is missing`;
  const leaf = parseLeaf(text);
  if (!leaf) return `the leaf of its act ${seq} cannot be read`;
  const another = (name: string) => `the leaf of its act ${seq} says another ${name}`;
  if (leaf['acct'] !== pseudonym) return another('acct');
  if (leaf['delta'] !== amount) return another('delta');
  if (leaf['n'] !== n) return another('n');
  return leaf['occurred'] === occurredOn ? null : another('occurred');
}

function parseLeaf(leaf: string): Record<string, unknown> | null {
  try {
    return JSON.parse(leaf) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}

/** What an account holds is what its last entry leaves. */
async function checkAccounts(
  sql: Reader,
  villageId: number,
  chains: ReadonlyMap<number, ChainEnd>,
): Promise<BadRow | null> {
  const accounts = await sql<{ accountId: number; balance: number; lastN: number }[]>`
    select account_id as "accountId",
           balance_centipoints as balance,
           last_n as "lastN"
      from account
     where village_id = ${villageId}
     order by account_id`;
  for (const { accountId, balance, lastN } of accounts) {
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
