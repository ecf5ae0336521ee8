import { noteAgreed } from "../../db/monitoring/former-targets.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import type { Tx } from "../../db/tables.ts";
import type { Setting } from "../setting.ts";

/** A profile may say another agreed figure than before: months that are over keep the former one. */
export async function noteAgreement(tx: Tx, { now, rules }: Setting): Promise<void> {
  await lockStates(tx);
  await noteAgreed(tx, rules.monitoring.policy.agreedPercent, now);
}
