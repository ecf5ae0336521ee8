import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { type ApplicationFileKind, checksOf, resultsOf } from "../../../core/domain/hosting/check.ts";
import { checkApplicationFile } from "../../../worker/checks/check-application-file.ts";
import { type Limits, usualLimits } from "../../../worker/checks/limits.ts";
import { limitedNode } from "../../../worker/checks/look-in-child.ts";
import { scanMalware } from "../../../worker/checks/scan-malware.ts";
import { cleanDump, cleanSite, imageOf } from "../../support/applications.ts";
import { checkedAt, codesOf, endOfLife, tarOf, troubles, zipOf } from "../../support/archives.ts";

const folder = mkdtempSync(join(tmpdir(), "check-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A hyphen, spaces and quotation marks: whatever a file is called, it is one argument. */
const name = `-- "it's" $(id).zip`;
const missing = join(folder, "no-clamscan");

function program(called: string, script: string): string {
  const path = join(folder, called);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o700);
  return path;
}

function check(
  kind: ApplicationFileKind | undefined,
  bytes: Uint8Array,
  { clamscan = missing, limits = {} }: { clamscan?: string; limits?: Partial<Limits> } = {},
) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const broken: Error[] = [];
  const onBreak = (fault: Error) => void broken.push(fault);
  const options = { now: checkedAt, endOfLife, clamscan, limits: { ...usualLimits, ...limits }, onBreak };
  return checkApplicationFile(path, kind, options).then((results) => ({ results, broken }));
}

describe("a file is looked at by a process of its own", () => {
  test.each<[ApplicationFileKind, () => Promise<Uint8Array>, string[]]>([
    ["archive", async () => zipOf(cleanSite), []],
    ["dump", async () => Buffer.from(cleanDump), ["dump-loads: not-loaded"]],
    ["image", () => imageOf(), []],
  ])("%s", async (kind, make, others) => {
    const { results, broken } = await check(kind, await make(), { clamscan: program("clean", "exit 0") });
    expect(results.map((each) => each.check)).toEqual(checksOf(kind));
    expect(troubles(results)).toEqual(others);
    expect(broken).toEqual([]);
  });

  test.each<[ApplicationFileKind, string, () => Promise<Uint8Array>]>([
    ["image", "what docker save wrote", () => imageOf()],
    ["archive", "a zip", async () => zipOf(cleanSite)],
    ["archive", "a tar", () => tarOf(cleanSite)],
    [
      "archive",
      "a site with a manifest of its own",
      () => tarOf([...cleanSite, { path: "manifest.json", content: "{}" }]),
    ],
    ["archive", "what is neither", async () => Buffer.from("halo")],
  ])("as %s: %s", async (kind, _what, make) => {
    const { results } = await check(undefined, await make());
    expect(results.map((each) => each.check)).toEqual(checksOf(kind));
  });

  test("that takes too long is ended, and nothing was checked", async () => {
    const { results, broken } = await check("archive", zipOf(cleanSite), { limits: { longestMs: 1 } });
    expect(new Set(results.flatMap(({ findings }) => findings.map(({ code }) => code)))).toEqual(
      new Set(["took-too-long", "clamav-not-installed"]),
    );
    expect(results.every(({ result }) => result === "not-checked")).toBe(true);
    expect(broken).toEqual([]);
  });

  test("that breaks is told, and nothing was checked", async () => {
    const { results, broken } = await check("archive", zipOf(cleanSite), { limits: { memoryMegabytes: 1 } });
    expect(results[0]?.result).toBe("not-checked");
    expect([...broken.map(({ message }) => message), codesOf(results, "archive-sane").join()].join()).toMatch(
      /the process ended with|took-too-much-memory/,
    );
  });

  test("that takes too much memory is ended", async () => {
    const content = JSON.stringify({
      require: Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`a${index}`, "1"])),
    });
    const many = Array.from({ length: 25 }, (_, index) => ({
      path: `${index}/composer.json`,
      content: content.slice(0, 1_000_000),
    }));
    const { results } = await check("archive", zipOf(many), { limits: { heapMegabytes: 8 } });
    expect(codesOf(results, "archive-sane")).toEqual(["took-too-much-memory"]);
  });
});

