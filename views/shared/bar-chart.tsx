export type Bar = {
  label: string;
  /** Below nothing the bar goes to the left. */
  value: number;
  /** The value in words: the bar only repeats it. */
  text: string;
  /** Stands for a loss although it is counted upwards. */
  isLess?: boolean | undefined;
};

type BarChartProps = { title: string; bars: readonly Bar[] };

/** Bars beside each other in one measure, drawn by the server as SVG: words stay words, in every letter size and on paper. */
export function BarChart({ title, bars }: BarChartProps) {
  const least = Math.min(0, ...bars.map(({ value }) => value));
  const span = Math.max(0, ...bars.map(({ value }) => value)) - least || 1;
  const place = (value: number) => Math.round(((value - least) / span) * 1000) / 10;
  const zero = place(0);
  return (
    <figure class="chart">
      <figcaption class="chart-title">{title}</figcaption>
      {bars.map(({ label, value, text, isLess = value < 0 }) => (
        <div key={label} class="chart-row">
          <span>{label}</span>
          <svg class="chart-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect
              class={isLess ? 'chart-less' : 'chart-more'}
              x={Math.min(zero, place(value))}
              y="1"
              width={Math.abs(place(value) - zero)}
              height="8"
            />
            <rect class="chart-zero" x={Math.min(zero, 99.6)} width="0.4" height="10" />
          </svg>
          <span class="chart-value">{text}</span>
        </div>
      ))}
    </figure>
  );
}
