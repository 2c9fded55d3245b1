/** A small server that speaks S3 as far as photos need it: it keeps objects in memory and checks every signature (SigV4). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const REGION = 'village-1';

export interface S3StandIn {
  env: Record<string, string>;
  objects: Map<string, Buffer>;
  refused: number;
  close(): Promise<void>;
}

export async function startS3({ bucket = 'photos-of-villages', secret = 'a-secret' } = {}): Promise<S3StandIn> {
  const objects = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const path = request.url ?? '';
    if (!isSigned(request, body, secret)) {
      standIn.refused += 1;
      response.writeHead(403, { 'content-type': 'application/xml' });
      return response.end('<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>');
    }
    if (!path.startsWith(`/${bucket}/`)) return response.writeHead(404).end();
    if (request.method === 'PUT') {
      objects.set(path, body);
      return response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
    }
    if (request.method === 'DELETE') {
      objects.delete(path);
      return response.writeHead(204).end();
    }
    const found = objects.get(path);
    if (!found) {
      response.writeHead(404, { 'content-type': 'application/xml' });
      return response.end('<Error><Code>NoSuchKey</Code><Message>no</Message></Error>');
    }
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': found.length }).end(found);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const standIn: S3StandIn = {
    env: {
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET: bucket,
      S3_REGION: REGION,
      S3_ACCESS_KEY_ID: 'village',
      S3_SECRET_ACCESS_KEY: secret,
    },
    objects,
    refused: 0,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return standIn;
}

const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();

/** As Amazon describes it: the request in one form, hashed, signed with a key of the day. */
function isSigned({ method, url = '', headers }: IncomingMessage, body: Buffer, secret: string): boolean {
  const [, day = '', names = '', signature = ''] =
    /Credential=[^/]+\/(\d{8})\/village-1\/s3\/aws4_request, *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const declared = String(headers['x-amz-content-sha256'] ?? '');
  if (signature === '' || (declared !== 'UNSIGNED-PAYLOAD' && declared !== sha256(body))) return false;
  const [path = '', query = ''] = url.split('?');
  const signed = names.split(';');
  const canonical = [
    method,
    path,
    query.split('&').sort().join('&'),
    ...signed.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    declared,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${day}/${REGION}/s3/aws4_request`, sha256(canonical)].join(
    '\n',
  );
  const key = ['s3', 'aws4_request'].reduce((made, word) => hmac(made, word), hmac(hmac(`AWS4${secret}`, day), REGION));
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex'));
}
