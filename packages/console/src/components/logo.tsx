import { useState } from 'react';

/** A product's logo, or its first letter where there is none. Decoration: the name stands beside it. */
export function Logo({ url, name, large }: { url: string | null; name: string; large?: boolean }) {
  const [broken, setBroken] = useState(false);
  const className = large === true ? 'logo logo--large' : 'logo';
  if (url === null || broken)
    return (
      <span className={className} aria-hidden="true">
        {[...name][0]?.toUpperCase() ?? ''}
      </span>
    );
  return <img className={className} src={url} alt="" loading="lazy" onError={() => setBroken(true)} />;
}
