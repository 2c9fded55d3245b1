import { type KeptAct, keptActs, textFact } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { LineState } from './decide-sample.ts';
import { drawSample, type LoggedAct, SAMPLE_KINDS, type SampleLine, sampleKey } from './draw-sample.ts';

export interface SampledLine extends SampleLine {
  state: LineState;
  note: string;
  /** What whoever calls back needs: whose it is, and how to reach them. */
  household: string | null;
  phone: string | null;
  occurredOn: string;
  amountCentipoints: number | null;
  goods: { code: string; name: string; quantity: number }[];
}

export interface Sample {
  month: string;
  /** The number of the act that published the seed. */
  seq: number;
  seed: string;
  drawnOn: string;
  lines: SampledLine[];
}

/** Every sample of a village, the newest month first. The lines are drawn anew from the record each time. */
export async function samples(sql: Reader, villageId: number): Promise<Sample[]> {
  const acts = await keptActs(sql, villageId, sql`act.type in ('sample.draw', 'sample.check')`);
  if (acts.length === 0) return [];
  const logged = await loggedActs(sql, villageId);
  const checks = new Map(
    acts
      .filter(({ type }) => type === 'sample.check')
      .map((act) => [
        `${Number(act.facts['draw'])}:${sampleKey(lineOf(act))}`,
        {
          state: act.facts['outcome'] === 'good' ? ('good' as const) : ('finding' as const),
          note: act.disclosed['note'] ?? '',
        },
      ]),
  );
  const drawn = acts
    .filter(({ type }) => type === 'sample.draw')
    .map((act) => {
      const { seq, facts, occurredOn } = act;
      const [month, seed] = [textFact(act, 'month') ?? '', textFact(act, 'seed') ?? ''];
      const sizes = {
        exchange: Number(facts['exchanges']),
        award: Number(facts['awards']),
        lot: Number(facts['lots']),
      };
      return { month, seq, seed, drawnOn: occurredOn, lines: drawSample(logged, { seq, seed, month, sizes }) };
    });
  const told = await tellOf(sql, villageId, [...new Set(drawn.flatMap(({ lines }) => lines.map(({ seq }) => seq)))]);
  return drawn
    .map(({ lines, ...sample }) => ({
      ...sample,
      lines: lines.map((line) => ({
        ...(told.get(line.seq) ?? NOTHING),
        ...line,
        state: 'waiting' as const,
        note: '',
        ...checks.get(`${sample.seq}:${sampleKey(line)}`),
      })),
    }))
    .sort((one, other) => other.month.localeCompare(one.month));
}

function lineOf(act: KeptAct): SampleLine {
  const kind = SAMPLE_KINDS.find((one) => one === act.facts['kind']) ?? 'exchange';
  return { kind, seq: Number(act.facts['line']), item: textFact(act, 'item') };
}

const NOTHING = { household: null, phone: null, occurredOn: '', amountCentipoints: null, goods: [] };

/** As the public log has them. */
function loggedActs(sql: Reader, villageId: number): Promise<LoggedAct[]> {
  return sql<LoggedAct[]>`
    select seq,
           type,
           occurred_on as "occurredOn",
           reverses_seq as reverses,
           array(select line ->> 'code' from jsonb_array_elements(facts -> 'goods') as line) as goods
      from act
     where village_id = ${villageId}
       and type in ('points.redeem', 'points.award', 'stock.in', 'points.reverse', 'stock.reverse')
     order by seq`;
}

async function tellOf(sql: Reader, villageId: number, seqs: number[]) {
  const rows = await sql<(Omit<SampledLine, 'kind' | 'item' | 'state' | 'note'> & { seq: number })[]>`
    select act.seq,
           act.occurred_on as "occurredOn",
           entry.amount_centipoints as "amountCentipoints",
           household.head_name as household,
           household.phone,
           coalesce((
             select jsonb_agg(jsonb_build_object(
                      'code', goods.code, 'name', goods.name, 'quantity', (line ->> 'quantity')::integer
                    ))
               from jsonb_array_elements(act.facts -> 'goods') as line
               join goods
                 on goods.village_id = act.village_id
                and goods.code = line ->> 'code'
           ), '[]') as goods
      from act
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      left join account
        on account.village_id = entry.village_id
       and account.account_id = entry.account_id
      left join household
        on household.village_id = account.village_id
       and household.household_id = account.holder_id
     where act.village_id = ${villageId}
       and act.seq = any(${seqs}::bigint[])`;
  return new Map(rows.map(({ seq, ...told }) => [seq, told]));
}
