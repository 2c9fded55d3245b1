import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('../../views/assets/tokens.css', import.meta.url), 'utf8');

/** Text on its ground, as the styles pair them. */
const TEXT_PAIRS = [
  ['ink', 'paper'],
  ['ink', 'sheet'],
  ['ink', 'sunk'],
  ['ink', 'red-wash'],
  ['ink-soft', 'paper'],
  ['ink-soft', 'sheet'],
  ['ink-soft', 'sunk'],
  ['link', 'paper'],
  ['link', 'sheet'],
  ['link', 'sunk'],
  ['link', 'link-wash'],
  ['on-red', 'red'],
  ['on-red', 'take'],
  ['red-deep', 'sheet'],
  ['red-deep', 'red-wash'],
  ['add', 'sheet'],
  ['add', 'add-wash'],
  ['take', 'sheet'],
  ['take', 'take-wash'],
  ['amber', 'sheet'],
  ['amber', 'amber-wash'],
] as const;

/** Edges of controls, focus rings, bars. */
const EDGE_PAIRS = [
  ['edge', 'sheet'],
  ['edge', 'paper'],
  ['focus', 'paper'],
  ['focus', 'sheet'],
  ['red', 'paper'],
] as const;

const standard = readTokens(/:root \{(.*?)\n\}/s);
const large = { ...standard, ...readTokens(/html\[data-text-size="largest"\] \{\n {2}--edge(.*?)\n\}/s, '--edge') };
const strong = { ...standard, ...readTokens(/prefers-contrast: more\) \{\n {2}:root \{(.*?)\n {2}\}/s) };

test.each([
  ['standard', standard, 4.5],
  ['large and largest', large, 7],
  ['prefers more contrast', strong, 7],
] as const)('text in %s letters stands out from its ground', (_, tokens, least) => {
  for (const [ink, ground] of TEXT_PAIRS) {
    expect(contrast(tokens, ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(least);
  }
});

test.each([
  ['standard', standard],
  ['large and largest', large],
  ['prefers more contrast', strong],
] as const)('edges and focus rings in %s letters stand out', (_, tokens) => {
  for (const [edge, ground] of EDGE_PAIRS) {
    expect(contrast(tokens, edge, ground), `${edge} on ${ground}`).toBeGreaterThanOrEqual(3);
  }
});

function readTokens(block: RegExp, prefix = ''): Record<string, string> {
  const text = prefix + (block.exec(css)?.[1] ?? '');
  return Object.fromEntries(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name, value]),
  );
}

function contrast(tokens: Record<string, string>, first: string, second: string): number {
  const [darker, lighter] = [luminance(tokens[first]), luminance(tokens[second])].sort((left, right) => left - right);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(color = ''): number {
  const digits = color.length === 4 ? color.replace(/[0-9a-f]/g, '$&$&') : color;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
