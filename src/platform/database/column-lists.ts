/**
 * Many rows as one JSON list for each column (`json_build_object('name', array_agg(name), …)`): JSON of each row by itself costs the
 * database twice as much, and taking rows apart value by value costs a client more than most of what is then done with them. Null, as
 * `array_agg` answers, where there is no row.
 */
export type ColumnLists<Row> = { readonly [Column in keyof Row]: readonly Row[Column][] | null };

/** The value of a row that there is: lists are of one length. */
export function at<Value>(list: readonly Value[] | null, place: number): Value {
  return list?.[place] as Value;
}
