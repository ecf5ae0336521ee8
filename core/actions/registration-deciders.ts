import { listWaiting } from "../db/registrations.ts";
import type { Tx } from "../db/tables.ts";
import type { Registration } from "../domain/people/registration.ts";
import { officersOf, tell, tellRole } from "./notices.ts";
import type { Setting } from "./setting.ts";

/** Asks the office's system officers, or the administrators where no officer is linked. */
export async function askDeciders(
  tx: Tx,
  { id, officeId }: Pick<Registration, "id" | "officeId">,
  setting: Setting,
): Promise<void> {
  const notice = { kind: "registration-asked", registrationId: id } as const;
  const officers = await officersOf(tx, officeId);
  if (officers.length > 0) await tell(tx, officers, notice, setting);
  else await tellRole(tx, "administrator", notice, setting);
}

/** The last officer of an office is gone: what waits there goes to the administrators, and is not left lying. */
export async function askAdministratorsInstead(tx: Tx, officeId: number, setting: Setting): Promise<void> {
  if ((await officersOf(tx, officeId)).length > 0) return;
  for (const registration of await listWaiting(tx, officeId)) await askDeciders(tx, registration, setting);
}
