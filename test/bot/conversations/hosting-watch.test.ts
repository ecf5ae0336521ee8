import { afterAll, beforeAll, expect, test } from "vitest";
import { findApplication, updateApplication } from "../../../core/db/hosting/applications.ts";
import { holdStack, letStackGo } from "../../../core/db/hosting/stack-leases.ts";
import type { Drift } from "../../../core/domain/hosting/drift.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { noHosts, noWatchedHosts, testHosting } from "../../support/hosting.ts";
import { standInTests } from "../../support/standing.ts";

const memory: Drift = { kind: "container", name: "web-a", property: "memory", from: "64 MB", to: "96 MB" };
const patient = { timeout: 60_000 };

let desk: TestDesk;
let applicationId: number;
/** How the host and Pulumi's state are. */
const host: { drift: Drift[]; state: string; isProxyAway: boolean } = { drift: [], state: "ours", isProxyAway: false };

beforeAll(async () => {
  desk = await openDesk({
    rules: { hosting: testHosting },
    hosts: { ...noHosts, route: (...asked) => (host.isProxyAway ? noHosts.route(...asked) : Promise.resolve()) },
    watched: {
      ...noWatchedHosts,
      hashOfState: async () => host.state,
      compare: async () => host.drift,
      putBack: async () => {
        host.drift = [];
      },
      contain: async () => undefined,
      release: async () => undefined,
      keepEvidence: async () => "== web-a",
    },
  });
  await desk.link("user", "otherOffice", "helpDesk", "dataCenter", "leadership");
  await desk.settled();
  applicationId = await standInTests(desk.db, desk.setting(), {
    ...{ user: "Siti Aminah", infrastructure: "Syahrul Munthe" },
  });
});
afterAll(() => desk.close());

const words = (who: CastName) => desk.newestWords(who);

async function open(who: CastName): Promise<void> {
  await desk.tell(who, "/hosting");
  await desk.press(who, "🛡 app-simpeg");
}

/** The page of the application itself. */
async function openPage(who: CastName): Promise<void> {
  await desk.tell(who, "/hosting");
  await desk.press(who, "🏗 SIMPEG");
}

/** The newest message that says so, as it is whenever it is looked at. */
function messageThat(who: CastName, says: string): () => { words: string; labels: string[] } {
  const id = desk.fromBot(who).findLast((message) => desk.wordsOf(message).includes(says))?.message_id;
  return () => {
    const message = desk.fromBot(who).find(({ message_id }) => message_id === id);
    if (message === undefined) throw new Error(`${who} has no message that says ${says}`);
    return { words: desk.wordsOf(message), labels: desk.labels(message) };
  };
}

test("what differs is found at a button, told, listed in words, and put back by a button", patient, async () => {
  await open("dataCenter");
  expect(words("dataCenter")).toContain("Belum pernah dibandingkan dengan host.");
  host.drift = [memory, { kind: "container", name: "web-a", property: "envs" }];
  await desk.press("dataCenter", "Bandingkan sekarang");
  await desk.sees("dataCenter", "⚠️ Ada yang diubah dengan tangan di host.");
  await desk.sees("dataCenter", "🔄 Perbandingan yang Anda minta selesai.");
  expect(words("dataCenter")).toContain("web-a, memori: 64 MB menjadi 96 MB (sebelum ");
  expect(words("dataCenter")).toContain("web-a, variabel lingkungan (nilainya tidak ditampilkan)");

  await desk.press("dataCenter", "Kembalikan seperti disetujui");
  await desk.sees("dataCenter", "✅ app-simpeg sudah dikembalikan seperti disetujui.");
  expect(words("dataCenter")).not.toContain("Berbeda dari yang disetujui");
});

test("what is not compared because a machine is at work there is told to who asked for it", patient, async () => {
  await open("dataCenter");
  const held = { stack: "app-simpeg", holder: crypto.randomUUID() };
  await holdStack(desk.db, { ...held, seconds: 60 });
  await desk.press("dataCenter", "Bandingkan sekarang");
  await desk.sees("dataCenter", "🔴 app-simpeg belum dapat dibandingkan: Mesin sedang mengubahnya");
  await letStackGo(desk.db, held);
});

test("a state that somebody else wrote is told to leadership", patient, async () => {
  host.state = "by hand";
  await open("dataCenter");
  await desk.press("dataCenter", "Bandingkan sekarang");
  await desk.sees("leadership", "✍️ Status Pulumi app-simpeg ditulis orang lain");
  await open("leadership");
  expect(words("leadership")).toContain("Status Pulumi ditulis orang lain");
  expect(desk.labels(desk.newest("leadership"))).not.toContain("🔄 Bandingkan sekarang");
  expect(desk.labels(desk.newest("leadership"))).not.toContain("⛔️ Isolasi sekarang");
});

