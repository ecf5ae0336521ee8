import { type CheckResult, type Finding, finding, resultOf } from "../../core/domain/hosting/check.ts";
import type { HostingRules } from "../../core/domain/hosting/hosting-rules.ts";
import { HostFailed, type Hosts, type StoredFile } from "../hosting/hosts.ts";

/** Where a dump is tried, if anywhere. */
type Trial = { hosting: HostingRules | undefined; hosts: Pick<Hosts, "tryDump">; signal: AbortSignal };

/** The results of a dump, with what came of loading it into a database that is thrown away. One that is not safe is not loaded. */
export async function withLoadedDump(
  results: readonly CheckResult[],
  dump: StoredFile,
  trial: Trial,
): Promise<CheckResult[]> {
  const isSafe = !results.some(({ check, result }) => check !== "default-passwords" && result === "failed");
  const product = productOf(results);
  if (!isSafe || product === undefined) return [...results];
  const found = await findingsOfLoading(product, dump, trial);
  return results.map((each) => (each.check === "dump-loads" ? resultOf("dump-loads", found) : each));
}

async function findingsOfLoading(
  product: string,
  dump: StoredFile,
  { hosting, hosts, signal }: Trial,
): Promise<Finding[]> {
  const engine = product === "postgresql" ? "postgresql" : "mariadb";
  const [target] = hosting?.targets ?? [];
  if (hosting === undefined || target === undefined) return [finding("loading-off")];
  const database = hosting.databases.find((each) => each.engine === engine);
  if (database === undefined) return [finding("database-not-offered", { product: engine })];
  try {
    await hosts.tryDump(target, database, dump, signal);
    return [];
  } catch (fault) {
    if (!(fault instanceof HostFailed)) throw fault;
    if (fault.why !== "dump-unreadable") return [finding("loading-failed", { why: fault.why })];
    const line = /line (\d+)/.exec(fault.message)?.[1];
    return [finding("dump-does-not-load", line === undefined ? {} : { line: Number(line) })];
  }
}

function productOf(results: readonly CheckResult[]): string | undefined {
  const found = results.flatMap(({ findings }) => findings).find(({ code }) => code === "dump-recognised");
  return found && String(found.values.product);
}
