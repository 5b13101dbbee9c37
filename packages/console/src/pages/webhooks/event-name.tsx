/** The name of an event, which may break before its dot on a narrow screen. */
export function EventName({ type }: { type: string }) {
  const [subject = '', ...what] = type.split('.');
  return (
    <span className="mono">
      {subject}
      <wbr />
      {what.map((part) => `.${part}`).join('')}
    </span>
  );
}
