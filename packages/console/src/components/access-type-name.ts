import { useTranslation } from 'react-i18next';
import { accessTypes } from './access-types.ts';

/** What people read for an access type; a kind we have no word for is shown as it came. */
export function useAccessTypeName(): (accessType: string) => string {
  const { t } = useTranslation();
  return (accessType) => {
    const known = accessTypes.find((one) => one === accessType);
    return known === undefined ? accessType : t(`finding.type.${known}`);
  };
}
