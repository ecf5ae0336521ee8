import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderTargetExport } from "../../../bot/replies/target-export.ts";
import { takeTargets } from "../../../core/actions/import-targets.ts";
import { addCheck } from "../../../core/actions/targets.ts";
import { findTargetNamed } from "../../../core/db/monitor-targets.ts";
import { linesOfTargetFile } from "../../../core/domain/monitoring/target-file.ts";
import { parseInThread } from "../../../worker/people-file/jobs.ts";
import { accepted } from "../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";
import { withTargets } from "../../support/watched.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({ pagesUrl: "https://desk.test/" });
  const { put } = withTargets(office);
  const figures = { interval: "60", "agreed-percent": "99.5", "loss-percent": "20", "latency-ms": "700", misses: "3" };
  const contract = { provider: 'PT "Satu"; cabang', "circuit-number": "4700-1", "noc-phone": "+62 811-222-3333" };
  const trunk = await put("Trunk Utara", {
    kind: "link",
    answers: { ...contract, ...figures, "bandwidth-mbps": "200", "ends-on": "31-12-2027" },
  });
  const place = { contact: "Rina Wulandari, 0812-3456-7890", place: "Jl. Merdeka 1, lantai 2", public: "no" };
  await put("Kantor Dinkes", { kind: "site", behind: trunk.targetId, officeCode: "Dinkes", answers: place });
  const router = await put("Router", { behind: trunk.targetId });
  const second = { targetId: router.targetId, answers: { check: "icmp", address: "10.99.0.1" } };
  await office.act((tx) => addCheck(tx, office.people.infrastructure, office.setting(), second));
  await put("SIMPEG", { kind: "application" });
  await put("Backup", { kind: "job", behind: trunk.targetId });
});
afterAll(() => office.close());

async function exported(): Promise<string> {
  const file = await renderTargetExport(office.db, office.people.infrastructure);
  if (file?.as !== "file") throw new Error("no file is sent");
  return Buffer.from(file.bytes).toString("utf8");
}

async function imported(text: string) {
  const rows = accepted(await parseInThread(Buffer.from(text)));
  const lines = accepted(linesOfTargetFile(rows));
  return office.act((tx) => takeTargets(tx, office.people.infrastructure, office.setting(), lines));
}

describe("a list of what is watched, to be corrected", () => {
  test("has the columns that an import reads, and all that a line can say", async () => {
    const lines = (await exported()).replace("\ufeff", "").split("\r\n");
    expect(lines[1]).toMatch(/^pekerjaan;Backup;;Trunk Utara;;;/);
    expect(lines[2]).toMatch(
      /^kantor;Kantor Dinkes;Dinkes;Trunk Utara;10\.[\d.]+;;;;;;;Rina Wulandari, 0812-3456-7890;;tidak;Jl. Merdeka 1, lantai 2;/,
    );
    expect(lines.find((line) => line.startsWith("link"))).toMatch(
      /^link;Trunk Utara;;;10\.[\d.]+;internet;"PT ""Satu""; cabang";4700-1;200;2027-12-31;'\+62 811-222-3333;;60;ya;;99,5;20;700;3/,
    );
  });

  test("changes nothing when it is sent back as it is", async () => {
    const before = await exported();
    const taken = await imported(before);
    expect(taken).toMatchObject({ ready: [], known: [2, 3, 4, 5, 6], problems: [] });
    expect(await exported()).toBe(before);
  });

  test("changes what was corrected in it, also of how a target is judged", async () => {
    const corrected = (await exported()).replace(";99,5;20;700;3", ";99,7;30;800;4");
    expect(await imported(corrected)).toMatchObject({ problems: [], marks: { changed: [6] } });
    expect(await findTargetNamed(office.db, "Trunk Utara")).toMatchObject({
      policy: { agreedPercent: 99.7, degradedLossPercent: 30, degradedLatencyMs: 800, missesUntilDown: 4 },
    });
  });

  test("is nobody's but theirs who look after it", async () => {
    expect(await renderTargetExport(office.db, office.people.helpDesk)).toBeUndefined();
  });
});
