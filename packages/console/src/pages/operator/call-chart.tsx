import type { OverviewView } from '@jishi/marketplace/console-api';
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatHour } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

/** Okabe and Ito's blue, orange and vermilion: told apart with every common kind of colour blindness. */
const colours = { ok: '#0072b2', pending: '#e69f00', failed: '#d55e00' } as const;
const outcomes = ['ok', 'pending', 'failed'] as const;

interface CallChartProps {
  readonly hours: OverviewView['callsByOutcome'];
}

/** Call attempts by outcome, one stacked bar an hour. The table behind it carries the same numbers. */
export default function CallChart({ hours }: CallChartProps) {
  const { t } = useTranslation();
  const { language, dark } = usePreferences();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (element.current === null) return;
    const chart = init(element.current, null, { renderer: 'svg' });
    const ink = dark ? '#b0b8c5' : '#4d5666';
    const line = dark ? '#323843' : '#dfe3e8';
    chart.setOption({
      animation: false,
      // not `inherit`: the legend is laid out by measuring the text in this very font
      textStyle: { fontFamily: 'sans-serif' },
      // the failed part carries a pattern too, so that it is not told by colour alone
      aria: { enabled: true, decal: { show: true } },
      grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, textStyle: { color: ink }, icon: 'rect' },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: {
        type: 'category',
        data: hours.map((one) => formatHour(one.hour, language)),
        axisLabel: { color: ink },
        axisLine: { lineStyle: { color: line } },
        axisTick: { show: false },
      },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { color: ink }, splitLine: { lineStyle: { color: line } } },
      series: outcomes.map((outcome) => ({
        name: t(`overview.outcome.${outcome}`),
        type: 'bar',
        stack: 'calls',
        barMaxWidth: 26,
        itemStyle: { color: colours[outcome] },
        data: hours.map((one) => one[outcome]),
      })),
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(element.current);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [hours, language, dark, t]);
  return (
    <div ref={element} style={{ height: 260 }} role="img" aria-label={t('overview.calls')} data-testid="call-chart" />
  );
}
