import type { Application } from "./application.ts";
import type { HostingRules } from "./hosting-rules.ts";
import { renderApplication, renderPlatform } from "./render-stack.ts";

/** What a ticket has planned and built: an application, or what all of a target share. */
export type Wanted = {
  stack: string;
  ticketId: number;
  /** by its name in the profile */
  target: string;
  /** By which its host began to be changed, and did not come to its end; null: nothing is half done. */
  begunPlanId: number | null;
  /** undefined: what all share */
  application: Application | undefined;
};

export function wantedApplication(application: Application): Wanted {
  const { stack, target, begunPlanId, revision } = application;
  return { stack, ticketId: revision.ticketId, target, begunPlanId, application };
}

/**
 * The file of its stack.
 *
 * @returns undefined: the profile does not know its target, runtime or size any more, or it has no image yet
 */
export function renderWanted({ application, target }: Wanted, hosting: HostingRules): string | undefined {
  if (application !== undefined) return renderApplication(application, hosting);
  const known = hosting.targets.find(({ name }) => name === target);
  return known && renderPlatform(known);
}
