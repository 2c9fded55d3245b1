const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿'];

/** 大写: money on a receipt as nobody can alter it: 1234560 → 壹万贰仟叁佰肆拾伍元陆角. */
export function capitalYuan(fen: number): string {
  const yuan = Math.floor(fen / 100);
  const [jiao, cent] = [Math.floor(fen / 10) % 10, fen % 10];
  const whole = yuan === 0 ? '' : `${groupsOf(yuan)}元`;
  if (jiao === 0 && cent === 0) return `${whole === '' ? '零元' : whole}整`;
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : whole === '' ? '' : '零';
  return `${whole}${tenths}${cent > 0 ? `${DIGITS[cent]}分` : ''}`;
}

function groupsOf(yuan: number): string {
  let text = '';
  for (let group = GROUPS.length - 1; group >= 0; group -= 1) {
    const four = Math.floor(yuan / 10_000 ** group) % 10_000;
    if (four === 0) continue;
    const needsZero = text !== '' && four < 1_000;
    text += `${needsZero ? '零' : ''}${placesOf(four)}${GROUPS[group]}`;
  }
  return text;
}

function placesOf(four: number): string {
  let text = '';
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(four / 10 ** place) % 10;
    if (digit > 0) text += `${DIGITS[digit]}${PLACES[place]}`;
    else if (text !== '' && !text.endsWith('零') && four % 10 ** place > 0) text += '零';
  }
  return text;
}
