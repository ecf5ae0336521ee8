import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderAvailability } from "../../../../bot/replies/monitoring/availability.ts";
import { renderAvailabilityOf } from "../../../../bot/replies/monitoring/availability-page.ts";
import { setCause } from "../../../../core/db/monitoring/outages.ts";
import { putFallenTrunk } from "../../../support/fallen-trunk.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { testWords } from "../../../support/office-words.ts";
import { listOutagesOf } from "../../../support/outages.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let ids: Awaited<ReturnType<typeof putFallenTrunk>>;
beforeAll(async () => {
  office = await openOffice();
  ids = await putFallenTrunk(office);
}, 60_000);
afterAll(() => office.close());

const month = "2026-11";
const now = second(3_600);

async function pageOf(targetId: number): Promise<string> {
  const screen = { of: { targetId }, month, page: 0 };
  const page = await renderAvailabilityOf(office.db, office.people.infrastructure, screen, testWords, now);
  return page.as === "text" ? page.html : "";
}

async function listOf(by: "link" | "provider"): Promise<string> {
  const list = await renderAvailability(
    office.db,
    office.people.infrastructure,
    { by, month, page: 0 },
    testWords,
    now,
  );
  return list.as === "text" ? list.html.replaceAll(/<\/?b>/g, "") : "";
}

describe("how long was measured", () => {
  it("is said of a provider as the sum of what it is of", async () => {
    const screen = { of: { provider: "B" }, month, page: 0 };
    const page = await renderAvailabilityOf(office.db, office.people.infrastructure, screen, testWords, now);
    expect(page.as === "text" && page.html).toContain("Terukur: 2 jam, jumlah dari 2 yang dipantau");
  });

  it("names the end of a range that is not over once", async () => {
    const screen = { by: "link", month: "2026-11-01_2026-11-22", page: 0 } as const;
    const list = await renderAvailability(office.db, office.people.infrastructure, screen, testWords, now);
    expect(list.as === "text" && list.html).toContain("\n1 Nov 2026 sampai 22 Nov 2026 10.00 WIB. Pemeliharaan");
  });
});

describe("what a link lay behind", () => {
  it("stands apart, and is no fault of its provider", async () => {
    const page = await pageOf(ids.otherId);
    expect(page).toContain("✅ <b>83,33%</b>, target 99%: memenuhi target");
    expect(page).toContain("Tanpa yang di depannya: 100%");
    expect(page).toContain("Karena yang di depannya: 10 menit");
  });

  it("is its provider's fault where that runs it", async () => {
    const page = await pageOf(ids.sameId);
    expect(page).toContain("⚠️ <b>83,33%</b>, target 99%: di bawah target");
    expect(page).not.toContain("di depannya");
  });

  it("stands apart for an office, too, whose agreement counts all of it", async () => {
    const page = await pageOf(ids.siteId);
    expect(page).toContain("⚠️ <b>83,33%</b>, target 99%: di bawah target");
    expect(page).toContain("Karena yang di depannya: 10 menit");
  });

  it("is in the lists of links and providers", async () => {
    const links = await listOf("link");
    expect(links).toContain("✅ 83,33% Link A (target 99%), 100% tanpa yang di depannya, terukur 1 jam\n");
    expect(links).toContain("⚠️ 83,33% Link B (target 99%), terukur 1 jam\n");
    const providers = await listOf("provider");
    expect(providers).toContain("✅ 83,33% A, 100% tanpa yang di depannya, terukur 1 jam");
    expect(providers).toContain("⚠️ 83,33% B, 2 dari 2 di bawah target, terukur 1 jam");
  });

  it("is its provider's fault where its own link leads there", async () => {
    const watched = withTargets(office);
    const link = (name: string, behind?: number) =>
      watched.put(name, { kind: "link", ...(behind && { behind }), answers: { provider: "C" } });
    const near = await link("Link C dekat");
    const relay = await watched.put("Kantor Relai", { kind: "site", behind: near.targetId });
    const far = await link("Link C jauh", relay.targetId);
    const behind = [relay.checkId, far.checkId];
    for (let seconds = 0; seconds < 3_600; seconds += 60) {
      const isDown = seconds >= 600 && seconds < 1_200;
      await watched.record(seconds, isDown ? { up: [near.checkId], down: behind } : { up: [near.checkId, ...behind] });
      if (isDown) await watched.look(seconds + 31);
    }
    expect(await listOf("link")).toContain("⚠️ 83,33% Link C jauh (target 99%), terukur 1 jam\n");
  });

  it("stands beside the power cut that it was", async () => {
    const [outage] = await listOutagesOf(office.db, ids.trunkId, 1);
    await office.act((tx) => setCause(tx, outage?.id ?? 0, "power"));
    const page = await pageOf(ids.otherId);
    expect(page).toContain("Tanpa listrik padam: 100%\nTanpa listrik padam dan yang di depannya: 100%");
    expect(page).toContain("Karena listrik padam: 10 menit\nKarena yang di depannya: 10 menit");
    expect(await listOf("link")).toContain(
      "Link A (target 99%), 100% tanpa listrik padam, 100% tanpa listrik padam dan yang di depannya, terukur 1 jam\n",
    );
  });
});
