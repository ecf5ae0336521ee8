import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { explained } from "../../worker/hosting/open-hosts.ts";

test("what finds Simpul's own disk full says so", async () => {
  await expect(explained(() => writeFile("/dev/full", "an input"))).rejects.toMatchObject({ why: "store-full" });
  await expect(explained(() => writeFile("/dev/null/file", ""))).rejects.toMatchObject({ code: "ENOTDIR" });
});
