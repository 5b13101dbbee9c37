import { useMemo } from 'react';
import { qrPath } from './qr-path.ts';

/** `text` to be read by a telephone: dark on white in both themes, as cameras expect; `name` says what it leads to. */
export function QrCode({ text, name }: { text: string; name: string }) {
  const { size, path } = useMemo(() => qrPath(text), [text]);
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={name} className="qr-code" data-testid="qr-code">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
