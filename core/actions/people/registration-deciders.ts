import { lockOffice } from "../../db/people/offices.ts";
import { listWaiting } from "../../db/people/registrations.ts";
import type { Tx } from "../../db/tables.ts";
import type { Registration } from "../../domain/people/registration.ts";
import { tell, tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { officersOf } from "../ticket/readers-of-ticket.ts";

type Asked = Pick<Registration, "id" | "officeId">;

/** Asks the office's system officers, or the administrators where no officer is linked. */
export async function askDeciders(tx: Tx, registration: Asked, setting: Setting): Promise<void> {
  await lockOffice(tx, registration.officeId);
  await askNow(tx, registration, setting);
}

/**
 * An officer of the office is gone. Where that was the last one, what waits there goes to the administrators, and is not left
 * lying. The office is locked after the registration or the person, and nothing is locked after it.
 */
export async function askAdministratorsInstead(tx: Tx, officeId: number, setting: Setting): Promise<void> {
  await lockOffice(tx, officeId);
  if ((await officersOf(tx, officeId)).length > 0) return;
  for (const registration of await listWaiting(tx, officeId)) await askNow(tx, registration, setting);
}

async function askNow(tx: Tx, { id, officeId }: Asked, setting: Setting): Promise<void> {
  const notice = { kind: "registration-asked", registrationId: id } as const;
  const officers = await officersOf(tx, officeId);
  if (officers.length > 0) await tell(tx, officers, notice, setting);
  else await tellRole(tx, "administrator", notice, setting);
}