describe("what that process may", () => {
  const run = promisify(execFile);
  /** What a program with the limits and rights of a check says. */
  async function saysLimited(code: string, limits: Partial<Limits> = {}): Promise<string> {
    const { file, args, options } = limitedNode({ ...usualLimits, ...limits }, ["--input-type=module", "--eval", code]);
    const { stdout } = await run(file, args, options).catch((fault) => ({ stdout: fault.stdout + fault.stderr }));
    return stdout.trim();
  }
  const attempt = (imported: string, statement: string) => {
    return `import { ${imported} } from "node:${imported === "spawnSync" ? "child_process" : "fs"}"; try { ${statement}; console.log("done") } catch (fault) { console.log(fault.code) }`;
  };

  test.each([
    ["write a file", attempt("writeFileSync", `writeFileSync(${JSON.stringify(join(folder, "written"))}, "x")`)],
    ["read a file that it was not given", attempt("readFileSync", `readFileSync("/etc/passwd")`)],
    ["start a program", attempt("spawnSync", `spawnSync("/bin/true")`)],
  ])("not: %s", async (_what, code) => {
    expect(await saysLimited(code)).toBe("ERR_ACCESS_DENIED");
    expect(readdirSync(folder)).not.toContain("written");
  });

  test("not: take more memory than it has, for objects or for data", async () => {
    const data =
      "const all = []; for (let i = 0; i < 3000; i++) all.push(Buffer.alloc(2 ** 20, 1)); console.log('done')";
    expect(await saysLimited(data, { memoryMegabytes: 700 })).not.toContain("done");
    const objects = "const all = []; for (let i = 0; i < 1e8; i++) all.push({ i }); console.log('done')";
    expect(await saysLimited(objects, { heapMegabytes: 32 })).toContain("heap out of memory");
  });

  test("not: see the environment, and so no secret", async () => {
    expect(
      await saysLimited(
        "console.log(Object.keys(process.env).filter((name) => name !== 'PWD' && name !== '_').join())",
      ),
    ).toBe("");
  });
});

describe("malware", () => {
  async function scan(clamscan: string) {
    const path = join(folder, name);
    writeFileSync(path, cleanDump);
    const malware = await scanMalware(path, { clamscan, longestMs: 10_000 });
    return resultsOf("dump", { malware }).find((each) => each.check === "malware");
  }

  test.each([
    ["nothing", "exit 0", "passed", []],
    ["something", 'echo "$0: Php.Webshell-1 FOUND"; exit 1', "failed", ["malware-found"]],
    [
      "more than it looks at",
      'echo "x: Heuristics.Limits.Exceeded.MaxFileSize FOUND"; exit 1',
      "not-checked",
      ["beyond-clamav"],
    ],
    [
      "no signatures",
      'echo "LibClamAV Error: cli_loaddbdir: No supported database files found in /var/lib/clamav"; exit 2',
      "not-checked",
      ["clamav-without-signatures"],
    ],
    ["something that it does not name", 'echo "x: infected"; exit 1', "not-checked", ["clamav-failed"]],
    ["trouble of its own", "exit 2", "not-checked", ["clamav-failed"]],
  ])("the scanner finds %s", async (what, script, result, codes) => {
    const malware = await scan(program(what.replaceAll(" ", "-"), script));
    expect({ result: malware?.result, codes: malware?.findings.map(({ code }) => code) }).toEqual({ result, codes });
  });

  test("without the scanner it is not checked", async () => {
    expect(await scan(missing)).toEqual({
      check: "malware",
      result: "not-checked",
      findings: [{ code: "clamav-not-installed", values: {} }],
    });
  });

  test("the file is one argument behind the options, whatever it is called", async () => {
    const list = join(folder, "arguments");
    await scan(
      program(
        "list",
        `for last; do before=$last_one; last_one=$last; done; printf '%s|%s' "$before" "$last_one" >${list}`,
      ),
    );
    expect(readFileSync(list, "utf8")).toBe(`--|${join(folder, name)}`);
  });
});
