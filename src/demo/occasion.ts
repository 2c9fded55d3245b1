/** Something that happens at a time; what it leads to is decided when its turn comes. */
export interface Occasion {
  day: string;
  minute: number;
  happen(): void;
}

export function occasionAt(day: string, minute: number, happen: (day: string, minute: number) => void): Occasion {
  return { day, minute, happen: () => happen(day, minute) };
}
