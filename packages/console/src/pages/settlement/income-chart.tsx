import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import type { Series } from './income-series.ts';

use([BarChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

/** Okabe and Ito's colours: apart for the colour-blind too. */
const colours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];

interface IncomeChartProps {
  readonly title: string;
  readonly periods: readonly string[];
  readonly series: readonly Series[];
  readonly currency: string;
  readonly stack: boolean;
}

/** Amounts by month. The table behind it carries the same numbers. */
export default function IncomeChart({ title, periods, series, currency, stack }: IncomeChartProps) {
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
      color: colours,
      textStyle: { fontFamily: 'sans-serif' },
      aria: { enabled: true },
      legend: { type: 'scroll', top: 0, textStyle: { color: ink } },
      grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis',
        confine: true,
        axisPointer: { type: 'shadow' },
        valueFormatter: (value: unknown) => formatMoney({ amount: String(value), currency }, language),
      },
      xAxis: {
        type: 'category',
        data: periods,
        axisLabel: { color: ink },
        axisLine: { lineStyle: { color: line } },
        axisTick: { show: false },
      },
      yAxis: { type: 'value', axisLabel: { color: ink }, splitLine: { lineStyle: { color: line } } },
      // a bar's height may be a float; the amounts in words come from the decimal itself
      series: series.map(({ name, values }) => ({
        name,
        type: 'bar',
        barMaxWidth: 34,
        ...(stack ? { stack: 'all' } : {}),
        data: values,
      })),
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(element.current);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [periods, series, currency, stack, language, dark]);
  return (
    <div
      ref={element}
      style={{ height: 240 }}
      role="img"
      aria-label={t('settlement.income.chart', { name: title })}
      data-testid="income-chart"
    />
  );
}
