/** A C2SP tlog-proof and its checkpoint, as much as one log with one Ed25519 key needs. */
export type Bytes = Uint8Array<ArrayBuffer>;

export type TreeHead = { size: number; root: Bytes };

export type Receipt = {
  index: number;
  entry: Bytes;
  proof: Bytes[];
  origin: string;
  head: TreeHead;
  rootText: string;
  /** What is signed. */
  text: string;
  signatures: { name: string; bytes: Bytes }[];
};

export function parseReceipt(receipt: string): Receipt {
  const [before = '', text = '', signed = ''] = receipt.split('\n\n');
  const [magic, extra = '', index = '', ...proof] = before.split('\n');
  const [origin = '', size = '', rootText = ''] = text.split('\n');
  if (magic !== 'c2sp.org/tlog-proof@v1' || !extra.startsWith('extra ') || !index.startsWith('index ')) {
    throw new Error('no receipt');
  }
  return {
    index: Number(index.slice(6)),
    entry: fromBase64(extra.slice(6)),
    proof: proof.map(fromBase64),
    origin,
    head: { size: Number(size), root: fromBase64(rootText) },
    rootText,
    text: `${text}\n`,
    signatures: signed
      .split('\n')
      .map((line) => /^— (\S+) (\S+)$/.exec(line))
      .map((line) => ({ name: line?.[1] ?? '', bytes: fromBase64(line?.[2] ?? '') })),
  };
}

/** Whether the checkpoint is signed with this key; null where the browser knows no Ed25519. */
export async function verifySeal({ text, signatures, origin }: Receipt, vkey: string): Promise<boolean | null> {
  const [name, keyId, material = ''] = vkey.split('+').length > 2 ? splitVkey(vkey) : [];
  if (name !== origin || keyId === undefined) return false;
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('raw', fromBase64(material).slice(1), { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return null;
  }
  const signature = signatures.find(({ name: signer, bytes }) => signer === name && hex(bytes.slice(0, 4)) === keyId);
  if (!signature) return false;
  return crypto.subtle.verify({ name: 'Ed25519' }, key, signature.bytes.slice(4), new TextEncoder().encode(text));
}

/** Base64 may hold a plus too, so only the first two divide. */
function splitVkey(vkey: string): string[] {
  const first = vkey.indexOf('+');
  const second = vkey.indexOf('+', first + 1);
  return [vkey.slice(0, first), vkey.slice(first + 1, second), vkey.slice(second + 1)];
}

export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function hex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
