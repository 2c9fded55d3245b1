/** Draws charts in a thread of its own. JavaScript, because Node 20 reads no TypeScript in a thread. */
import { parentPort } from 'node:worker_threads';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

/** @typedef {{ width: number, height: number, options: import('echarts/core').EChartsCoreOption }} Task */
parentPort?.on('message', (/** @type {Task} */ { width, height, options }) => {
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width, height });
  canvas.setOption(options);
  parentPort?.postMessage(canvas.renderToSVGString());
  canvas.dispose();
});
