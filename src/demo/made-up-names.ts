/** Names of people who do not exist: common surnames, and given names out of the farmer's year that nobody bears together. */
import type { Random } from './random.ts';

const SURNAMES = wordsOf(`
  王 李 张 刘 陈 杨 赵 高 白 马 郭 曹 贺 惠 冯 薛 强 袁 康 田
  任 吴 孙 周 胡 梁 宋 韩 董 姚 付 杜 侯 段 石 罗 许 苗 樊 郝`);

const GIVEN_NAMES = wordsOf(`
  谷雨 小满 立春 立夏 立秋 白露 春耕 春晖 春燕 夏荷 秋实 秋菊 冬梅 冬生 麦香
  麦收 麦穗 稻花 谷穗 豆花 金穗 满仓 满囤 满园 有粮 有田 有余 丰收 丰年 禾苗
  青禾 大田 喜雨 春雷 晴天 朝霞 向阳 暖阳 东升 明月 星河 清泉 青山 远山 长河
  石榴 桃花 杏花 梨花 枣花 槐花 桂花 海棠 山丹 兰草 红梅 翠竹 松柏 柏青 白杨
  柳青 榆钱 核桃 红枣 花椒 蜜桃 荞麦 高粱 小米 苹果 香草 葵花 棉桃 布谷 喜鹊
  飞燕 云雀 牧笛 炊烟 晒秋 彩虹 瑞雪`);

/** Draws names until it is told otherwise; within one drawing nobody gets the name of another. */
export function nameDrawer(random: Random, commonSurnames: readonly string[] = []): () => string {
  const taken = new Set<string>();
  const surnames = [
    ...SURNAMES.map((surname) => [surname, 1] as const),
    ...commonSurnames.map((surname) => [surname, SURNAMES.length / 3] as const),
  ];
  return () => {
    for (;;) {
      const name = `${random.weighted(surnames)}${random.pick(GIVEN_NAMES)}`;
      if (!taken.has(name)) {
        taken.add(name);
        return name;
      }
    }
  };
}

/** A village in which a few families are the most. */
export function commonSurnames(random: Random): string[] {
  return random.shuffled(SURNAMES).slice(0, 3);
}

function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/);
}
