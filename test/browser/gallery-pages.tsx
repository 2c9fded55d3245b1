/** Made-up contents for the gallery: every component once, a sheet and a slip of paper. */
import type { VNode } from 'preact';
import { ActionBar } from '../../views/shared/action-bar.tsx';
import { ButtonRow, LinkButton, SubmitButton } from '../../views/shared/button.tsx';
import { ChoiceGroup } from '../../views/shared/choice-group.tsx';
import { DataTable } from '../../views/shared/data-table.tsx';
import { DayText } from '../../views/shared/day-text.tsx';
import { EmptyState } from '../../views/shared/empty-state.tsx';
import { Facts } from '../../views/shared/facts.tsx';
import { GoodsGrid, type GoodsOnShelf, GoodsTile } from '../../views/shared/goods-tile.tsx';
import { Layout } from '../../views/shared/layout.tsx';
import { LocalNav } from '../../views/shared/local-nav.tsx';
import { MeterBar } from '../../views/shared/meter-bar.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { Pager } from '../../views/shared/pager.tsx';
import { Panel } from '../../views/shared/panel.tsx';
import { Balance, Points, SignedPoints } from '../../views/shared/points.tsx';
import { PostForm } from '../../views/shared/post-form.tsx';
import { PrintLayout } from '../../views/shared/print-layout.tsx';
import { QrCode } from '../../views/shared/qr-code.tsx';
import { QuantityStepper } from '../../views/shared/quantity-stepper.tsx';
import { SearchForm } from '../../views/shared/search-form.tsx';
import { SelectField } from '../../views/shared/select-field.tsx';
import { StatCard, Stats } from '../../views/shared/stat-card.tsx';
import { StatusTag } from '../../views/shared/status-tag.tsx';
import { TextField } from '../../views/shared/text-field.tsx';
import { TextAreaField } from '../../views/shared/textarea-field.tsx';
import { WholeNames } from '../../views/shared/whole-names.tsx';
import { Yuan } from '../../views/shared/yuan.tsx';

const goods: GoodsOnShelf[] = [
  { code: 'GR001', name: '大米', spec: '5kg/袋', unit: '袋', priceCentipoints: 950, quantityOnHand: 38 },
  { code: 'GR005', name: '菜籽油', spec: '5L/桶', unit: '桶', priceCentipoints: 2400, quantityOnHand: 2 },
  { code: 'GR003', name: '特一粉（面粉）', spec: '5kg/袋', unit: '袋', priceCentipoints: 800, quantityOnHand: 21 },
  { code: 'DA001', name: '食盐', spec: '400g/袋', unit: '袋', priceCentipoints: 100, quantityOnHand: 120 },
  { code: 'WA001', name: '洗衣粉', spec: '1.5kg/袋', unit: '袋', priceCentipoints: 450, quantityOnHand: 30 },
  { code: 'WA002', name: '洗洁精', spec: '1kg/瓶', unit: '瓶', priceCentipoints: 300, quantityOnHand: 44 },
  { code: 'DA002', name: '毛巾', spec: '纯棉/条', unit: '条', priceCentipoints: 350, quantityOnHand: 60 },
  { code: 'AG001', name: '农用手套', spec: '12双/包', unit: '包', priceCentipoints: 600, quantityOnHand: 9 },
  { code: 'AP001', name: '电热水壶', spec: '1.8L/个', unit: '个', priceCentipoints: 2000, quantityOnHand: 0 },
];

const names = ['王建国', '李秀英', '张德福', '刘桂兰', '陈满仓', '杨春花', '赵金锁', '黄玉梅', '周长贵', '吴喜凤'];
const entries = [
  ['2026-11-21', '参加村组集中清扫（半天）', 200, 7600],
  ['2026-11-18', '大米 5kg/袋 × 1、食盐 × 2', -1150, 7400],
  ['2026-11-12', '五净一规范月评 优秀', 500, 8550],
  ['2026-11-02', '乱倒垃圾，提醒后不改', -200, 8050],
  ['2026-10-20', '调解邻里矛盾', 300, 8250],
] as const;

