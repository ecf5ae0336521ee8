import { afterAll, beforeAll, expect, test } from "vitest";
import { insertSecrets, markFilled } from "../../../core/db/hosting/application-databases.ts";
import { findApplication } from "../../../core/db/hosting/applications.ts";
import { insertAccess, insertAccessSecrets, markGranted } from "../../../core/db/hosting/vendor-accesses.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { noHosts, noWatchedHosts, testHosting } from "../../support/hosting.ts";
import { standInTests } from "../../support/standing.ts";
import { vendorKey } from "../../support/vendor-keys.ts";

const patient = { timeout: 60_000 };
let desk: TestDesk;
let applicationId: number;

beforeAll(async () => {
  desk = await openDesk({
    rules: { hosting: testHosting },
    hosts: { ...noHosts, shutAccess: async () => undefined, forgetAccess: async () => undefined },
    watched: noWatchedHosts,
  });
  await desk.link("user", "helpDesk", "dataCenter", "leadership");
  await desk.settled();
  applicationId = await standInTests(desk.db, desk.setting(), {
    ...{ user: "Siti Aminah", infrastructure: "Syahrul Munthe" },
  });
  await desk.db.updateTable("application").set({ runtime: "php" }).where("id", "=", applicationId).execute();
});
afterAll(() => desk.close());

const words = (who: CastName) => desk.newestWords(who);

async function open(who: CastName): Promise<void> {
  await desk.tell(who, "/hosting");
  await desk.press(who, "🏗 SIMPEG");
}

test(
  "an office asks for it from the page of its application; a key or network that is none is said at once",
  patient,
  async () => {
    await open("user");
    await desk.press("user", "🔑 Minta akses vendor");
    expect(desk.labels(desk.newest("user"))).not.toContain("Basis data (hanya membaca)");
    await desk.press("user", "SFTP (kirim dan ambil berkas)");
    await desk.tell("user", "PT <b>Karya</b>");
    await desk.tell("user", "Rudi Hartono");
    await desk.tell("user", "-----BEGIN OPENSSH PRIVATE KEY-----");
    expect(words("user")).toContain("Itu kunci pribadi");
    await desk.tell("user", `${vendorKey} rudi@laptop`);
    await desk.tell("user", "kantor vendor");
    expect(words("user")).toContain("kantor bukan alamat atau jaringan IPv4.");
    await desk.tell("user", "103.10.20.0/24");
    await desk.tell("user", "2 bulan lagi");
    expect(words("user")).toContain("Akses vendor paling lama 30 hari.");
    expect(words("user")).toContain("Sampai tanggal berapa?");
    await desk.tell("user", "2 minggu lagi");
    await desk.tell("user", "Memasang modul cuti.");
    await desk.press("user", "Ya, hanya untuk tugas kedinasan");
    await desk.press("user", "Lanjut");
    expect(words("user")).toContain("PT <b>Karya</b>");
    expect(words("user")).not.toContain("rudi@laptop");
  },
);

test(
  "who has access until when stands on the page and in the list; its button ends it, and who asked is told",
  patient,
  async () => {
    await open("dataCenter");
    const former = desk.newest("dataCenter");
    const application = await findApplication(desk.db, applicationId);
    const accessId = await desk.db.transaction().execute(async (tx) => {
      const until = new Date(desk.setting().now.getTime() + 86_400_000);
      const who = {
        vendor: "PT <b>Karya</b>",
        personName: "Rudi",
        publicKey: vendorKey,
        sources: null,
        until,
      } as const;
      const asked = {
        applicationId,
        ticketId: application?.ticketId ?? 0,
        target: "dc",
        kind: "sftp",
        port: 22005,
      } as const;
      const id = (await insertAccess(tx, { ...asked, ...who }, desk.setting().now)) ?? 0;
      await insertAccessSecrets(tx, id, {
        ...{ hostKey: "sealed:1:key", fingerprint: `SHA256:${"A".repeat(43)}`, accountPassword: null },
      });
      await markGranted(tx, id, desk.setting().now);
      return id;
    });
    await desk.tell("dataCenter", "/hosting");
    expect(words("dataCenter")).toContain("app-simpeg: PT <b>Karya</b>, sampai");
    await open("leadership");
    expect(words("leadership")).toContain("PT <b>Karya</b> (Rudi), SFTP");
    expect(desk.labels(desk.newest("leadership"))).not.toContain("✂️ Cabut sekarang");
    await open("helpDesk").catch(() => undefined);
    expect(words("helpDesk")).not.toContain("PT <b>Karya</b>");

    // Whoever asks for another one learns that before the first question, or at the one for the application.
    expect(await desk.pressOn("dataCenter", former, "🔑 Minta akses vendor")).toContain(
      "Aplikasi itu masih punya akses vendor",
    );
    await desk.tell("dataCenter", "/permintaan");
    for (const label of ["Akses vendor", "SIMPEG"]) await desk.press("dataCenter", label);
    expect(words("dataCenter")).toContain("⚠️ Aplikasi itu masih punya akses vendor");
    expect(words("dataCenter")).toContain("Akses ke aplikasi yang mana?");
    await desk.press("dataCenter", "✖️ Batal");

    await open("dataCenter");
    const page = desk.newest("dataCenter");
    expect(words("dataCenter")).toContain("🟢 Terbuka.");
    await desk.press("dataCenter", "Cabut sekarang");
    await desk.sees("dataCenter", "⚫️ Akses vendor ke app-simpeg sudah ditutup");
    await desk.sees("user", "⚫️ Akses vendor ke app-simpeg sudah ditutup");
    expect(words("user")).toMatch(/⚫️ Berakhir, karena dicabut petugas\. Semula sampai /);
    expect(await desk.pressOn("dataCenter", page, "Cabut sekarang")).toContain("Akses itu sudah berakhir");
    expect(accessId).toBeGreaterThan(0);
  },
);

test("the database is offered where there is one, and the files are not where there are none", patient, async () => {
  await desk.db.transaction().execute(async (tx) => {
    const sealed = "sealed:1:AAAA";
    await insertSecrets(tx, applicationId, { adminPassword: sealed, password: sealed, url: sealed, isFilled: true });
    await markFilled(tx, applicationId, desk.setting().now);
    const changed = { runtime: "image", database: "mariadb", database_address: "10.40.0.4" };
    await tx.updateTable("application").set(changed).where("id", "=", applicationId).execute();
    await tx
      .updateTable("vendor_access")
      .set({ closed_at: desk.setting().now })
      .where("closed_at", "is", null)
      .execute();
  });
  await open("dataCenter");
  await desk.press("dataCenter", "🔑 Minta akses vendor");
  const offered = desk.labels(desk.newest("dataCenter"));
  expect(offered).toEqual(expect.arrayContaining(["Basis data (hanya membaca)", "Basis data (membaca dan mengubah)"]));
  expect(offered).not.toContain("SFTP (kirim dan ambil berkas)");
});
