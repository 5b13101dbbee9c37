import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../shell/preferences.tsx';

use([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

interface UsageChartProps {
  readonly name: string;
  readonly times: readonly string[];
  /** exact texts; a bar's height may be a float */
  readonly values: readonly string[];
}

/** Usage by time. The table below it carries the same numbers. */
export default function UsageChart({ name, times, values }: UsageChartProps) {
  const { t } = useTranslation();
  const { dark } = usePreferences();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (element.current === null) return;
    const chart = init(element.current, null, { renderer: 'svg' });
    const ink = dark ? '#b0b8c5' : '#4d5666';
    const line = dark ? '#323843' : '#dfe3e8';
    chart.setOption({
      animation: false,
      color: ['#0072b2'],
      textStyle: { fontFamily: 'sans-serif' },
      aria: { enabled: true },
      grid: { left: 8, right: 8, top: 12, bottom: 4, containLabel: true },
      tooltip: { trigger: 'axis', confine: true, axisPointer: { type: 'shadow' } },
      xAxis: {
        type: 'category',
        data: times,
        axisLabel: { color: ink },
        axisLine: { lineStyle: { color: line } },
        axisTick: { show: false },
      },
      yAxis: { type: 'value', axisLabel: { color: ink }, splitLine: { lineStyle: { color: line } } },
      series: [{ type: 'bar', barMaxWidth: 28, data: values }],
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(element.current);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [times, values, dark]);
  return (
    <div
      ref={element}
      style={{ height: 220 }}
      role="img"
      aria-label={t('usage.chart', { name })}
      data-testid="usage-chart"
    />
  );
}
