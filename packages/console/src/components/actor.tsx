import { useTranslation } from 'react-i18next';

/** Who did something: a login name, or the word of the API for the system and, towards sellers, for the operator. */
export function Actor({ name }: { name: string }) {
  const { t } = useTranslation();
  return <>{name === 'system' || name === 'operator' ? t(`call.${name}`) : name}</>;
}
