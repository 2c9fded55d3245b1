import type { ComponentChildren } from 'preact';

type StatCardProps = {
  label: string;
  value: ComponentChildren;
  note?: ComponentChildren;
  href?: string | undefined;
};

/** One figure with its word; a link where it opens down to its lines. */
export function StatCard({ label, value, note, href }: StatCardProps) {
  return (
    <div class="stat">
      <dt class="stat-label">{href ? <a href={href}>{label}</a> : label}</dt>
      <dd class="stat-value">{value}</dd>
      {note && <dd class="stat-note">{note}</dd>}
    </div>
  );
}

export function Stats({ children }: { children: ComponentChildren }) {
  return <dl class="stats">{children}</dl>;
}
