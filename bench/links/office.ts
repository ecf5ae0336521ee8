import { addTarget, type TargetInput } from "../../core/actions/monitoring/targets.ts";
import { migrate } from "../../core/db/migrate.ts";
import { listChecks } from "../../core/db/monitoring/monitor-checks.ts";
import { listSeen } from "../../core/db/monitoring/monitor-states.ts";
import { openEmbeddedPostgres } from "../../core/db/postgres/embedded-postgres.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { State } from "../../core/domain/monitoring/state.ts";
import type { TargetKind } from "../../core/domain/monitoring/target.ts";
import { temporaryFolder } from "../../test/e2e/support/folders.ts";
import { until } from "../../test/e2e/support/until.ts";
import { openDatabase } from "../../test/support/database.ts";
import { accepted } from "../../test/support/ipam.ts";
import { openOffice, type TestOffice } from "../../test/support/office.ts";

/** All are asked twice, and each page that hangs is waited for ten seconds each time. */
export const patienceMs = 240_000;

/** A small office over a PostgreSQL of its own. @property home of the server */
export async function openWatchedOffice(
  stack: AsyncDisposableStack,
  settings: Record<string, string> = {},
): Promise<{ office: TestOffice; home: string }> {
  const { path: home } = stack.use(await temporaryFolder());
  const postgres = await openEmbeddedPostgres({ home, settings });
  stack.defer(() => postgres.stop());
  await migrate(postgres.config);
  const office = await openOffice({ database: openDatabase(postgres.config, () => Promise.resolve()) });
  stack.defer(() => office.close());
  return { office, home };
}

/** What is put under watch. @property behind the place in the list of what it lies behind */
export type Wanted = Partial<Pick<TargetInput, "officeCode">> & {
  kind: TargetKind;
  name: string;
  behind?: number | undefined;
  check: Answers;
  answers?: Answers;
};

/** As people put it under watch. @returns the id of each one's check and of itself, in the order of the list */
export async function watchAll(office: TestOffice, wanted: readonly Wanted[], now: Date) {
  const { infrastructure } = office.people;
  return office.act(async (tx) => {
    const ids: number[] = [];
    for (const { kind, name, behind, officeCode = null, check, answers = {} } of wanted) {
      const parentId = behind === undefined ? null : (ids[behind] ?? null);
      const input = { kind, officeCode, parentId, check, answers: { name, ...answers } };
      ids.push(accepted(await addTarget(tx, infrastructure, office.setting(now), input)));
    }
    const checks = new Map((await listChecks(tx)).map(({ id, targetId }) => [targetId, id]));
    return ids.map((targetId) => ({ targetId, checkId: checks.get(targetId) ?? 0 }));
  });
}

/** All that is watched is so. */
export async function untilAllAre(office: TestOffice, wanted: Partial<Record<State, number>>): Promise<void> {
  const states = async () => Map.groupBy(await listSeen(office.db), ({ state }) => state);
  const are = async () => [...(await states())].map(([state, all]) => `${all.length} ${state}`).join(", ");
  await until(
    async () => `all are ${JSON.stringify(wanted)}, not ${await are()}`,
    async () => {
      await office.deliver();
      const found = await states();
      return Object.entries(wanted).every(([state, many]) => found.get(state as State)?.length === many);
    },
    patienceMs,
  );
}
