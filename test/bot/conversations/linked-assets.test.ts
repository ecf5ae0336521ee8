import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { registerAsset } from "../../../core/actions/inventory/register-asset.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import type { AssetKind } from "../../../core/domain/inventory/asset.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { testRules } from "../../support/rules.ts";
import { confirmAndClose, fileComplaint, issueWorkOrder } from "./complaints.ts";

let desk: TestDesk;
beforeAll(async () => {
  const devices = [
    { name: "switch", title: "Switch", maintainer: "dinas", team: "infrastructure" },
    { name: "server", title: "Server", maintainer: "vendor", vendor: "PT Server", contact: "0812-111-222" },
  ] as const;
  desk = await openDesk({ rules: { maintainers: { ...testRules.maintainers, devices } } });
  await desk.link("user", "helpDesk", "itSupport", "infrastructure");
  await desk.settled();
  await enter("SW-DINKES-1", "switch");
  await enter("SW-DINKES-2", "switch");
  await enter("SRV-DISDIK", "server", "Disdik");
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

async function enter(name: string, kind: AssetKind, office = "Dinkes"): Promise<void> {
  const { id: officeId } = await findOfficeByCode(desk.db, office);
  const registered = await desk.db
    .transaction()
    .execute((tx) => registerAsset(tx, desk.setting(), { kind, name, officeId }, { personId: 1 }));
  expect(registered.ok).toBe(true);
}

const labels = (who: CastName) => desk.labels(desk.newest(who));

/** From the card to what the ticket is tied to. */
async function beginLinking(who: CastName, ticketId: number): Promise<void> {
  await desk.tell(who, `T-${ticketId}`);
  await desk.pressOn(who, desk.card(who, ticketId), "Lainnya");
  await desk.press(who, "🔗 Kaitkan perangkat");
}

describe("a ticket", () => {
  test("is tied to what its office has, by a button; the desk's cards say so, the requester's does not", async () => {
    const ticketId = await fileComplaint(desk);
    await beginLinking("helpDesk", ticketId);
    expect(desk.newestWords("helpDesk")).toContain("Perangkat mana dari Dinkes yang dimaksud tiket ini?");
    expect(labels("helpDesk")).toEqual([
      ...["🔗 🟢 SW-DINKES-1 · Switch · Dinkes", "🔗 🟢 SW-DINKES-2 · Switch · Dinkes"],
      ...["🔎 Cari perangkat", "🎫 Buka tiket"],
    ]);
    await desk.press("helpDesk", "SW-DINKES-1");
    expect(labels("helpDesk")).toEqual([
      ...["🔗 🟢 SW-DINKES-2 · Switch · Dinkes", "🔎 Cari perangkat", "✂️ Lepas kaitan SW-DINKES-1", "🎫 Buka tiket"],
    ]);
    const line = "🔗 SW-DINKES-1 (Switch), dipelihara Diskominfo, [infrastructure]";
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain(line);
    expect(desk.wordsOf(desk.card("user", ticketId))).not.toContain("🔗");
  });

  test("is tied to another office's by its words, and untied", async () => {
    const ticketId = await fileComplaint(desk);
    await beginLinking("helpDesk", ticketId);
    await desk.press("helpDesk", "🔎 Cari perangkat");
    await desk.tell("helpDesk", "tidak-ada");
    expect(desk.newestWords("helpDesk")).toContain('Tidak ada yang cocok dengan "tidak-ada".');
    await desk.press("helpDesk", "🔎 Cari perangkat");
    await desk.tell("helpDesk", "srv");
    await desk.press("helpDesk", "SRV-DISDIK");
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain(
      "🔗 SRV-DISDIK (Server), dipelihara PT Server (0812-111-222)",
    );
    const before = desk.newest("helpDesk");
    await desk.press("helpDesk", "Lepas kaitan SRV-DISDIK");
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).not.toContain("🔗");
    expect(await desk.pressOn("helpDesk", before, "Lepas kaitan SRV-DISDIK")).toContain(
      "Perangkat itu tidak lagi terkait dengan tiket ini.",
    );
  });

  test("that has ended is tied to nothing any more, nor by those who are not of the desk", async () => {
    const ticketId = await fileComplaint(desk);
    await beginLinking("helpDesk", ticketId);
    const choice = desk.newest("helpDesk");
    await desk.tell("user", `T-${ticketId}`);
    expect(desk.labels(desk.card("user", ticketId)).join()).not.toContain("Lainnya");
    await desk.pressOn("user", desk.card("user", ticketId), "Batalkan");
    await desk.tell("user", "Sudah normal");
    expect(await desk.pressOn("helpDesk", choice, "SW-DINKES-2")).toContain("Tiket ini sudah selesai.");
    expect(await desk.pressOn("helpDesk", choice, "Cari perangkat")).toContain("Tiket ini sudah selesai.");
  });
});

describe("the page of a device", () => {
  test("shows its tickets, the open ones first, and leads to them", async () => {
    const closed = await fileComplaint(desk, { application: "SIPD" });
    await beginLinking("helpDesk", closed);
    await desk.press("helpDesk", "SW-DINKES-2");
    await issueWorkOrder(desk, closed);
    await desk.tell("itSupport", `T-${closed}`);
    for (const label of ["Aplikasi normal", "Komputer pemohon normal", "Verifikasi ke pemohon"]) {
      await desk.pressOn("itSupport", desk.card("itSupport", closed), label);
    }
    await desk.tell("itSupport", "Baik");
    await confirmAndClose(desk);
    const open = await fileComplaint(desk, { application: "e-Kinerja" });
    await beginLinking("helpDesk", open);
    await desk.press("helpDesk", "SW-DINKES-2");

    await desk.tell("infrastructure", "/perangkat SW-DINKES-2");
    await desk.press("infrastructure", "🎫 Tiket (2)");
    expect(labels("infrastructure").slice(0, 2)).toEqual([
      expect.stringContaining(`${open} · e-Kinerja`),
      expect.stringContaining(`${closed} · SIPD`),
    ]);
    await desk.press("infrastructure", "e-Kinerja");
    expect(desk.wordsOf(desk.card("infrastructure", open))).toContain("🔗 SW-DINKES-2 (Switch)");
  });
});

describe("who maintains what is tied (R65)", () => {
  const suspected = async (ticketId: number) => {
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
    const [first] = labels("helpDesk");
    await desk.press("helpDesk", "Batal");
    return first;
  };

  test("decides where the register does not know the application", async () => {
    const ticketId = await fileComplaint(desk, { application: "Aplikasi baru" });
    expect(await suspected(ticketId)).not.toContain("Di luar data center");
    expect(desk.labels(desk.card("helpDesk", ticketId))).toContain("Arahkan langsung ke pengelola");

    await beginLinking("helpDesk", ticketId);
    await desk.press("helpDesk", "SW-DINKES-1");
    expect(desk.labels(desk.card("helpDesk", ticketId))).not.toContain("Arahkan langsung ke pengelola");
    await beginLinking("helpDesk", ticketId);
    await desk.press("helpDesk", "🔎 Cari perangkat");
    await desk.tell("helpDesk", "srv");
    await desk.press("helpDesk", "SRV-DISDIK");
    expect(desk.labels(desk.card("helpDesk", ticketId))).toContain("Arahkan langsung ke pengelola");
    expect(await suspected(ticketId)).toContain("Di luar data center");
  });

  test("changes nothing where the register knows the application", async () => {
    const ticketId = await fileComplaint(desk, { application: "SIMPEG" });
    await beginLinking("helpDesk", ticketId);
    await desk.press("helpDesk", "🔎 Cari perangkat");
    await desk.tell("helpDesk", "srv");
    await desk.press("helpDesk", "SRV-DISDIK");
    expect(desk.labels(desk.card("helpDesk", ticketId))).not.toContain("Arahkan langsung ke pengelola");
  });
});
