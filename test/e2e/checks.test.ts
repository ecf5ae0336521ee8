import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkApplicationFile } from "../../worker/checks/check-application-file.ts";
import { cleanSite } from "../support/applications.ts";
import { checkedAt, endOfLife, zipOf } from "../support/archives.ts";
import { temporaryFolder } from "./support/folders.ts";

/** The file that every scanner knows as a test, in two parts: whole, it would be found in our own tree. */
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD", "-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

test("ClamAV finds the test file in an archive, by signatures of our own, and nothing in a clean one", async () => {
  await using folder = await temporaryFolder();
  const signatures = join(folder.path, "test.ndb");
  await writeFile(signatures, `EicarTest:0:*:${Buffer.from(eicar).toString("hex")}\n`);
  const malwareIn = async (name: string, bytes: Buffer) => {
    const path = join(folder.path, name);
    await writeFile(path, bytes);
    const onBreak = (fault: Error) => {
      throw fault;
    };
    const results = await checkApplicationFile(path, "archive", { now: checkedAt, endOfLife, signatures, onBreak });
    return results.find(({ check }) => check === "malware");
  };

  expect(await malwareIn("clean", zipOf(cleanSite))).toMatchObject({ result: "passed", findings: [] });
  expect(await malwareIn("infected", zipOf([...cleanSite, { path: "public/x.txt", content: eicar }]))).toMatchObject({
    result: "failed",
    findings: [{ code: "malware-found", values: { name: "EicarTest.UNOFFICIAL" } }],
  });
});
