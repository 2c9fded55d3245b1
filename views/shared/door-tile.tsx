import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

const signs = {
  awards: 'award',
  exchange: 'exchange',
  goods: 'goods',
  publication: 'notice',
  households: 'people',
  rules: 'check',
  shelf: 'goods',
  record: 'list',
} as const;

export type DoorName = keyof typeof signs;

/** One of the huge doors of a home page: 加分 · 兑换 · 进货 · 公示 for a manager, others for others. */
export function DoorTile({ door, href, hint }: { door: DoorName; href: string; hint?: string | undefined }) {
  const { t } = usePage();
  return (
    <a class={`door door-${door}`} href={href}>
      <span class="door-sign">
        <Icon name={signs[door]} />
      </span>
      <span class="door-words">
        <span class="door-name">{t(`shared.door.${door}`)}</span>
        <span class="door-hint">{hint ?? t(`shared.door.${door}Hint`)}</span>
      </span>
    </a>
  );
}

export function Doors({ children }: { children: ComponentChildren }) {
  return <div class="doors">{children}</div>;
}
