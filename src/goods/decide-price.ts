/** Value ÷ rate, rounded up to half a point: 28 yuan at 3 yuan a point are 9.5 points. */
export function priceForValue(unitValueFen: number, fenPerPoint: number): number {
  const halfPoints = Math.ceil((unitValueFen * 2) / fenPerPoint);
  return Math.max(halfPoints, 1) * 50;
}
