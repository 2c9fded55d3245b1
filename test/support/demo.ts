/** The first villages of the demonstration, as a first start loads all of them: 啊道村 complete, two small ones beside it. */
import { loadDemo } from '../../src/demo/load-demo.ts';
import type { FillTemplate } from './templates.ts';

export const DEMO_VILLAGES = 3;

export const fillWithDemo: FillTemplate = async ({ owner }) => {
  await loadDemo(owner, () => undefined, { villageCount: DEMO_VILLAGES });
};
