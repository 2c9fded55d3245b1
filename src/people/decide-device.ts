/** What a browser says of itself, in two words that its owner recognises. Nothing else of it is kept. */

const BROWSERS = [
  'wechat',
  'dingtalk',
  'qq',
  'uc',
  'huawei',
  'xiaomi',
  '360',
  'edge',
  'opera',
  'firefox',
  'chrome',
  'safari',
  'program',
  'unknown',
] as const;

const SYSTEMS = ['harmony', 'android', 'ios', 'windows', 'mac', 'linux', 'unknown'] as const;

export interface Device {
  browser: (typeof BROWSERS)[number];
  system: (typeof SYSTEMS)[number];
}

/** The first that fits: browsers also carry the names of those that they descend from. */
const BROWSER_SIGNS: readonly (readonly [Device['browser'], RegExp])[] = [
  ['wechat', /MicroMessenger/],
  ['dingtalk', /DingTalk/],
  ['qq', /QQBrowser|\bQQ\//],
  ['uc', /UCBrowser|UBrowser|UCWEB/],
  ['huawei', /HuaweiBrowser/],
  ['xiaomi', /MiuiBrowser/],
  ['360', /360SE|360EE|QihooBrowser|QHBrowser/],
  ['edge', /\bEdg(e|A|iOS)?\//],
  ['opera', /\bOPR\/|Opera/],
  ['firefox', /Firefox\/|FxiOS\//],
  ['chrome', /Chrome\/|CriOS\/|Chromium\//],
  ['safari', /Safari\//],
  ['program', /^(curl|Wget|python|Go-http|node|undici|okhttp|axios|Java|PostmanRuntime)/i],
];

const SYSTEM_SIGNS: readonly (readonly [Device['system'], RegExp])[] = [
  ['harmony', /HarmonyOS|OpenHarmony/],
  ['android', /Android/],
  ['ios', /iPhone|iPad|iPod/],
  ['windows', /Windows/],
  ['mac', /Macintosh|Mac OS X/],
  ['linux', /Linux|X11/],
];

export function decideDevice(userAgent: string | undefined): Device {
  const text = (userAgent ?? '').slice(0, 500);
  const find = <Name extends string>(signs: readonly (readonly [Name, RegExp])[]) =>
    signs.find(([, sign]) => sign.test(text))?.[0];
  return { browser: find(BROWSER_SIGNS) ?? 'unknown', system: find(SYSTEM_SIGNS) ?? 'unknown' };
}
