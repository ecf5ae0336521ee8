import { seenFrom } from "../domain/hosting/hosting-failure.ts";
import type { Seen } from "../domain/hosting/seen.ts";
import type { Db } from "./tables.ts";
import { findLastOfSteps } from "./ticket/done-steps.ts";

/** What a machine saw of what it built for that ticket; undefined: it has built nothing, or people did after it. */
export async function findSeen(db: Db, ticketId: number): Promise<Seen | undefined> {
  const entry = await findLastOfSteps(db, ticketId, ["application-built", "install-application"]);
  if (entry?.step !== "application-built") return undefined;
  const side = (name: string) => seenFrom.find((each) => each === entry.answers[name]);
  const [intranet, internet] = [side("seen-from-intranet"), side("seen-from-internet")];
  return intranet && internet && { intranet, internet };
}
