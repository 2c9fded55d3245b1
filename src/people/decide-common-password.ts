/**
 * What guessers try first: what stands in their lists, the same with a few digits behind it or signs that look like letters,
 * rows of a keyboard, dates, mobile numbers, and the habits of people who write Chinese with Latin letters.
 */
export function isCommonPassword(folded: string, common: ReadonlySet<string>): boolean {
  if (new Set(folded).size <= 2 || REPEATED.test(folded)) return true;
  if (RUNS.some((run) => run.includes(folded))) return true;
  if (/^1[3-9]\d{9}$/.test(folded) || isDate(folded)) return true;
  return [folded, withoutSigns(folded)].some((text) => isListed(text, common) || isHabit(text));
}

function isListed(text: string, common: ReadonlySet<string>): boolean {
  const stem = text.replace(/[\d!@#.]{1,4}$/, '');
  return [text, stem].some((one) => LOCAL.has(one) || (one.length >= 4 && common.has(one)));
}

/** `wangwei123`, `zhang19800101`, `qwe123456`, `5201314woaini`. */
function isHabit(text: string): boolean {
  const behind = /^([a-z]+)[._@-]?(\d+)[!@#.]*$/.exec(text);
  if (behind?.[1] && behind[2] && STEMS.has(behind[1]) && (isUsualTail(behind[2]) || isDate(behind[2]))) return true;
  const before = /^(\d+)[._@-]?([a-z]+)[!@#.]*$/.exec(text);
  return before?.[1] !== undefined && STEMS.has(before[2] ?? '') && isUsualTail(before[1]);
}

function isUsualTail(digits: string): boolean {
  return (
    digits.length <= 4 || USUAL_DIGITS.has(digits) || REPEATED.test(digits) || RUNS.some((run) => run.includes(digits))
  );
}

/** A birthday as people write it: 19800101, 800101, 01011980. */
function isDate(digits: string): boolean {
  const day = '(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])';
  return new RegExp(`^((19|20)?\\d\\d${day}|${day}(19|20)\\d\\d)$`).test(digits);
}

/** Signs that stand for letters, taken back. */
function withoutSigns(text: string): string {
  return text
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replaceAll(/(?<=[a-z])0(?=[a-z])/g, 'o');
}

/** Up to four signs again and again. */
const REPEATED = /^(.{1,4})\1+$/u;

const RUNS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn',
  '!qaz@wsx#edc$rfv',
  '1q2w3e4r5t6y7u8i9o0p',
  'qazwsxedcrfvtgbyhnujm',
];

const words = (text: string) => new Set(text.split(/\s+/));

const USUAL_DIGITS = words(
  `5201314 1314520 52013145 521521 5211314 112233 11223344 123321 654321 147258 147258369 159357 159753 258369 789456
   741852 963852 100200 168168 518518 888666 666888 1234567890 7758521 7758258 1314521 201314 5845201314`,
);

const LOCAL = words(
  `password passwd p@ssw0rd p@ssword admin admin123 administrator welcome iloveyou letmein qwerty qwerty123 abc123 abcd1234
   a123456 a1234567 a12345678 a123456789 aa123456 aa12345678 aaa123456 abc12345 abc123456 abcd123456 q1w2e3r4 1q2w3e4r 1qaz2wsx
   qaz2wsx zxcvbnm asdfghjk asdfghjkl qwe123 qwe123456 asd123456 zxc123456 qweasdzxc asdasdasd 1qaz2wsx3edc
   woaini woaini1314 woaini520 woaini521 woaiwojia woaizhongguo iloveyou1314 wodemima mima1234 mima123456 nihao123 zhongguo
   laopo520 laogong520 baobei520 jiushiaini aini1314 5201314 1314520 5201314520 caonima tiantian xiaoxiao kuaile gongxifacai
   aixin aixin2026 aixinchaoshi aixinjifen cunweihui cunguanli guanliyuan dangzhibu zhibushuji diyishuji chaoshi jifen`,
);

/** Surnames, frequent names and words that stand before digits. */
const STEMS = words(
  `a aa aaa ab abc abcd abcde abcdef asd asdf asdfgh qaz qwe qwer qwert qwerty qweasd zxc zxcv zxcvbn wsx aini woaini woshi woaiwojia
   loveyou iloveyou love nihao mima wodemima laopo laogong baobei baba mama erzi nver admin root test user guest password pass
   cun cunwei cunweihui chaoshi aixin aixinchaoshi jifen shuji guanliyuan dangzhibu
   wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu dong xiao
   cheng cao yuan deng fu shen zeng peng lv su lu jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi
   yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin yi chang wen niu bao qi
   zhangwei wangwei wangfang liwei lina zhangmin lijing wangjing liuwei wangxiuying zhangli lixiuying wangli zhangjing
   zhangxiuying liqiang wangmin wangyong wangyan liyan zhangyong wangqiang zhanglei wangjun zhangyan liujun lili lijun
   liuyang zhangtao liming wanglei wangtao lijuan liujie wangjuan chenjing zhangjun zhangjie wangchao liyong yangyang
   liuyan wangpeng lixia liyang zhangqiang wangping zhangpeng wanghui liuhui lihua zhanghua xiaoming xiaowang xiaoli
   xiaozhang laowang laozhang wangjianguo lijianguo zhangjianguo zhangsan lisi wangwu zhaoliu`,
);
