/** What the worker keeps between two of its short lives: who is signed in, forms that could not be sent, awards that wait. */

const NAME = 'love-supermarket';
const TABLES = ['notes', 'drafts', 'uploads'] as const;

type Table = (typeof TABLES)[number];

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const table of TABLES) request.result.createObjectStore(table);
    };
    request.onsuccess = () => {
      // Cleared by the browser or replaced: the next use opens it again.
      request.result.onclose = () => {
        opened = null;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      opened = null;
      reject(request.error ?? new Error('the browser keeps nothing'));
    };
  });
  return opened;
}

async function run<Answer>(
  table: Table,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<Answer>,
): Promise<Answer> {
  const transaction = (await open()).transaction(table, mode);
  const request = ask(transaction.objectStore(table));
  return new Promise((resolve, reject) => {
    // Only what is on the disk counts as kept.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? new Error('the browser kept nothing'));
    transaction.onerror = () => reject(transaction.error ?? new Error('the browser kept nothing'));
  });
}

export function read<Value>(table: Table, key: string): Promise<Value | undefined> {
  return run(table, 'readonly', (store) => store.get(key) as IDBRequest<Value | undefined>);
}

export function readAll<Value>(table: Table): Promise<Value[]> {
  return run(table, 'readonly', (store) => store.getAll() as IDBRequest<Value[]>);
}

export async function write(table: Table, key: string, value: unknown): Promise<void> {
  await run(table, 'readwrite', (store) => store.put(value, key));
}

export async function remove(table: Table, key: string): Promise<void> {
  await run(table, 'readwrite', (store) => store.delete(key));
}

export async function empty(table: Table): Promise<void> {
  await run(table, 'readwrite', (store) => store.clear());
}
