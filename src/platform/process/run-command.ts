import { type Config, readConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';

/**
 * Runs a command of the operator with the settings of the server, and ends with the code that it answers. With 2 when nothing could
 * be tried: wrong settings, or what the command throws to be read.
 */
export async function runCommand(work: (config: Config) => number | Promise<number>): Promise<void> {
  process.exitCode = await attempt(work);
}

async function attempt(work: (config: Config) => number | Promise<number>): Promise<number> {
  const config = readConfig(process.env);
  if ('refused' in config) {
    console.error(config.message);
    return 2;
  }
  try {
    return await work(config);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    console.error(error.message);
    return 2;
  }
}
