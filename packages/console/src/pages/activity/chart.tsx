import { LineChart } from 'echarts/charts';
import { AriaComponent, DataZoomSliderComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../shell/preferences.tsx';

use([LineChart, GridComponent, DataZoomSliderComponent, TooltipComponent, AriaComponent, SVGRenderer]);

interface ActivityChartProps {
  readonly name: string;
  readonly days: readonly string[];
  readonly values: readonly number[];
  readonly colour: string;
  /** days are dragged under the line */
  readonly zoom?: boolean;
}

/** S-75: a line of the days. The table below it carries the same numbers. */
export default function ActivityChart({ name, days, values, colour, zoom = false }: ActivityChartProps) {
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
      color: [colour],
      textStyle: { fontFamily: 'sans-serif' },
      aria: { enabled: true },
      grid: { left: 8, right: 16, top: 12, bottom: zoom ? 40 : 4, containLabel: true },
      tooltip: { trigger: 'axis', confine: true },
      xAxis: {
        type: 'category',
        data: days,
        axisLabel: { color: ink },
        axisLine: { lineStyle: { color: line } },
        axisTick: { show: false },
      },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { color: ink }, splitLine: { lineStyle: { color: line } } },
      dataZoom: zoom ? [{ type: 'slider', height: 24, bottom: 4, textStyle: { color: ink } }] : [],
      series: [{ type: 'line', symbolSize: 6, data: values }],
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(element.current);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [days, values, colour, dark, zoom]);
  return (
    <div
      ref={element}
      style={{ height: 220 }}
      role="img"
      aria-label={t('jointActivity.chart', { name, most: Math.max(0, ...values) })}
      data-testid="activity-chart"
    />
  );
}
