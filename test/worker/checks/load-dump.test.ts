import { describe, expect, it } from "vitest";
import { finding, resultsOf } from "../../../core/domain/hosting/check.ts";
import { withLoadedDump } from "../../../worker/checks/load-dump.ts";
import { HostFailed, type Hosts } from "../../../worker/hosting/hosts.ts";
import { testHosting } from "../../support/hosting.ts";

const { signal } = new AbortController();
const dump = { path: "/files/a", sha256: "a" };
const recognised = (product: string) => finding("dump-recognised", { product });
const looked = (product: string) =>
  resultsOf("dump", { "dump-sane": [recognised(product)], "dump-loads": [finding("not-loaded")] });
const loads = async () => undefined;
const fails = (why: HostFailed["why"], text: string) => () => Promise.reject(new HostFailed(why, text));

async function tried(
  results: ReturnType<typeof looked>,
  tryDump: Hosts["tryDump"],
  hosting: typeof testHosting | undefined = testHosting,
) {
  const all = await withLoadedDump(results, dump, { hosting, hosts: { tryDump }, signal });
  return all.find(({ check }) => check === "dump-loads");
}

describe("whether a dump loads", () => {
  it("is known when it was loaded", async () => {
    expect(await tried(looked("mysql"), loads)).toMatchObject({ result: "passed", findings: [] });
  });

  it("is denied where it does not, with the line", async () => {
    expect(
      await tried(looked("mariadb"), fails("dump-unreadable", "loading a dump: line 7, error 1064 (42000)")),
    ).toEqual({
      ...{ check: "dump-loads", result: "failed", findings: [finding("dump-does-not-load", { line: 7 })] },
    });
  });

  it.each([
    ["its host is away", "mysql", fails("host-unreachable", "asking"), testHosting, "loading-failed"],
    ["the profile has no such database", "postgresql", loads, testHosting, "database-not-offered"],
    ["nothing is hosted by a machine", "mysql", loads, null, "loading-off"],
  ] as const)("could not be checked where %s, and says so", async (_, product, tryDump, hosting, code) => {
    const all = await withLoadedDump(looked(product), dump, {
      hosting: hosting ?? undefined,
      hosts: { tryDump },
      signal,
    });
    const result = all.find(({ check }) => check === "dump-loads");
    expect(result).toMatchObject({ result: "not-checked", findings: [{ code }] });
  });

  it("is not tried with one that is not safe", async () => {
    const unsafe = resultsOf("dump", {
      ...{ "dump-sane": [recognised("mysql"), finding("runs-program")], "dump-loads": [finding("not-loaded")] },
    });
    expect(await tried(unsafe, () => expect.unreachable())).toMatchObject({ findings: [{ code: "not-loaded" }] });
  });
});
