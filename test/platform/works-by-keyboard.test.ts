import { expect, test } from 'vitest';
import { worksByKeyboard } from '../../src/platform/http/works-by-keyboard.ts';

const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:149.0) Gecko/20100101 Firefox/149.0';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36';
const WECHAT = `${ANDROID} XWEB/1260059 MMWEBSDK/20240404 MicroMessenger/8.0.49.2600 WeChat/arm64`;
const HARMONY =
  'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';

test.each([
  [WINDOWS, '?0', true],
  [ANDROID, '?1', false],
  // Whoever asks for the computer's page on a phone is believed the header.
  [WINDOWS, '?1', false],
  [WINDOWS, undefined, true],
  [FIREFOX, undefined, true],
  [ANDROID, undefined, false],
  [WECHAT, undefined, false],
  [HARMONY, undefined, false],
  [IPHONE, undefined, false],
  [undefined, undefined, false],
])('%s, which says %s of itself, is read on a computer: %s', (name, hint, expected) => {
  expect(worksByKeyboard({ 'user-agent': name, 'sec-ch-ua-mobile': hint })).toBe(expected);
});
