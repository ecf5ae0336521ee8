import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderTargetExport } from "../../../../bot/replies/monitoring/target-export.ts";
import { takeTargets } from "../../../../core/actions/monitoring/import-targets.ts";
import { addCheck } from "../../../../core/actions/monitoring/targets.ts";
import { insertCheck, listChecksOf } from "../../../../core/db/monitoring/monitor-checks.ts";
import { findTargetNamed } from "../../../../core/db/monitoring/monitor-targets.ts";
import { linesOfTargetFile } from "../../../../core/domain/monitoring/target-file.ts";
import { parseInThread } from "../../../../worker/people-file/jobs.ts";
import { accepted } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { withTargets } from "../../../support/watched.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
  const { put } = withTargets(office);
  const { infrastructure } = office.people;
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
  await office.act((tx) => addCheck(tx, infrastructure, office.setting(), second));
  const simpeg = await put("SIMPEG", { kind: "application" });
  const page = {
    check: "http",
    url: "https://simpeg.labura.go.id/masuk",
    status: "200",
    text: "Masuk",
    certificate: "ignored",
  };
  for (const answers of [
    page,
    { check: "tcp", host: "10.20.1.4", port: "443" },
    { check: "dns", domain: "labura.go.id" },
  ])
    accepted(
      await office.act((tx) => addCheck(tx, infrastructure, office.setting(), { targetId: simpeg.targetId, answers })),
    );
  const hosted = {
    kind: "http",
    url: "https://e-office.labura.go.id/",
    status: null,
    text: null,
    at: "10.10.5.20",
  } as const;
  const eOffice = await put("e-Office", { kind: "application" });
  await office.act((tx) =>
    insertCheck(tx, { targetId: eOffice.targetId, settings: hosted, now: office.setting().now }),
  );
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
    expect(lines[3]).toMatch(
      /^kantor;Kantor Dinkes;Dinkes;Trunk Utara;10\.[\d.]+;;;;;;;Rina Wulandari, 0812-3456-7890;;tidak;Jl. Merdeka 1, lantai 2;/,
    );
    expect(lines.find((line) => line.includes(";SIMPEG;"))).toMatch(
      /^aplikasi;SIMPEG;.*;;;;;10\.20\.1\.4:443;https:\/\/simpeg.labura.go.id\/masuk$/,
    );
    expect(lines[2]).toMatch(/^aplikasi;e-Office;;;10\.[\d.]+;.*;$/);
    expect(lines.find((line) => line.startsWith("link"))).toMatch(
      /^link;Trunk Utara;;;10\.[\d.]+;internet;"PT ""Satu""; cabang";'4700-1;200;'2027-12-31;'\+62 811-222-3333;;60;ya;;99,5;20;700;3/,
    );
  });

  test("changes nothing when it is sent back as it is", async () => {
    const before = await exported();
    const taken = await imported(before);
    expect(taken).toMatchObject({ ready: [], known: [2, 3, 4, 5, 6, 7], problems: [] });
    expect(await exported()).toBe(before);
  });

  test("changes what was corrected in it, also of how a target is judged", async () => {
    const corrected = (await exported()).replace(";99,5;20;700;3", ";99,7;30;800;4");
    expect(await imported(corrected)).toMatchObject({ problems: [], marks: { changed: [7] } });
    expect(await findTargetNamed(office.db, "Trunk Utara")).toMatchObject({
      policy: { agreedPercent: 99.7, degradedLossPercent: 30, degradedLatencyMs: 800, missesUntilDown: 4 },
    });
  });

  test("moves the one check of a kind, and leaves what a page has to say, and what no cell says", async () => {
    const text = (await exported()).replace("go.id/masuk", "go.id/").replace("10.20.1.4:443", "10.20.1.5:8443");
    expect(await imported(text)).toMatchObject({ problems: [], marks: { changed: [6] } });
    const simpeg = await findTargetNamed(office.db, "SIMPEG");
    const checks = await listChecksOf(office.db, simpeg?.id ?? 0);
    expect(checks.map(({ settings }) => settings)).toEqual(
      expect.arrayContaining([
        {
          ...{ kind: "http", url: "https://simpeg.labura.go.id/", status: 200, text: "Masuk" },
          isCertificateIgnored: true,
        },
        { kind: "tcp", address: "10.20.1.5", port: 8443 },
        { kind: "dns", server: null, name: "labura.go.id", expected: [] },
      ]),
    );
    expect(checks).toHaveLength(4);
  });

  test("is nobody's but theirs who look after it", async () => {
    expect(await renderTargetExport(office.db, office.people.helpDesk)).toBeUndefined();
  });
});
