import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { preparePassphrase } from "../../../infra/stacks/passphrase.ts";
import { findPulumi, isOwnPulumi, preparePulumi } from "../../../infra/stacks/tool.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "simpul-tool-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function pulumiIn(name: string): Promise<string> {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, "pulumi"), "");
  await chmod(join(place, "pulumi"), 0o755);
  return place;
}

describe("the Pulumi that is used", () => {
  test("is the one on PATH, but for those of packages", async () => {
    const [packages, system] = [await pulumiIn("node_modules/.bin"), await pulumiIn("bin")];
    expect(await findPulumi(`${packages}:${system}`)).toBe(join(system, "pulumi"));
  });

  test("is else the one of our packages", async () => {
    const packages = await pulumiIn("node_modules/.bin");
    expect(isOwnPulumi(await findPulumi(`${packages}:${folder}`))).toBe(true);
  });
});

test("it runs in a project outside of the checkout, on our Node, and knows nothing of another installation", async () => {
  process.env.PULUMI_ACCESS_TOKEN = "of-somebody";
  const settings = { home: folder, backendUrl: "file:///x", passphraseFile: "/p", password: "geheim" };
  const { env, project } = await preparePulumi(settings).finally(() => delete process.env.PULUMI_ACCESS_TOKEN);

  expect(env).toMatchObject({ SIMPUL_HOME: folder, PULUMI_BACKEND_URL: "file:///x", PGPASSWORD: "geheim" });
  expect(env).not.toHaveProperty("PULUMI_ACCESS_TOKEN");
  expect(env.PATH?.split(":")[0]).toBe(join(process.execPath, ".."));
  expect(await readFile(join(project, "Pulumi.yaml"), "utf8")).toContain(`main: "${process.cwd()}/infra/index.ts"`);
});

describe("the passphrase", () => {
  test("is made once, and is its owner's only", async () => {
    const files = await Promise.all([preparePassphrase(folder, undefined), preparePassphrase(folder, undefined)]);
    const made = await readFile(files[0] ?? "", "utf8");
    expect(made).toMatch(/^[\w-]{43}$/);
    expect((await stat(files[0] ?? "")).mode & 0o777).toBe(0o600);
    await preparePassphrase(folder, undefined);
    expect(await readFile(files[1] ?? "", "utf8")).toBe(made);
  });

  test("is the one that is given", async () => {
    await writeFile(join(folder, "own"), "rahasia");
    expect(await preparePassphrase(folder, join(folder, "own"))).toBe(join(folder, "own"));
    await expect(preparePassphrase(folder, join(folder, "none"))).rejects.toThrow("ENOENT");
  });
});
