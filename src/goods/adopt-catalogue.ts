import type { Reader } from '../platform/database/db.ts';
import { parsePoints } from '../platform/points.ts';
import { type SearchKeys, textSearchKeys } from '../platform/search-keys.ts';
import { villageBarcode } from './barcode.ts';
import catalogue from './county-catalogue.json' with { type: 'json' };
import { priceForValue } from './decide-price.ts';

/** Gives a village the county's list of goods, priced at its rate; the shelf is empty until goods are received. */
export async function adoptCatalogue(sql: Reader, villageId: number, fenPerPoint: number): Promise<void> {
  knownKeys ??= catalogue.goods.map(({ name }) => textSearchKeys(name));
  const keys = knownKeys;
  const rows = catalogue.goods.map((item, position) => {
    // Yuan and points share the form "2.5", and fen and centipoints the scale.
    const unitValueFen = parsePoints(item.unitValueYuan);
    if (unitValueFen === null) throw new Error(`the county's list of goods has no such value: ${item.unitValueYuan}`);
    return {
      ...keys[position],
      code: item.code,
      barcode: villageBarcode(position + 1),
      zone: item.zone,
      name: item.name,
      spec: item.spec,
      unit: item.unit,
      unitValueFen,
      priceCentipoints: priceForValue(unitValueFen, fenPerPoint),
      shelfLifeMonths: item.shelfLifeMonths,
      monthlyQuota: item.monthlyQuota,
    };
  });
  await sql`
    insert into goods
      (village_id, code, barcode, zone, name, pinyin, initials, spec, unit, unit_value_fen, price_centipoints,
       shelf_life_months, monthly_quota)
    select ${villageId}, code, barcode, zone, name, pinyin, initials, spec, unit, "unitValueFen", "priceCentipoints",
           "shelfLifeMonths", "monthlyQuota"
      from jsonb_to_recordset(${sql.json(rows)}) as rows(
        code text, barcode text, zone text, name text, pinyin text, initials text, spec text, unit text,
        "unitValueFen" integer, "priceCentipoints" integer, "shelfLifeMonths" integer, "monthlyQuota" integer
      )`;
}

/** Worked out once: pinyin takes its time. */
let knownKeys: SearchKeys[] | undefined;
