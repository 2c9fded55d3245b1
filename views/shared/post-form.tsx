import type { ComponentChildren } from 'preact';
import { usePage } from './page-context.ts';

type PostFormProps = {
  action: string;
  /** Drawn once by the route and kept when the form comes back, so that pressing again never posts twice. */
  idempotencyKey?: string | undefined;
  /** Further hidden fields. */
  hidden?: Readonly<Record<string, string | number>> | undefined;
  /** Swaps only this region when htmx is there; the same address answers a full page when it is not. */
  live?: { target: string; swap?: 'outerHTML' | 'innerHTML' | 'outerMorph' | 'innerMorph' | undefined } | undefined;
  /** A lost network leaves the form as it is, to be pressed again; `worker`: unless the worker keeps it for later. */
  keep?: 'always' | 'worker' | undefined;
  enctype?: 'multipart/form-data' | undefined;
  class?: string | undefined;
  id?: string | undefined;
  label?: string | undefined;
  children: ComponentChildren;
};

/** Every change goes through such a form: CSRF token, idempotency key, one posting for a double click, and errors in our own words. */
export function PostForm({ action, idempotencyKey, hidden, live, label, keep, children, ...rest }: PostFormProps) {
  const { csrfToken } = usePage();
  const htmx = live && {
    'hx-post': action,
    'hx-target': live.target,
    'hx-swap': live.swap ?? 'outerHTML',
    'hx-sync': 'this:drop',
    'hx-disable': 'find button',
  };
  return (
    <form method="post" action={action} aria-label={label} noValidate data-keep={keep} {...rest} {...htmx}>
      <input type="hidden" name="_csrf" value={csrfToken} />
      {idempotencyKey && <input type="hidden" name="idempotencyKey" value={idempotencyKey} />}
      {Object.entries(hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
