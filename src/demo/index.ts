/** The demonstration: a made-up county to try everything with. */
export { type DemoAccount, demoAccounts } from './demo-accounts.ts';
export { prepareDatabase } from './prepare-database.ts';
