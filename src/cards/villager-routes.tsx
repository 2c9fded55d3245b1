import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { BrokenCardPage } from '../../views/cards/broken-card-page.tsx';
import { CardPage } from '../../views/cards/card-page.tsx';
import type { TextSize } from '../../views/shared/page-context.ts';
import { openLogName } from '../auditlog/index.ts';
import { villageById } from '../people/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { isPublicToken } from '../platform/ids.ts';
import { spendableOf, unspendableOf, villageSettings } from '../settings/index.ts';
import { affordableGoods } from './affordable-goods.ts';
import { statementParts } from './card-statement.ts';
import { heldGoods } from './held-goods.ts';
import { cardsByToken, formerCard, type ShownCard } from './household-card.ts';
import { maskName } from './mask-name.ts';
import { passbook } from './passbook.ts';
import type { CardsServices } from './pending-line.ts';

/** The whole passbook stands on one page unless it is longer than this. */
const LONGEST_PASSBOOK = 200;

const GOODS_OF_EACH_ZONE = 6;

const villagerQuery = z.object({
  before: z.preprocess(lastOf, rowNumber).optional().catch(undefined),
});

/** 我的积分: what the QR on a card opens. Whoever holds the card may look; no account, no script, no trace in caches. */
export const villagerRoutes: FastifyPluginAsyncZod<CardsServices> = async (
  app,
  { config, db: { sql, readTogether }, pendingOf, honoursOf },
) => {
  app.get(
    '/C/:token',
    {
      config: { access: 'everybody' },
      schema: { params: z.object({ token: z.string() }), querystring: villagerQuery },
    },
    async (request, reply) => {
      keepPrivate(reply);
      const token = request.params.token.toUpperCase();
      // What is no token goes no further: it could spoil the query for those who ask at the same time.
      const card = isPublicToken(token) ? await readTogether(cardsByToken, token) : undefined;
      if (!card) return answerBrokenCard(sql, reply, token);
      const { logSize, status, balanceCentipoints, lastN } = card;
      const name = `${token} ${logSize} ${status} ${balanceCentipoints} ${lastN}`;
      return reply.keptPage(name, () => drawCard(request, card, request.query.before));
    },
  );

  async function drawCard(request: FastifyRequest, card: ShownCard, before: number | undefined) {
    const { token, villageId, accountId, balanceCentipoints } = card;
    const spending = unspendableOf(sql, { villageId, accountId, today: request.today }).then(async (unspendable) => {
      const spendableCentipoints = spendableOf(balanceCentipoints, unspendable);
      const window = { villageId, spendableCentipoints, today: request.today, ofEachZone: GOODS_OF_EACH_ZONE };
      return { unspendable, spendableCentipoints, affordable: await affordableGoods(sql, window) };
    });
    const [village, lines, parts, spendable, pending, honours, settings, held] = await Promise.all([
      villageById(sql, villageId),
      passbook(sql, { villageId, accountId, beforeN: before, limit: LONGEST_PASSBOOK + 1 }),
      statementParts(sql, { villageId, accountId }),
      spending,
      pendingOf({ villageId, accountId, today: request.today }),
      honoursOf(villageId, accountId),
      villageSettings(sql, villageId),
      heldGoods(sql, villageId, accountId),
    ]);
    if (!village) throw new Error('a card has a village');
    request.village = village;
    // Whoever scans it may not be of the house: names as the page shows its head's.
    const entries = lines
      .slice(0, LONGEST_PASSBOOK)
      .map((line) => ({ ...line, memberName: line.memberName && maskName(line.memberName) }));
    return (
      <CardPage
        maskedName={maskName(card.headName)}
        groupName={card.groupName}
        cardNumber={card.number}
        status={card.status}
        balanceCentipoints={balanceCentipoints}
        {...spendable}
        openingDays={settings.openingDays}
        pending={pending}
        held={held}
        reserveHref={settings.householdsReserve && card.status === 'active' ? `/C/${token}/reservations` : undefined}
        queueHref={settings.queueNumbers ? `/C/${token}/number` : undefined}
        honours={honours}
        wishHref={`/C/${token}/wishes`}
        claimHref={card.status === 'active' ? `/C/${token}/claims/new` : undefined}
        objectionHref={`/C/${token}/objections/new`}
        entries={entries}
        parts={parts}
        statementHref={`/C/${token}/statement`}
        logHref={`/log/${openLogName(config.dataDir, village.code)}`}
        olderHref={lines.length > entries.length ? `/C/${token}?before=${entries.at(-1)?.n}` : undefined}
        newestHref={before === undefined ? undefined : `/C/${token}`}
        textSize={villagerTextSize(request)}
      />
    );
  }
};

/** Says what became of the card where that is known. */
export async function answerBrokenCard(sql: Reader, reply: FastifyReply, token: string): Promise<FastifyReply> {
  const former = isPublicToken(token) ? await formerCard(sql, { token }) : null;
  const textSize = villagerTextSize(reply.request);
  return reply.code(404).page(<BrokenCardPage why={former?.why ?? 'unknown'} textSize={textSize} />);
}

export function keepPrivate(reply: FastifyReply): void {
  reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex, nofollow');
}

/** 特大 for whoever has not chosen: most who scan a card are old. */
export function villagerTextSize({ textSize }: FastifyRequest): TextSize {
  return textSize ?? 'largest';
}
