/** Shared by all accounts of the demonstration and known to everybody, so it opens a database of made-up people only. */
export const DEMO_PASSWORD = 'love-supermarket-demo';
