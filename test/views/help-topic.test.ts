import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helpTopic } from '../../views/shared/help-topic.ts';

/** About these the help says nothing of its own: the desk is about everything, the others are no pages. */
const WITHOUT = ['desk', 'first-steps', 'photos', 'pictures'];

test('every page of a village leads to its own part of the help', () => {
  const words = new Set<string>();
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!/routes\.tsx?$/.test(file)) continue;
    const text = readFileSync(join('src', file), 'utf8');
    for (const [, word = ''] of text.matchAll(/'\/villages\/:village\/([a-z-]+)/g)) words.add(word);
  }
  const unhelped = [...words].filter((word) => helpTopic(`/villages/1/${word}/x`, true) === null);
  expect(unhelped.sort()).toEqual(WITHOUT);
});

test('whoever is not signed in is told what is for everybody', () => {
  expect(helpTopic('/villages/1/publications', false)).toBe('villager');
  expect(helpTopic('/sign-in', false)).toBe('trouble');
});
