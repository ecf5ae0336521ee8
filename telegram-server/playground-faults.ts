import { type FaultKind, faultKinds } from "./fault-kinds.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { Faults } from "./faults.ts";
import { PersonRefusal } from "./person-refusal.ts";
import { readJson } from "./playground-json.ts";

/** A recording of many faults. */
const largestPlanBytes = 8 * 2 ** 20;

/** @returns `undefined` where the address is none of the control of faults */
export async function controlFaults(faults: Faults, request: Request): Promise<object | undefined> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/playground/faults/record") {
    requireMethod(request, "GET");
    const last = Number(searchParams.get("last") ?? Number.NaN);
    const record = faults.record();
    return { record: last > 0 ? record.slice(-last) : record };
  }
  if (pathname !== "/playground/faults") return undefined;
  requireMethod(request, "GET", "PUT", "DELETE");
  // The plan checks itself.
  if (request.method === "PUT") faults.start((await readJson(request, largestPlanBytes)) as FaultPlan);
  if (request.method === "DELETE") faults.end();
  return present(faults);
}

/** The plan, how often each of its rules has happened, and what kinds of faults there are. */
function present(faults: Faults) {
  const { happened = [], ...plan } = faults.plan() ?? { seed: undefined, rules: [] };
  return {
    plan,
    happened,
    kinds: Object.entries(faultKinds).map(([kind, what]) => ({ kind: kind as FaultKind, ...what })),
  };
}

function requireMethod({ method }: Request, ...known: string[]): void {
  if (!known.includes(method)) throw new PersonRefusal(405, `Alamat ini hanya menerima ${known.join(", ")}.`);
}
