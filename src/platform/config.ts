/**
 * The environment, read once at the start; everybody else gets the proven `Config`.
 * With demo data the passwords are public, so only this machine may reach the server: a HOST that others
 * can reach is refused unless DEMO=off.
 */

import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';

const blankIsUnset = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;

const setting = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsUnset, schema);

const wholeNumber = (smallest: number, largest: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(smallest).max(largest));

/** The verifier key of a log or a witness, as C2SP signed-note writes it. */
const vkey = z.string().regex(/^[^+\s,]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/);

/** Words that commas or spaces divide. */
const words = z.string().transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''));

const bareAddress = z
  .url({ protocol: /^https?$/ })
  .refine((address) => new URL(address).search === '' && new URL(address).hash === '')
  .transform((address) => address.replace(/\/+$/, ''));

/** `name=value` pairs divided by commas, values as in addresses. */
const collectorHeaders = z
  .string()
  .regex(/^\s*[\w-]+=[\w%.~+/=: -]+(,\s*[\w-]+=[\w%.~+/=: -]+)*\s*$/)
  .transform((list) => list.split(',').map((pair) => pair.trim().split(/=(.*)/s).slice(0, 2)))
  .pipe(z.array(z.tuple([z.string(), z.string()])))
  .transform((pairs) => Object.fromEntries(pairs.map(([name, value]) => [name, unescaped(value)])));

/** Addresses and keys in turn. */
const witnessList = words
  .transform((list) =>
    Array.from({ length: Math.ceil(list.length / 2) }, (_, place) => list.slice(2 * place, 2 * place + 2)),
  )
  .pipe(z.array(z.tuple([bareAddress, vkey]).transform(([url, key]) => ({ url, vkey: key }))));

/** Addresses and networks of proxies. Never everybody: then anybody could name any address. */
const proxies = words.pipe(z.array(z.string().refine(isNetwork)).min(1));

const environment = z.object({
  DATA_DIR: setting(z.string().default('.data')),
  HOST: setting(
    z
      .string()
      .regex(/^[\w.:-]+$/)
      .default('127.0.0.1'),
  ),
  PORT: setting(wholeNumber(0, 65_535).default(3000)),
  DATABASE_URL: setting(z.url({ protocol: /^postgres(ql)?$/ }).optional()),
  DEMO: setting(z.enum(['on', 'off']).default('on')),
  WORKERS: setting(wholeNumber(1, 64).default(Math.max(1, Math.min(availableParallelism(), 4)))),
  PUBLIC_ORIGIN: setting(
    z
      .url({ protocol: /^https?$/ })
      .transform((address) => new URL(address))
      .refine((address) => address.pathname === '/' && address.search === '' && address.hash === '')
      .transform((address) => address.origin)
      .optional(),
  ),
  METRICS_PORT: setting(wholeNumber(1, 65_535).optional()),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(bareAddress.optional()),
  OTEL_EXPORTER_OTLP_HEADERS: setting(collectorHeaders.default({})),
  TRUST_PROXY: setting(proxies.optional()),
  WITNESSES: setting(witnessList.default([])),
  WITNESS_NAME: setting(
    z
      .string()
      .regex(/^[^+\s]{1,200}$/)
      .optional(),
  ),
  WITNESS_LOGS: setting(words.pipe(z.array(vkey)).default([])),
  S3_ENDPOINT: setting(bareAddress.optional()),
  S3_BUCKET: setting(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .optional(),
  ),
  S3_REGION: setting(
    z
      .string()
      .regex(/^[\w-]{1,50}$/)
      .default('auto'),
  ),
  S3_ACCESS_KEY_ID: setting(z.string().max(200).optional()),
  S3_SECRET_ACCESS_KEY: setting(z.string().max(200).optional()),
  LOG_LEVEL: setting(z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('warn')),
});

export interface Config {
  /** Absolute. */
  dataDir: string;
  host: string;
  /** 0 asks for any free port; the workers are told the real one. */
  port: number;
  databaseUrl?: string | undefined;
  demo: boolean;
  workers: number;
  /** `https://shop.example`, without a slash at the end; what QR codes and links in print begin with. */
  publicOrigin?: string | undefined;
  /** Where this machine alone can read how the server does; nowhere when unset. */
  metricsPort?: number | undefined;
  /** Who is told of every request; nobody when unset. */
  traces?: { endpoint: string; headers: Readonly<Record<string, string>> } | undefined;
  /** Whose X-Forwarded-… headers count; nobody's when unset. */
  trustProxy?: string[] | undefined;
  /** Who is asked to cosign the public logs, each under its submission prefix. */
  witnesses?: readonly { url: string; vkey: string }[] | undefined;
  /** Set when this server cosigns the logs of others. */
  witness?: { name: string; logVkeys: readonly string[] } | undefined;
  /** Where photos lie; in `dataDir` when unset. */
  photoStorage?:
    | { endpoint: string; bucket: string; region: string; accessKeyId: string; secretAccessKey: string }
    | undefined;
  logLevel: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
}

export interface ConfigRefusal {
  refused: 'bad_setting' | 'host_open_with_demo';
  /** One line in English and one in Chinese for the terminal. Never repeats the value: it may hold a password. */
  message: string;
}

