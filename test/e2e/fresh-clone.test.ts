import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clear, copyCheckout, temporaryFolder } from "./support/folders.ts";
import { npmStart } from "./support/simpul.ts";

test("a fresh clone starts by npm start alone, and a second time without setting up", async () => {
  await using folder = await temporaryFolder();
  const cwd = join(folder.path, "simpul");
  await mkdir(cwd);
  await copyCheckout(cwd);

  // What npm has already fetched on this machine it takes from its cache: the registry's slowness is not what is tested.
  await using first = npmStart({ cwd, env: { npm_config_prefer_offline: "true" } });
  const address = await first.isReady();
  // As root the state lies outside the checkout.
  const home = /embedded PostgreSQL in (\S+);/.exec(first.output())?.[1] ?? "";
  await using _state = { [Symbol.asyncDispose]: () => clear(home) };
  expect(home).toMatch(/^\/var\/lib\/simpul\/playground-[0-9a-f]{8}$/);
  expect((await fetch(new URL("playground", address))).status).toBe(200);
  first.interrupt();
  expect(await first.hasEnded()).toEqual({ code: 0, signal: null });

  const setUpAt = (await stat(join(cwd, "node_modules/.package-lock.json"))).mtimeMs;
  await using second = npmStart({ cwd });
  await second.isReady();
  expect((await stat(join(cwd, "node_modules/.package-lock.json"))).mtimeMs).toBe(setUpAt);
});
