import type { Wanted } from "../../domain/hosting/wanted.ts";

/** Under what the journal has it: an application, or of what all of a target share the plan. */
export function subjectOfWanted({ application }: Wanted, planId: number): { kind: "application" | "plan"; id: number } {
  return application === undefined ? { kind: "plan", id: planId } : { kind: "application", id: application.id };
}
