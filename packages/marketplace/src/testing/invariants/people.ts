/** A product's user table is what the directory says, unless somebody is asked to decide (saas-v2.md 7, E-20 … E-35). */
import { type Db, sql } from '../../platform/database/database.ts';

/** @param users what products were told, by tenant */
export async function productsKnowTheirMembers(
  db: Db,
  users: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<string[]> {
  const { rows } = await sql<{
    tenant: string;
    state: string;
    waits: boolean;
    failed: boolean;
    names: string[];
    seats: number | null;
  }>`
    SELECT a.enterprise_id AS tenant, a.state,
      EXISTS (SELECT FROM people.sync_tasks t WHERE t.application_id = a.application_id AND t.state NOT IN ('SUCCEEDED', 'STOPPED')) AS waits,
      EXISTS (SELECT FROM people.sync_tasks t WHERE t.application_id = a.application_id AND t.kind = 'DISSOLVE' AND t.state = 'STOPPED') AS failed,
      ARRAY(SELECT m.user_name FROM directory.members m WHERE m.enterprise_id = a.enterprise_id AND m.deleted_at IS NULL AND (a.everyone
        OR EXISTS (SELECT FROM directory.departments d WHERE d.enterprise_id = m.enterprise_id AND d.code = m.department_code
          AND (d.code = ANY(a.departments) OR d.path && a.departments)))) AS names,
      CASE WHEN i.linear_attribute IS NOT NULL THEN i.quantity END AS seats
    FROM people.applications a JOIN instances.instances i ON i.resource_id = a.resource_id`.execute(db);
  return rows.flatMap(({ tenant, state, waits, failed, names, seats }) => {
    if (waits) return [`enterprise ${tenant} still waits for its synchronisation`];
    const known = [...(users.get(tenant) ?? [])].toSorted();
    // a binding that was stopped told nothing yet, and of a dissolution that failed operators know (E-28)
    const wanted = state === 'BOUND' ? names.toSorted() : [];
    if (failed || (seats !== null && wanted.length > seats)) return [];
    return known.join() === wanted.join()
      ? []
      : [`the product of enterprise ${tenant} (${state}) has the users ${known.join()} instead of ${wanted.join()}`];
  });
}
