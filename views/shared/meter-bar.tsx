type MeterBarProps = {
  /** The share in words, which the bar only repeats: 已用 62% */
  label: string;
  value: number;
  max: number;
  /** Turns the bar red or amber; the label must say it too. */
  state?: 'good' | 'warning' | 'bad' | undefined;
};

/** A share as words and a bar; drawn by the server as SVG, so that it looks alike everywhere and prints. */
export function MeterBar({ label, value, max, state = 'good' }: MeterBarProps) {
  const share = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0;
  return (
    <div class={`meter meter-${state}`}>
      <span class="meter-label">{label}</span>
      <svg class="meter-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect class="meter-track" width="100" height="6" />
        <rect class="meter-fill" width={Math.round(share * 1000) / 10} height="6" />
      </svg>
    </div>
  );
}
