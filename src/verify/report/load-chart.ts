import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Climbed } from '../load/climb.ts';
import type { LoadStep } from '../load/step.ts';

echarts.use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

export interface LoadChart {
  readonly title: string;
  readonly unit: string;
  value(step: LoadStep): number | null;
}

/** What is drawn over the rate, a picture each. */
export const LOAD_CHARTS: readonly LoadChart[] = [
  { title: 'CPU of the PBX', unit: '%', value: ({ costs }) => costs.cpuPercent },
  { title: 'From the answer to the agent’s telephone, p95', unit: 'ms', value: ({ figures }) => figures.answerToAgent?.p95 ?? null },
  { title: 'From originate to ring, p95', unit: 'ms', value: ({ figures }) => figures.originateToRing?.p95 ?? null },
];

const WIDTH = 560;
const HEIGHT = 260;

/** Drawn on the server: an SVG that needs nothing else. */
export function loadChart(sides: readonly Climbed[], { title, unit, value }: LoadChart): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption({
      animation: false,
      title: { text: title, textStyle: { fontSize: 13 } },
      grid: { left: 60, right: 20, top: 45, bottom: 50 },
      legend: { top: 22, show: sides.length > 1 },
      xAxis: { type: 'value', name: 'originates a second', nameLocation: 'middle', nameGap: 28 },
      yAxis: { type: 'value', name: unit },
      series: sides.map(({ name, steps }) => ({
        type: 'line' as const,
        name,
        data: steps.map((s) => [s.figures.rate, value(s)]).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
      })),
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
