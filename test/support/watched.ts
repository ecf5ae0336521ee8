import { lookAround } from "../../core/actions/monitoring/look-around.ts";
import { recordSamples } from "../../core/actions/monitoring/record-samples.ts";
import { addTarget } from "../../core/actions/monitoring/targets.ts";
import type { OfficeRules } from "../../core/actions/setting.ts";
import { listChecksOf } from "../../core/db/monitoring/monitor-checks.ts";
import { listSeen } from "../../core/db/monitoring/monitor-states.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { Sample } from "../../core/domain/monitoring/sample.ts";
import type { State } from "../../core/domain/monitoring/state.ts";
import type { TargetKind } from "../../core/domain/monitoring/target.ts";
import { accepted } from "./ipam.ts";
import { answer, miss } from "./monitoring.ts";
import { morning, type TestOffice } from "./office.ts";

/** That many seconds after the morning of the tests. */
export const second = (seconds: number) => new Date(morning.getTime() + seconds * 1_000);

const hourly = { check: "heartbeat", "every-minutes": "60", "grace-minutes": "10" };

type Put = { kind?: TargetKind; behind?: number; officeCode?: string | null; answers?: Answers; address?: string };

/** What a watched office needs: targets with one ping each, jobs with a beat an hour, and samples of them. */
export function withTargets(office: TestOffice, changed: Partial<OfficeRules> = {}) {
  const { infrastructure } = office.people;
  let sequence = 0;

  /** @returns the ids of the target and of its check */
  async function put(name: string, options: Put = {}) {
    const { kind = "device", behind = null, officeCode = null, answers = {} } = options;
    sequence += 1;
    const address = options.address ?? `10.${Math.floor(sequence / 250)}.${sequence % 250}.1`;
    const added = await office.act((tx) =>
      addTarget(tx, infrastructure, office.setting(second(0)), {
        ...{ kind, officeCode, parentId: behind },
        check: kind === "job" ? hourly : { check: "icmp", address },
        answers: { name, ...(kind === "link" ? { "link-kind": "internet" } : {}), ...answers },
      }),
    );
    const targetId = accepted(added);
    const [check] = await listChecksOf(office.db, targetId);
    if (check === undefined) throw new Error(`${name} has no check`);
    return { targetId, checkId: check.id };
  }

  return {
    put,
    /** Samples come together, right after they were asked. */
    record: (
      seconds: number,
      samples: Partial<Record<"up" | "down", readonly number[]>>,
      uplink: "up" | "down" | "unknown" = "up",
    ) => {
      const all: Sample[] = [
        ...(samples.up ?? []).map((checkId) => ({ ...answer(0), checkId, at: second(seconds) })),
        ...(samples.down ?? []).map((checkId) => ({ ...miss(0), checkId, at: second(seconds) })),
      ];
      const setting = office.setting(second(seconds + 1), changed);
      return office.act((tx) => recordSamples(tx, setting, { samples: all, uplink }));
    },
    look: (seconds: number) =>
      office.act((tx) => lookAround(tx, office.setting(second(seconds), changed), { since: second(0) })),
    states: async (): Promise<Map<number, State>> =>
      new Map((await listSeen(office.db)).map(({ id, state }) => [id, state])),
  };
}
