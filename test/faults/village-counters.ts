import { cards, PASSWORD, people, poplarCode, willowCode } from '../support/cast.ts';
import { type Counter, type Shop, signIn } from './client-history.ts';

/** The counters of the cast, where the clients stand; 柳树村 is the busier one. */
export const COUNTERS: readonly Counter[] = [
  {
    village: willowCode,
    cards: [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国, cards.王建国二],
    goods: ['GR001', 'GR005', 'WA003'],
  },
  { village: willowCode, cards: [cards.赵满仓, cards.单小花], goods: ['WA003'] },
  { village: poplarCode, cards: [cards.周外村], goods: ['WA003', 'GR001'] },
];

export async function openShop(address: string): Promise<Shop> {
  return {
    address,
    tokens: {
      [willowCode]: await signIn(address, people.manager, PASSWORD),
      [poplarCode]: await signIn(address, people.otherManager, PASSWORD),
    },
  };
}
