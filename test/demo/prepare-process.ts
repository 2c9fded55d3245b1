/** Prepares a database as a first start does, in a process that a test may kill. */
import { prepareDatabase } from '../../src/demo/index.ts';
import type { PostgresOptions } from '../../src/platform/database/connect.ts';

const [owner = '', villageCount] = process.argv.slice(2);
const options = JSON.parse(owner) as PostgresOptions;
await prepareDatabase(options, console.log, { demo: true }, { villageCount: Number(villageCount) });