function CountyTable() {
  return (
    <DataTable
      caption="积分明细"
      columns={[
        { label: '日期', cell: (row) => <DayText day={row[0]} /> },
        { label: '户主', cell: () => <WholeNames words="王*国" />, rowHeader: true },
        { label: '事由', cell: (row) => row[1] },
        { label: '加减', cell: (row) => <SignedPoints centipoints={row[2]} />, numeric: true },
        { label: '余额', cell: (row) => <Points centipoints={row[3]} />, numeric: true },
      ]}
      rows={entries}
      rowKey={(row) => row[0]}
      totals={['合计', '', '', <SignedPoints centipoints={-350} />, '']}
    />
  );
}

function Components() {
  const errors = [
    { name: 'amount', message: '请填要减几分，例如 2 或 2.5' },
    { name: 'reason', message: '请写明原因' },
  ];
  return (
    <Layout
      isLive
      title="组件"
      lead="每样东西一个，三种字号都要好看。"
      crumbs={[
        { href: '/home', label: '工作台' },
        { href: '/rules', label: '积分细则' },
      ]}
      errors={errors}
      actions={
        <LinkButton href="/print" icon="print">
          打印
        </LinkButton>
      }
    >
      <Notice kind="success">王建国家：大米 1 袋、食盐 2 袋，用 11.5 分，剩 76 分。</Notice>
      <Notice kind="refusal">现有 7 分，要用 9.5 分，还差 2.5 分。少换一袋食盐也不够，可以改换面粉。</Notice>
      <Notice kind="warning">菜籽油只剩 2 桶。</Notice>
      <Notice kind="info" title="公示后可用">
        这些分 11月28日 起能用。
      </Notice>
      <LocalNav
        items={[
          { href: '/a', label: '全部', current: true, count: 154 },
          { href: '/b', label: '啊道组', count: 61 },
          { href: '/c', label: '富庄组', count: 52 },
          { href: '/d', label: '杜河沟组', count: 41 },
        ]}
      />
      <Stats>
        <StatCard label="本月加分" value={<Points centipoints={41250} />} note="比上月多 32 分" />
        <StatCard label="本月兑换" value={<Points centipoints={28600} />} note="46 次" />
        <StatCard label="货架价值" value={<Yuan fen={1234550} />} href="/goods" />
      </Stats>
      <Panel title="余额" aside={<StatusTag tone="good">有效</StatusTag>}>
        <Balance centipoints={7650} />
        <p>
          <SignedPoints centipoints={250} /> <SignedPoints centipoints={-200} />{' '}
          <StatusTag tone="warning">待公示</StatusTag> <StatusTag tone="bad">挂失</StatusTag>{' '}
          <StatusTag tone="plain">已注销</StatusTag>
        </p>
        <MeterBar label="本季度积分额度：已用 62%" value={62} max={100} />
        <MeterBar label="本季度积分额度：已用 84%，快满了" value={84} max={100} state="warning" />
        <Facts
          facts={[
            { label: '户主', value: '王建国' },
            { label: '小组', value: '啊道组' },
            { label: '开卡', value: <DayText day="2025-12-01" /> },
          ]}
        />
      </Panel>
      <SearchForm action="/cards" label="找一户" hint="姓名、拼音首字母或卡号，例如 wjg" />
      <CountyTable />
      <Pager nextHref="/x?after=9" firstHref="/x" />
      <Panel title="表单">
        <PostForm action="/x" idempotencyKey="k" live={{ target: '#x' }}>
          <TextField
            name="amount"
            label="减几分"
            unit="分"
            size="short"
            inputMode="decimal"
            error={errors[0]?.message}
          />
          <TextField name="name" label="代领人姓名" hint="不是本人来领时填" optional />
          <SelectField
            name="relation"
            label="和户主的关系"
            prompt="请选择"
            options={[
              { value: '1', label: '配偶' },
              { value: '2', label: '子女' },
            ]}
          />
          <TextAreaField name="reason" label="原因" error={errors[1]?.message} rows={3} />
          <ChoiceGroup
            kind="radio"
            name="kind"
            label="什么原因"
            chosen={['a']}
            choices={[
              { value: 'a', label: '记错了户', hint: '原来那笔会一分不差地退回' },
              { value: 'b', label: '记错了分' },
            ]}
          />
          <ChoiceGroup
            kind="checkbox"
            name="who"
            label="选几户"
            columns="names"
            chosen={['王建国']}
            choices={names.map((name) => ({ value: name, label: name }))}
          />
          <p>
            <QuantityStepper
              label="大米 5kg/袋"
              name="quantity.GR001"
              value={2}
              max={5}
              stepName="step"
              stepCode="GR001"
            />
          </p>
          <ButtonRow>
            <SubmitButton>确认减 2 分</SubmitButton>
            <LinkButton href="/x">返回</LinkButton>
            <SubmitButton look="danger">撤销这一笔</SubmitButton>
            <SubmitButton disabled>无货</SubmitButton>
            <LinkButton href="/x" look="quiet">
              不改了
            </LinkButton>
          </ButtonRow>
        </PostForm>
      </Panel>
      <GoodsGrid>
        {goods.map((item, index) => (
          <GoodsTile
            key={item.code}
            goods={item}
            picked={index === 0 ? 2 : 0}
            remark={item.code === 'GR005' ? '每户每月 1 桶' : undefined}
          />
        ))}
      </GoodsGrid>
      <EmptyState title="还没有记录">加一次分或兑换一次，这里就会显示。</EmptyState>
      <QrCode text="HTTP://EXAMPLE.ORG/C/ABCDEFGHJKLMNPQRSTUV" label="积分卡二维码" />
      <ActionBar summary="给 30 户加分，一共 60 分">
        <LinkButton href="/x">修改</LinkButton>
        <SubmitButton icon="check">给 30 户各加 2 分</SubmitButton>
      </ActionBar>
    </Layout>
  );
}