const expected: Record<keyof typeof environment.shape, [english: string, chinese: string]> = {
  DATA_DIR: ['a folder', '文件夹路径'],
  HOST: ['an address such as 127.0.0.1 or 0.0.0.0', 'IP 地址，例如 127.0.0.1 或 0.0.0.0'],
  PORT: ['a number from 0 to 65535', '0 到 65535 之间的数字'],
  DATABASE_URL: ['postgres://user:password@host:5432/database', 'postgres://用户:密码@主机:5432/数据库'],
  DEMO: ['"on" or "off"', 'on 或 off'],
  WORKERS: ['a number from 1 to 64', '1 到 64 之间的数字'],
  PUBLIC_ORIGIN: [
    'an address such as https://shop.example, without a path',
    '网址，例如 https://shop.example，后面不带路径',
  ],
  METRICS_PORT: ['a number from 1 to 65535', '1 到 65535 之间的数字'],
  OTEL_EXPORTER_OTLP_ENDPOINT: [
    'the address of a collector such as http://127.0.0.1:4318',
    '采集器的网址，例如 http://127.0.0.1:4318',
  ],
  OTEL_EXPORTER_OTLP_HEADERS: [
    'headers such as api-key=secret, divided by commas',
    '请求头，例如 api-key=密钥，用逗号隔开',
  ],
  TRUST_PROXY: [
    'addresses or networks of proxies, such as 127.0.0.1, 10.0.0.0/8',
    '代理的地址或网段，例如 127.0.0.1, 10.0.0.0/8',
  ],
  WITNESSES: [
    'pairs of an address and a verifier key, such as https://other.example/api/witness other.example+12345678+BA…',
    '成对的网址和验证密钥，例如 https://other.example/api/witness other.example+12345678+BA…',
  ],
  WITNESS_NAME: [
    'a name without spaces and +, such as other.example/witness',
    '不带空格和加号的名称，例如 other.example/witness',
  ],
  WITNESS_LOGS: ['verifier keys of logs, divided by commas', '账本的验证密钥，用逗号隔开'],
  S3_ENDPOINT: [
    'the address of S3-compatible storage such as https://s3.example',
    'S3 兼容存储的网址，例如 https://s3.example',
  ],
  S3_BUCKET: ['the name of a bucket, together with S3_ENDPOINT', '存储桶名称，与 S3_ENDPOINT 一起设置'],
  S3_REGION: ['a region such as auto or cn-north-1', '区域，例如 auto 或 cn-north-1'],
  S3_ACCESS_KEY_ID: [
    'the id of a key for the bucket, together with S3_ENDPOINT',
    '存储桶的密钥编号，与 S3_ENDPOINT 一起设置',
  ],
  S3_SECRET_ACCESS_KEY: ['the key itself, together with S3_ENDPOINT', '存储桶的密钥，与 S3_ENDPOINT 一起设置'],
  LOG_LEVEL: [
    'silent, fatal, error, warn, info, debug or trace',
    'silent、fatal、error、warn、info、debug、trace 其中之一',
  ],
};

export function readConfig(env: Record<string, string | undefined>): Config | ConfigRefusal {
  const parsed = environment.safeParse(env);
  if (!parsed.success) return badSetting(String(parsed.error.issues[0]?.path[0]) as keyof typeof expected);
  const values = parsed.data;
  const missing = values.S3_ENDPOINT === undefined ? undefined : STORAGE.find((name) => values[name] === undefined);
  if (missing) return badSetting(missing);
  const demo = values.DEMO === 'on';
  if (demo && !isLoopback(values.HOST)) {
    return {
      refused: 'host_open_with_demo',
      message:
        `HOST=${values.HOST} would show the demonstration accounts, whose passwords are public, to other computers. ` +
        'Set DEMO=off (with an empty DATA_DIR) to open the server to others, or leave HOST at 127.0.0.1.\n' +
        `HOST=${values.HOST} 会让其他电脑也能用公开的演示密码登录。` +
        '要给其他电脑使用，请设置 DEMO=off（并换一个空的 DATA_DIR）；只在本机试用，请保持 HOST=127.0.0.1。',
    };
  }
  return {
    dataDir: isAbsolute(values.DATA_DIR) ? values.DATA_DIR : resolve(values.DATA_DIR),
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    demo,
    workers: values.WORKERS,
    publicOrigin: values.PUBLIC_ORIGIN,
    metricsPort: values.METRICS_PORT,
    traces:
      values.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? undefined
        : { endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT, headers: values.OTEL_EXPORTER_OTLP_HEADERS },
    trustProxy: values.TRUST_PROXY,
    witnesses: values.WITNESSES,
    witness:
      values.WITNESS_NAME === undefined ? undefined : { name: values.WITNESS_NAME, logVkeys: values.WITNESS_LOGS },
    photoStorage:
      values.S3_ENDPOINT === undefined
        ? undefined
        : {
            endpoint: values.S3_ENDPOINT,
            bucket: values.S3_BUCKET ?? '',
            region: values.S3_REGION,
            accessKeyId: values.S3_ACCESS_KEY_ID ?? '',
            secretAccessKey: values.S3_SECRET_ACCESS_KEY ?? '',
          },
    logLevel: values.LOG_LEVEL,
  };
}

/** Needed as soon as S3_ENDPOINT says that photos lie elsewhere. */
const STORAGE = ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

function badSetting(name: keyof typeof expected): ConfigRefusal {
  const [english, chinese] = expected[name];
  return {
    refused: 'bad_setting',
    message: `The setting ${name} must be ${english}.\n设置项 ${name} 应为：${chinese}。`,
  };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`; a network of everybody (`/0`) is none. */
function isNetwork(text: string): boolean {
  const [, address = '', prefix] = /^([\da-fA-F.:]+)(?:\/([1-9]\d{0,2}))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return false;
  return prefix === undefined || Number(prefix) <= (version === 4 ? 32 : 128);
}
