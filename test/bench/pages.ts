/**
 * Claim: a checkpoint, a tile and a villager's card page are answered at least 0.3 times as often as a plain Fastify route in as many
 * processes. The plain route that reads one row is measured beside it, for each of the three reads several.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cardToken } from '../../src/cards/index.ts';
import { runningDatabase } from '../../src/platform/database/running-database.ts';
import { findFreePort } from '../../src/platform/process/find-free-port.ts';
import { until } from '../platform/server-process.ts';
import { withBenchServer } from './bench-server.ts';
import { CLIENTS, rateOf, report, sideBySide } from './measure.ts';
import { get, openRawClient } from './raw-http.ts';

await withBenchServer(async ({ server, villages: [village], sql }) => {
  if (!village) throw new Error('there is no village');
  const port = await findFreePort('127.0.0.1', 0);
  const plainAddress = `http://127.0.0.1:${port}`;
  const database = JSON.stringify(runningDatabase(server.dataDir));
  const plain = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./plain-server.ts', import.meta.url))],
    { env: { ...process.env, PORT: String(port), DATABASE: database }, stdio: 'inherit' },
  );
  try {
    await until(async () => {
      const answer = await fetch(`${plainAddress}/row`).catch(() => null);
      return answer?.ok ? true : null;
    });
    const token = await cardToken(sql, village.villageId, village.cards[0] ?? '');
    const pages = {
      'the checkpoint': `/log/${village.code}/checkpoint`,
      'a full tile': `/log/${village.code}/tile/0/000`,
      'a partial tile': `/log/${village.code}/tile/0/001.p/10`,
      "a villager's card page": `/C/${token}`,
    };
    for (const [name, path] of Object.entries(pages)) {
      const ours = requests(server.address, path);
      const row = await sideBySide(ours, requests(plainAddress, '/row'));
      const bare = await sideBySide(ours, requests(plainAddress, '/plain'));
      const figures = `${Math.round(bare.one)}/s and ${Math.round(bare.other)}/s; ${row.ratio.toFixed(2)} of a route that reads one row (${Math.round(row.other)}/s)`;
      report(`${name} / a plain route`, figures, bare.ratio, '>=', 0.3);
    }
  } finally {
    plain.kill();
  }
});

function requests(address: string, path: string): () => Promise<number> {
  return async () => {
    const clients = Array.from({ length: CLIENTS }, () => openRawClient(address));
    const request = get(path);
    const rate = await rateOf(CLIENTS, async (client) => {
      const answer = await clients[client]?.send(request);
      if (answer?.status !== 200)
        throw new Error(`${path} answered ${answer?.status}: ${answer?.body().slice(0, 300)}`);
    });
    for (const client of clients) client.close();
    return rate;
  };
}
