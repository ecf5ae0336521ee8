import { listContracts, saveContractWarning } from "../../db/monitoring/contracts.ts";
import { lockTargets } from "../../db/monitoring/monitor-targets.ts";
import { listPeopleWithRole } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { endOfDay } from "../../domain/form/coming-day.ts";
import { contractDays } from "../../domain/monitoring/contract.ts";
import { dueWarning } from "../../domain/monitoring/ending.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";

/** Each day: infrastructure and leadership hear of the links' contracts that end soon, of each once for each of the days. Safe to do twice. */
export async function tellOfContracts(tx: Tx, setting: Setting): Promise<void> {
  const { now, rules } = setting;
  await lockTargets(tx);
  const ending = (await listContracts(tx)).flatMap((contract) => {
    const endsAt = endOfDay(contract.endsOn, rules.zone);
    const toldDays = dueWarning({ endsAt, toldDays: contract.toldDays }, contractDays, now);
    return toldDays === undefined ? [] : [{ ...contract, toldDays }];
  });
  if (ending.length === 0) return;
  for (const each of ending) await saveContractWarning(tx, each);
  const people = [
    ...(await listPeopleWithRole(tx, "infrastructure")),
    ...(await listPeopleWithRole(tx, "leadership")),
  ].map(({ id }) => id);
  const contracts = ending.map(({ targetId, endsOn }) => ({ targetId, endsOn }));
  await tell(tx, [...new Set(people)], { kind: "contracts-ending", contracts }, setting);
}
