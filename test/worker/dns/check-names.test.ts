import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderNamesFlagged } from "../../../bot/replies/names/name-checks.ts";
import { askForNameCheck } from "../../../core/actions/names/record-name-checks.ts";
import { findCheck, listFlagged } from "../../../core/db/names/name-checks.ts";
import { findNameNow } from "../../../core/db/names/names.ts";
import { checkNames } from "../../../worker/tasks/check-names.ts";
import { type DnsServer, openDnsServer } from "../../support/dns-server.ts";
import { accepted, withAddresses } from "../../support/ipam.ts";
import { withNames } from "../../support/names.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../support/office.ts";

let server: DnsServer;
let office: TestOffice;
let names: Awaited<ReturnType<typeof withNames>>;
let ipam: Awaited<ReturnType<typeof withAddresses>>;
let prefixId: number;

beforeAll(async () => {
  office = await openOffice();
  ipam = await withAddresses(office);
  names = await withNames(office);
  prefixId = accepted(await ipam.addPrefix("10.1.2.0/24"));
  server = await openDnsServer();
});
afterAll(async () => {
  server.close();
  await office.close();
});

const check = (now = morning) =>
  checkNames({ db: office.db, setting: office.setting, dnsResolvers: [server.address] }, now);
const findingOf = async (label: string) => (await findCheck(office.db, `${label}.labura.go.id`))?.finding;
const now = (label: string) => findNameNow(office.db, `${label}.labura.go.id`);
const news = async () => (await office.takeMail()).filter(({ kind }) => kind === "names-flagged");
const answer = (label: string, found: string[] | "failure") => server.answers.set(`${label}.labura.go.id`, found);

describe("where names lead", () => {
  it("is as registered, elsewhere, another address, or nowhere", async () => {
    const leads = async () => accepted(await ipam.assign(prefixId, null)).address;
    const [right, other] = [await leads(), await leads()];
    await names.assign("benar", { target: right });
    await names.assign("lewat-alias", { target: "benar.labura.go.id" });
    await names.assign("pindah", { target: right });
    await names.assign("luar", { target: right });
    await names.assign("sebagian", { target: right });
    await names.assign("hilang", { target: right });
    await names.assign("resmi", { target: "203.0.113.5", elsewhere: "Layanan pusat" });
    await names.assign("tujuan-kosong");
    answer("benar", [right]);
    answer("lewat-alias", [right]);
    answer("pindah", [other]);
    answer("luar", ["203.0.113.9"]);
    answer("sebagian", [right, "2001:db8::9"]);
    answer("resmi", ["203.0.113.5"]);
    answer("tujuan-kosong", [other]);
    await check();
    expect(await findingOf("benar")).toBe("as-registered");
    expect(await findingOf("lewat-alias")).toBe("as-registered");
    expect(await findingOf("tujuan-kosong")).toBe("as-registered");
    expect(await findingOf("pindah")).toBe("differs");
    expect(await findingOf("luar")).toBe("elsewhere");
    expect(await findingOf("sebagian")).toBe("elsewhere");
    expect(await findingOf("hilang")).toBe("unresolved");
    expect(await findingOf("resmi")).toBe("as-registered");
    expect((await listFlagged(office.db)).map(({ name }) => name.split(".")[0])).toEqual([
      "hilang",
      "luar",
      "pindah",
      "sebagian",
    ]);
    expect(await findCheck(office.db, "sebagian.labura.go.id")).toMatchObject({ seen: [right, "2001:db8::9"] });
  });

  it("is told to infrastructure once, until it changes", async () => {
    expect(await news()).toMatchObject([{ to: "Efendi Rambe", changedAt: morning.toISOString() }]);
    await check(minutesAfter(morning, 1440));
    expect(await news()).toEqual([]);
    expect(await findCheck(office.db, "luar.labura.go.id")).toMatchObject({
      changedAt: morning,
      checkedAt: minutesAfter(morning, 1440),
    });
    answer("hilang", ["203.0.113.9"]);
    await check(minutesAfter(morning, 2880));
    expect(await news()).toMatchObject([{ changedAt: minutesAfter(morning, 2880).toISOString() }]);
  });

  it("stays as it was while the resolver does not answer", async () => {
    answer("benar", "failure");
    await check(minutesAfter(morning, 4320));
    expect(await findCheck(office.db, "benar.labura.go.id")).toMatchObject({
      finding: "as-registered",
      checkedAt: minutesAfter(morning, 2880),
    });
    expect(await news()).toEqual([]);
  });

  it("is told with what is flagged first, and without the many names that are right", async () => {
    const at = minutesAfter(morning, 5760);
    for (let number = 10; number < 35; number++) {
      await names.assign(`a-${number}`, { target: "203.0.113.5", elsewhere: "Layanan pusat" });
      answer(`a-${number}`, ["203.0.113.5"]);
    }
    await names.assign("zona-luar");
    answer("zona-luar", ["203.0.113.9"]);
    answer("hilang", [(await now("hilang"))?.addresses[0]?.address ?? ""]);
    await check(at);
    expect(await news()).toMatchObject([{ changedAt: at.toISOString() }]);
    const shown = await renderNamesFlagged(office.db, office.people.infrastructure, { changedAt: at.toISOString() });
    expect(shown).toMatchObject({
      html: [
        "🚩 <b>Pemeriksaan nama: ada yang berubah</b>",
        "🚩 <code>zona-luar.labura.go.id</code> Menunjuk ke luar tempat Dinas (203.0.113.9)",
        "✅ <code>hilang.labura.go.id</code> Sesuai daftar (10.1.2.1)",
      ].join("\n"),
    });
  });

  it("is looked up now for infrastructure, and for nobody else", async () => {
    const ask = (by = office.people.infrastructure) => office.act((tx) => askForNameCheck(tx, by, office.setting()));
    accepted(await ask());
    expect(office.enqueued).toContainEqual({ name: "check-names", data: {} });
    expect(await ask(office.people.helpDesk)).toMatchObject({ refusal: { code: "not-your-role" } });
  });
});
