import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sessionQuery } from '../api/queries.ts';
import { Loaded } from '../components/feedback.tsx';
import { areasFor } from './areas.ts';
import { Forbidden } from './dead-ends.tsx';

/** Visitors of a closed page sign in first and come back; users of another area get the 403 page. */
export function Guard({ path, children }: { path: string; children: ReactNode }) {
  const session = useQuery(sessionQuery);
  const areas = areasFor(path);
  if (areas === null) return children;
  return (
    <Loaded query={session}>
      {(user) => {
        if (user === null)
          return (
            <Navigate to="/sign-in" search={{ from: window.location.pathname + window.location.search }} replace />
          );
        return areas.includes(user.area) ? children : <Forbidden />;
      }}
    </Loaded>
  );
}