test(
  "an application is isolated with a reason that is typed and looked at; leadership confirms it, and lifts it",
  patient,
  async () => {
    await openPage("dataCenter");
    await desk.press("dataCenter", "Isolasi sekarang");
    expect(words("dataCenter")).toContain("dihentikan sementara");
    await desk.tell("dataCenter", "Halaman depan <b>diubah</b>.");
    expect((await findApplication(desk.db, applicationId))?.state).toBe("built");
    await desk.press("dataCenter", "Kirim");
    await desk.sees("leadership", "🚨 app-simpeg diambil dari jaringan.");
    const asked = messageThat("leadership", "🚨 app-simpeg");
    await desk.sees("dataCenter", "⛔️ app-simpeg sudah diisolasi.");
    expect(words("dataCenter")).toContain("Halaman depan <b>diubah</b>.");
    expect((await findApplication(desk.db, applicationId))?.state).toBe("isolated");
    await desk.sees("user", "⛔️ SIMPEG (simpeg.labura.go.id) diambil dari jaringan oleh petugas");
    expect(words("user")).not.toContain("diubah");

    await desk.press("leadership", "Benarkan isolasi");
    await desk.tell("leadership", "Tetap diisolasi sampai ditutup.");
    await desk.sees("dataCenter", "✅ Isolasi app-simpeg dibenarkan pimpinan.");
    await desk.settled();
    expect(asked().words).toContain("✅ Isolasi app-simpeg dibenarkan pimpinan.");
    expect(asked().words).toContain("Kontainer dibekukan: ");
    expect(asked().words).not.toContain("Benarkan atau cabut isolasinya");
    expect(asked().labels).toEqual(["▶️ Cabut isolasi", "🛡 Pengawasan"]);
    await open("leadership");
    await desk.press("leadership", "Cabut isolasi");
    await desk.tell("leadership", "Celahnya sudah ditutup.");
    await desk.sees("dataCenter", "🟢 app-simpeg sudah kembali di jaringan.");
    await desk.settled();
    await desk.sees("user", "🟢 SIMPEG (simpeg.labura.go.id) sudah kembali di jaringan.");
    expect(asked().words).toContain("🟢 app-simpeg sudah kembali di jaringan.");
    expect(asked().words).not.toContain("Sedang dikembalikan");
    expect(asked().labels).toEqual(["🛡 Pengawasan"]);
    expect((await findApplication(desk.db, applicationId))?.state).toBe("built");
  },
);

test("who asks for changes of an application has no button on its page that takes it off the net", async () => {
  for (const who of ["user", "leadership"] as const) {
    await openPage(who);
    expect(words(who)).toContain("(app-simpeg)");
    expect(desk.labels(desk.newest(who))).not.toContain("⛔️ Isolasi sekarang");
  }
});

test("whoever is on duty isolates, too, by a reason that is tapped", patient, async () => {
  await openPage("helpDesk");
  const page = desk.newest("helpDesk");
  expect(desk.labels(page)).toContain("🛡 Pengawasan");
  expect(desk.labels(page)).not.toContain("⛔️ Isolasi sekarang");
  expect(desk.labels(page).filter((label) => label.includes("Hentikan"))).toEqual([]);

  await desk.tell("helpDesk", "/piket");
  await desk.press("helpDesk", "Mulai piket");
  await openPage("helpDesk");
  await desk.press("helpDesk", "Isolasi sekarang");
  await desk.press("helpDesk", "Halaman depan diubah orang lain");
  await desk.sees("leadership", "🚨 app-simpeg diambil dari jaringan.");
  expect((await findApplication(desk.db, applicationId))?.state).toBe("isolated");
  await desk.press("leadership", "Cabut isolasi");
  await desk.tell("leadership", "Ternyata bukan peretasan.");
  await desk.sees("helpDesk", "🟢 app-simpeg sudah kembali di jaringan.");
});

test("what goes on and has not got its names back can be isolated again, where that is shown", patient, async () => {
  const isolate = async () => {
    const before = desk.newest("dataCenter").message_id;
    await desk.press("dataCenter", "Isolasi sekarang");
    await desk.press("dataCenter", "Halaman depan diubah orang lain");
    await desk.sees("dataCenter", "⛔️ app-simpeg sudah diisolasi.", before);
  };
  const lift = async (told: string) => {
    const before = desk.newest("dataCenter").message_id;
    await desk.press("leadership", "Cabut isolasi");
    await desk.tell("leadership", "Sudah dibersihkan.");
    await desk.sees("dataCenter", told, before);
  };
  await openPage("dataCenter");
  await isolate();
  host.isProxyAway = true;
  await lift("🔴 Isolasi app-simpeg belum seluruhnya berhasil.");
  host.isProxyAway = false;

  await open("dataCenter");
  expect(words("dataCenter")).toContain("Sedang dikembalikan ke jaringan.");
  await isolate();
  expect((await findApplication(desk.db, applicationId))?.state).toBe("isolated");
  await lift("🟢 app-simpeg sudah kembali di jaringan.");
});

test("who does not work with it sees none of it", async () => {
  await desk.tell("otherOffice", "/hosting");
  expect(words("otherOffice")).toContain("Aplikasi kami");
  expect(desk.labels(desk.newest("otherOffice")).filter((label) => /🛡|🏗 S/.test(label))).toEqual([]);
});

test("buttons of a page that is older than what happened say so", patient, async () => {
  await open("dataCenter");
  const page = desk.newest("dataCenter");
  await desk.db.transaction().execute((tx) => updateApplication(tx, applicationId, { state: "isolated" }, new Date()));
  expect(await desk.pressOn("dataCenter", page, "Isolasi sekarang")).toContain("Aplikasi itu sudah diisolasi.");
  expect(await desk.pressOn("dataCenter", page, "Bandingkan sekarang")).toContain("sedang diisolasi");
});
