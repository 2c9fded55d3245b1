import type { ComponentChildren } from 'preact';

export type Fact = { label: string; value: ComponentChildren };

/** Words and values under each other: the details of one thing, or the answers to check before an act. */
export function Facts({ facts, class: className }: { facts: readonly Fact[]; class?: string | undefined }) {
  return (
    <dl class={className ? `facts ${className}` : 'facts'}>
      {facts.map((fact) => (
        <div key={fact.label} class="fact">
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