function Sheet() {
  return (
    <PrintLayout title="公示样张" paper="a4" backHref="/x">
      <header class="notice-head">
        <p class="notice-place">啊道村爱心超市</p>
        <h1 class="notice-name">2026年11月积分和兑换公示</h1>
        <p class="notice-facts">
          <span>第 2 版</span>
          <span>公示期：12月1日至12月7日</span>
        </p>
      </header>
      <p class="notice-summary">本月加分 225 分，扣分 8 分，兑换用去 138 分。</p>
      <section class="notice-section">
        <h2>一、各户积分</h2>
        <DataTable
          caption="各户积分"
          captionHidden
          keepTable
          runningHead="啊道村 · 2026年11月 · 第 2 版"
          columns={[
            { label: '序号', cell: (_, index) => index + 1 },
            { label: '户主', cell: (name) => name, rowHeader: true },
            { label: '结存', cell: () => '98.5', numeric: true },
          ]}
          rows={Array.from({ length: 60 }, (_, index) => names[index % names.length])}
          rowKey={(_, index) => index}
          totals={['', '合计', '5910']}
        />
      </section>
      <footer class="notice-foot">
        <div class="notice-sign">
          <figure class="notice-qr">
            <QrCode text="HTTP://EXAMPLE.ORG/P/ABCDEFGHJK" label="这份公示的网页" />
            <figcaption>扫码看这份公示</figcaption>
          </figure>
          <div class="notice-names">
            <p>监督员：张某</p>
          </div>
          <p class="seal-place">村委会盖章</p>
        </div>
      </footer>
    </PrintLayout>
  );
}

function Slip() {
  return (
    <PrintLayout title="小票样张" paper="slip" slipLines={14} backHref="/x">
      <h1 class="slip-title">啊道村爱心超市</h1>
      <p class="slip-line">
        <span>第 1234 号</span>
        <DayText day="2026-11-21" time="09:12" short />
      </p>
      <hr class="slip-rule" />
      {goods.slice(0, 3).map((item) => (
        <p key={item.code} class="slip-line">
          <span>{item.name}</span>
          <Points centipoints={item.priceCentipoints} />
        </p>
      ))}
      <hr class="slip-rule" />
      <p class="slip-line slip-large">
        <span>还剩</span>
        <Points centipoints={3500} />
      </p>
      <QrCode text="HTTP://EXAMPLE.ORG/R/ABCDEFGHJKLMNPQR" label="核对这一笔" />
    </PrintLayout>
  );
}

/** Every gallery page by the name in its address. */
export const galleryPages: Record<string, () => VNode> = {
  components: () => <Components />,
  sheet: () => <Sheet />,
  slip: () => <Slip />,
};
