import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductBehindView } from '../../api/publication-types.ts';
import { formatMoney } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';

use([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

/** Paid amounts by month, one bar a month. The table behind it carries the same numbers. */
export default function SalesChart({ months }: { months: ProductBehindView['sales'] }) {
  const { t } = useTranslation();
  const { language, dark } = usePreferences();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (element.current === null) return;
    const chart = init(element.current, null, { renderer: 'svg' });
    const ink = dark ? '#b0b8c5' : '#4d5666';
    const line = dark ? '#323843' : '#dfe3e8';
    const currency = months[0]?.currency ?? 'CNY';
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'sans-serif' },
      aria: { enabled: true },
      grid: { left: 8, right: 8, top: 12, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        valueFormatter: (value: unknown) => formatMoney({ amount: String(value), currency }, language),
      },
      xAxis: {
        type: 'category',
        data: months.map(({ month }) => month),
        axisLabel: { color: ink },
        axisLine: { lineStyle: { color: line } },
        axisTick: { show: false },
      },
      yAxis: { type: 'value', axisLabel: { color: ink }, splitLine: { lineStyle: { color: line } } },
      series: [
        {
          name: t('publication.amount'),
          type: 'bar',
          barMaxWidth: 34,
          itemStyle: { color: '#0072b2' },
          // a bar's height may be a float; the amounts in words come from the decimal itself
          data: months.map(({ amount }) => amount),
        },
      ],
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(element.current);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [months, language, dark, t]);
  return (
    <div
      ref={element}
      style={{ height: 200 }}
      role="img"
      aria-label={t('publication.sales')}
      data-testid="sales-chart"
    />
  );
}
