/** The worker's own global scope, which is not the one that the library's types take for granted. */

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

type WorkerScope = Omit<ServiceWorkerGlobalScope, 'registration' | 'addEventListener'> & {
  registration: ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };
  addEventListener<Name extends keyof WorkerEvents>(name: Name, listen: (event: WorkerEvents[Name]) => void): void;
};

interface WorkerEvents {
  install: ExtendableEvent;
  activate: ExtendableEvent;
  fetch: FetchEvent;
  message: ExtendableMessageEvent;
  sync: SyncEvent;
}

export const worker = self as unknown as WorkerScope;
