import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchChange } from '../../components/pager.tsx';
import { TabList } from '../../components/tab-list.tsx';
import { settlementClasses } from '../../search/settlement-params.ts';

const ALL = 'ALL';

/** One tab for each product class (S1-1, S5-3), and one for all of them. */
export function ClassTabs({ active, children }: { active: string | undefined; children: ReactNode }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  return (
    <TabList
      name={t('settlement.classes')}
      tabs={[
        { key: ALL, label: t('settlement.allClasses') },
        ...settlementClasses.map((key) => ({ key, label: t(`settlement.class.${key}`) })),
      ]}
      active={active ?? ALL}
      onChange={(key) => change({ class: key === ALL ? undefined : key, cursor: undefined })}
    >
      <div className="stack">{children}</div>
    </TabList>
  );
}
