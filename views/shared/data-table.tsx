import type { ComponentChildren, Key } from 'preact';

export type Column<Row> = {
  /** The heading, and the word before the value where the table becomes cards. */
  label: string;
  cell: (row: Row, index: number) => ComponentChildren;
  /** Numbers stand right, in figures of one width. */
  numeric?: boolean | undefined;
  /** The column that names the row. */
  rowHeader?: boolean | undefined;
  /** Of a second row beside the first on paper: below it on a phone. */
  abreast?: 'name' | 'value' | undefined;
  /** Left out where no row has anything to say in it. */
  ifAny?: boolean | undefined;
};

type DataTableProps<Row> = {
  caption: string;
  /** The caption is read aloud but not drawn, where a heading just above says the same. */
  captionHidden?: boolean | undefined;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, index: number) => Key;
  /** A last row of totals: one cell a column; the first that says something names the row. */
  totals?: readonly ComponentChildren[] | undefined;
  /** Drawn instead of an empty table. */
  empty?: ComponentChildren;
  /** Keeps the table a table on a phone (few, narrow columns). */
  keepTable?: boolean | undefined;
  /** On a phone a few lines a row: the values run on behind their words, as many in a line as there is room for. */
  brief?: boolean | undefined;
  /** On a tablet a few lines a row: there are more columns than it has room for. */
  wide?: boolean | undefined;
  /** A line above the column heads that repeats on every printed sheet and names the paper. */
  runningHead?: string | undefined;
  id?: string | undefined;
};

/** Wider tables scroll sideways in their box, which then can be reached by keyboard. */
const MOST_COLUMNS_WITHOUT_SCROLLING = 5;

/** A table on a desk, a stack of cards on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  if (props.rows.length === 0 && props.empty !== undefined) return <>{props.empty}</>;
  const columns = props.columns.filter(
    ({ ifAny, cell }) => !ifAny || props.rows.some((row, index) => !isEmpty(cell(row, index))),
  );
  const totalsName = props.totals?.findIndex((total) => !isEmpty(total));
  const mayScroll = props.keepTable || columns.length > MOST_COLUMNS_WITHOUT_SCROLLING;
  const Box = mayScroll ? 'section' : 'div';
  return (
    <Box class="table-box" {...(mayScroll && { 'aria-label': props.caption, tabIndex: 0 })}>
      <table class={classOf(props)} id={props.id}>
        <caption class={props.captionHidden ? 'visually-hidden' : 'table-caption'}>{props.caption}</caption>
        <thead>
          {props.runningHead && (
            <tr>
              <th class="running-head" scope="colgroup" colSpan={columns.length}>
                {props.runningHead}
              </th>
            </tr>
          )}
          <tr>
            {columns.map((column) => (
              <th key={column.label} scope="col" class={column.numeric ? 'numeric' : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, index) => (
            <tr key={props.rowKey(row, index)}>
              {columns.map((column) => drawCell(column, column.cell(row, index), props.keepTable))}
            </tr>
          ))}
        </tbody>
        {props.totals && (
          <tfoot>
            <tr>
              {props.columns.map(
                (column, index) =>
                  columns.includes(column) &&
                  drawCell({ ...column, rowHeader: index === totalsName }, props.totals?.[index], props.keepTable),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </Box>
  );
}

function classOf({ keepTable, brief, wide }: Pick<DataTableProps<never>, 'keepTable' | 'brief' | 'wide'>): string {
  if (keepTable) return 'table';
  return `table table-cards${brief ? ' table-brief' : ''}${wide ? ' table-wide' : ''}`;
}

/** On a card the label and the value stand side by side, so the value is one box. */
function drawCell<Row>(column: Column<Row>, content: ComponentChildren, keepTable = false) {
  const className = column.numeric ? 'numeric' : undefined;
  if (column.rowHeader) {
    return (
      <th key={column.label} scope="row" class={className}>
        {content}
      </th>
    );
  }
  if (keepTable) {
    return (
      <td key={column.label} class={className}>
        {content}
      </td>
    );
  }
  const place = column.abreast && `abreast-${column.abreast}`;
  return (
    <td key={column.label} class={[className, place].filter(Boolean).join(' ') || undefined} data-label={column.label}>
      {isEmpty(content) ? null : <div>{content}</div>}
    </td>
  );
}

function isEmpty(content: ComponentChildren): boolean {
  return content === undefined || content === null || content === false || content === '';
}
